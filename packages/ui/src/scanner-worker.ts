/** The scanner's module worker: frames in, texts out. */

import { prepareZXingModule } from 'zxing-wasm/reader'
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'
import { type Found, readFrame, readPlain } from './frame-reader.ts'
import type { Effort, ScanAnswer, ScanRequest } from './scanner-protocol.ts'

interface WorkerScope {
  onmessage: ((event: MessageEvent<ScanRequest>) => void) | null
  postMessage(answer: ScanAnswer): void
}

/** Larger pictures are scaled down before they are read. */
const MAX_SIDE = 4096
/** Up to this side a still that could not be read is tried at twice its size. */
const MAX_UPSCALED_SIDE = 1600

// Without this the library fetches its wasm from a public CDN.
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

async function read(bitmap: ImageBitmap, effort: Effort): Promise<Found> {
  const side = Math.max(bitmap.width, bitmap.height)
  const found = await readFrame(draw(bitmap, Math.min(1, MAX_SIDE / side)), effort)
  if (found.text !== undefined || effort !== 'still') return found
  return readPlain(draw(bitmap, side > MAX_UPSCALED_SIDE ? 0.5 : 2), effort)
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
