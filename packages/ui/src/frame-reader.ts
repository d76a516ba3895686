/**
 * How a picture becomes the text of a code: which tries, in which order, and what is said when none
 * succeeds. With the worker that starts it the only user of
 * `zxing-wasm`; runs wherever the wasm does, so that the bench measures this very code.
 */

import { type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import { type GreyPicture, soften, toGrey, toRgba } from './prefilter.ts'
import { hintFor } from './scanner-guidance.ts'
import type { Effort, ScanAnswer } from './scanner-protocol.ts'

/** A picture as canvases give it: RGBA, row by row. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray<ArrayBuffer>
}

/** What came of a picture. */
export type Found = Pick<ScanAnswer, 'text' | 'others' | 'hint'>

const FRAME: ReaderOptions = { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 }
/** Also codes that were found and could not be read, for their place in the frame. */
const GUIDE: ReaderOptions = { ...FRAME, returnErrors: true }
const STILL: ReaderOptions = {
  ...FRAME,
  tryInvert: true,
  tryRotate: true,
  tryDownscale: true,
  maxNumberOfSymbols: 8,
}

/** One try at a picture as it is: what every further try is compared with. */
export function readPlain(picture: Picture, effort: Effort): Promise<Found> {
  return decode(picture, effort === 'still' ? STILL : FRAME)
}

/**
 * Reads a picture, then its softened form. A `guide` that stays unread says what is wrong with it;
 * the further tries of a `still` need other sizes and are the caller's.
 */
export async function readFrame(picture: Picture, effort: Effort): Promise<Found> {
  const plain = await readPlain(picture, effort)
  if (plain.text !== undefined) return plain
  const sharp = toGrey(picture)
  const second = await readPlain(asPicture(soften(sharp)), effort)
  if (second.text !== undefined || effort !== 'guide') return second
  const [unread] = await readBarcodes(asImageData(picture), GUIDE)
  const hint = hintFor(sharp, unread?.position)
  return hint === undefined ? {} : { hint }
}

async function decode(picture: Picture, options: ReaderOptions): Promise<Found> {
  const found = await readBarcodes(asImageData(picture), options)
  const [text, ...others] = found.filter(({ isValid }) => isValid).map((code) => code.text)
  if (text === undefined) return {}
  return others.length === 0 ? { text } : { text, others }
}

function asPicture(grey: GreyPicture): Picture {
  return { width: grey.width, height: grey.height, data: toRgba(grey) }
}

/** zxing reads these members only; Node has no class of that name. */
function asImageData({ width, height, data }: Picture): ImageData {
  return { width, height, data, colorSpace: 'srgb' }
}
