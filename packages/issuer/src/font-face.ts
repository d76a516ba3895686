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

/** The tables that were read of fonts, by face: of Noto Serif CJK the outlines' index takes a quarter of a second. */
const tablesRead = new WeakMap<Uint8Array, Map<string, object>>()

/**
 * Opens a face; what was read of it before is not read again. Rejects with `TypeError` for a collection without that face; what is no
 * font is an `Error` of fontkit's.
 */
export async function openFace({ bytes, face }: FontFace): Promise<OpenedFace> {
  const { create } = await import('fontkit')
  const opened = create(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
  if (!('getFont' in opened)) return withTablesRead(opened, bytes)
  const font = face === undefined ? null : opened.getFont(face)
  if (font === null) throw new TypeError('the collection has no such face')
  return withTablesRead(font, bytes)
}

/** As fontkit does for variations of a font: tables are shared and only ever read, characters are each opened face's own. */
function withTablesRead(font: Font, bytes: Uint8Array): OpenedFace {
  const faces = tablesRead.get(bytes) ?? new Map<string, object>()
  tablesRead.set(bytes, faces)
  const tables = faces.get(font.postscriptName) ?? {}
  faces.set(font.postscriptName, tables)
  return Object.assign(font, { _tables: tables })
}
