/**
 * The scanner's module worker: frames in, texts out. The only user of `zxing-wasm`; its wasm comes
 * from this origin, never from the library's default CDN.
 */

import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { soften, toGrey, toRgba } from './prefilter.ts'
import { hintFor } from './scanner-guidance.ts'
import type { Effort, ScanAnswer, ScanRequest } from './scanner-protocol.ts'

interface WorkerScope {
  onmessage: ((event: MessageEvent<ScanRequest>) => void) | null
  postMessage(answer: ScanAnswer): void
}

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

/** Larger pictures are scaled down before they are read. */
const MAX_SIDE = 4096
/** Up to this side a still that could not be read is tried at twice its size. */
const MAX_UPSCALED_SIDE = 1600

prepareZXingModule({ overrides: { locateFile: () => wasmUrl } })

const scope: WorkerScope = globalThis

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage({ id: data.id, ...(await read(data.bitmap, data.effort)) })
  } catch {
    scope.postMessage({ id: data.id, failed: true })
  } finally {
    data.bitmap.close()
  }
}

type Found = Pick<ScanAnswer, 'text' | 'others' | 'hint'>

async function read(bitmap: ImageBitmap, effort: Effort): Promise<Found> {
  const options = effort === 'still' ? STILL : FRAME
  const natural = draw(bitmap, Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height)))
  const plain = await decode(natural, options)
  if (plain.text !== undefined) return plain
  const sharp = toGrey(natural)
  const grey = soften(sharp)
  const softened = new ImageData(toRgba(grey), grey.width, grey.height)
  const second = await decode(softened, options)
  if (second.text !== undefined || effort === 'frame') return second
  if (effort === 'guide') {
    const [unread] = await readBarcodes(natural, GUIDE)
    const hint = hintFor(sharp, unread?.position)
    return hint === undefined ? {} : { hint }
  }
  if (Math.max(bitmap.width, bitmap.height) > MAX_UPSCALED_SIDE) {
    return decode(draw(bitmap, 0.5), options)
  }
  return decode(draw(bitmap, 2), options)
}

async function decode(picture: ImageData, options: ReaderOptions): Promise<Found> {
  const found = await readBarcodes(picture, options)
  const [text, ...others] = found.filter(({ isValid }) => isValid).map((code) => code.text)
  if (text === undefined) return {}
  return others.length === 0 ? { text } : { text, others }
}

function draw(bitmap: ImageBitmap, factor: number): ImageData {
  const width = Math.max(1, Math.round(bitmap.width * factor))
  const height = Math.max(1, Math.round(bitmap.height * factor))
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (context === null) throw new TypeError('no 2d context')
  // Pictures with transparency would otherwise read as black on black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(bitmap, 0, 0, width, height)
  return context.getImageData(0, 0, width, height)
}
