/**
 * Outlines of a font's characters for seals' pictures; of Noto Serif CJK the first character takes a quarter of a second,
 * each further one 0.4 ms.
 */
import type { Glyph, GlyphSource, PathCommand, Point } from '@onetrip/seal'
import { type FontFace, type OpenedFace, openFace } from './font-face.ts'

const KINDS = {
  moveTo: 'M',
  lineTo: 'L',
  quadraticCurveTo: 'Q',
  bezierCurveTo: 'C',
  closePath: 'Z',
} as const
const CLOSE: PathCommand = { kind: 'Z', points: [] }

/**
 * Opens a face; characters are kept once they were read. Rejects with `TypeError` for a collection without that face; what is no
 * font is an `Error` of fontkit's.
 */
export async function fontGlyphs(source: FontFace): Promise<GlyphSource> {
  return faceGlyphs(await openFace(source))
}

/** The characters of an opened face. */
export function faceGlyphs(font: OpenedFace): GlyphSource {
  const known = new Map<string, Glyph | undefined>()
  return {
    glyph(character) {
      if (!known.has(character)) known.set(character, readGlyph(font, character))
      return known.get(character)
    },
  }
}

function readGlyph(font: OpenedFace, character: string): Glyph | undefined {
  const codePoint = character.codePointAt(0)
  if (codePoint === undefined || !font.hasGlyphForCodePoint(codePoint)) return undefined
  const { path, advanceWidth } = font.glyphForCodePoint(codePoint)
  const em = font.unitsPerEm
  return {
    commands: closed(
      path.commands.map(({ command, args }) => ({
        kind: KINDS[command],
        points: pointsOf(args, em),
      })),
    ),
    advance: advanceWidth / em,
  }
}

/** Fonts count y upwards; pictures downwards. */
function pointsOf(args: readonly number[], em: number): readonly Point[] {
  const points: Point[] = []
  for (let index = 0; index + 1 < args.length; index += 2) {
    points.push({ x: (args[index] ?? 0) / em, y: -(args[index + 1] ?? 0) / em })
  }
  return points
}

/** Outlines of a font end where the next begins; in a picture each says that it is closed. */
function closed(commands: readonly PathCommand[]): readonly PathCommand[] {
  return commands.flatMap((command, index) => {
    const next = commands[index + 1]
    const isOpen = command.kind !== 'Z' && (next === undefined || next.kind === 'M')
    return isOpen ? [command, CLOSE] : [command]
  })
}
