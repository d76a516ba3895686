/** The picture of a seal that has none of its own: drawn once, kept, and never drawn again. */
import { readFile } from 'node:fs/promises'
import { fault } from '@onetrip/codec'
import { fontGlyphs } from '@onetrip/issuer'
import {
  drawSeal,
  type GlyphSource,
  isSealKind,
  type SealRank,
  type SealShape,
  sealShape,
} from '@onetrip/seal'
import type { Services } from '../services.ts'
import type { SealTable } from '../storage/seal-schema.ts'
import { RANKS } from './seal-request.ts'

/** PostScript name of the face in the font collection. */
const FACE = 'NotoSerifCJKsc-Bold'
/** A seal that is nobody's says so. */
const SAMPLE_MARK = '样例'

/** A picture and how large it is shown. */
export interface DrawnPicture {
  readonly bytes: Uint8Array
  readonly widthMm: number
  readonly heightMm: number
}

/** Draws the picture of a seal under its number. Throws `seal/glyph-missing`; `seal/font-missing` where the font is not there. */
export async function drawPicture(
  { config }: Pick<Services, 'config'>,
  seal: Pick<SealTable, 'name' | 'owner_name' | 'owner_id' | 'kind' | 'rank' | 'lower_line'>,
  number: string,
): Promise<DrawnPicture> {
  if (!isSealKind(seal.kind)) throw new TypeError('seal: stored kind')
  const shape = sealShape(seal.kind, rankOf(seal.rank))
  const isRound = shape.form !== 'square'
  const bytes = drawSeal({
    shape,
    ownerName: isRound ? seal.owner_name : seal.name,
    ...(isRound ? { number } : {}),
    ...(isRound && seal.lower_line !== null ? { lowerLine: seal.lower_line } : {}),
    ...(shape.form === 'ellipse' ? { middleLine: seal.owner_id } : {}),
    ...(config.environment === 'production' ? {} : { mark: SAMPLE_MARK }),
    glyphs: await glyphsOf(config.sealFont),
  })
  return { bytes, ...sidesOf(shape) }
}

/** Opening a font of Noto's size takes a quarter of a second: seals made one after the other share it, while there is memory. */
const opened = new Map<string, WeakRef<GlyphSource>>()

async function glyphsOf(path: string): Promise<GlyphSource> {
  const kept = opened.get(path)?.deref()
  if (kept !== undefined) return kept
  const glyphs = await fontGlyphs({ bytes: await readFont(path), face: FACE })
  opened.set(path, new WeakRef(glyphs))
  return glyphs
}

async function readFont(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch {
    throw fault('seal/font-missing', 'install fonts-noto-cjk, or set ONETRIP_SEAL_FONT')
  }
}

function rankOf(text: string): SealRank {
  const rank = RANKS.find((known) => known === text)
  if (rank === undefined) throw new TypeError('seal: stored rank')
  return rank
}

function sidesOf(shape: SealShape): Pick<DrawnPicture, 'widthMm' | 'heightMm'> {
  if (shape.form === 'round') return { widthMm: shape.diameterMm, heightMm: shape.diameterMm }
  if (shape.form === 'square') return { widthMm: shape.sideMm, heightMm: shape.sideMm }
  return { widthMm: shape.widthMm, heightMm: shape.heightMm }
}
