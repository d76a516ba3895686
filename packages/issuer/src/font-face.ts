/**
 * One face of a font file. The only file that knows fontkit, which reads a face of a collection as it is. It is loaded with the first font:
 * a server starts sooner without it.
 */
import type { Font } from 'fontkit'

/** A font's bytes, and which face of them. */
export interface FontFace {
  /** An OpenType font or collection, kept as long as what was made from it is. */
  readonly bytes: Uint8Array
  /** PostScript name of the face in a collection, such as `NotoSerifCJKsc-Bold`. */
  readonly face?: string
}

/** An opened face; it keeps each character under the code point by which it was asked for first. */
export type OpenedFace = Font

/** Opens a face. Rejects with `TypeError` for a collection without that face; what is no font is an `Error` of fontkit's. */
export async function openFace({ bytes, face }: FontFace): Promise<OpenedFace> {
  const { create } = await import('fontkit')
  const opened = create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
  if (!('getFont' in opened)) return opened
  const font = face === undefined ? null : opened.getFont(face)
  if (font === null) throw new TypeError('the collection has no such face')
  return font
}
