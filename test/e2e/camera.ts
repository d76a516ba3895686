/** Writes a camera: an uncompressed video file (YUV4MPEG2) that shows a QR code on white. */
import { writeFileSync } from 'node:fs'
import QRCode from 'qrcode'

const WIDTH = 1280
const HEIGHT = 720
const FRAMES = 2
const WHITE = 235
const BLACK = 16
const NEUTRAL = 128
const MARGIN = 24

/** What is wrong with a camera picture. */
export interface CameraFault {
  /** Pixels per module, also a fraction; as large as the frame allows when left out. */
  readonly modulePixels?: number
  /** 1 is full light, 0 is none. */
  readonly light?: number
}

/** Writes `path` (ends in `.y4m`): `text` as a code at level L on white. */
export function writeCameraFile(path: string, text: string, fault: CameraFault = {}): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'L' })
  const largest = Math.floor((HEIGHT - 2 * MARGIN) / (modules.size + 8))
  const scale = fault.modulePixels ?? largest
  const white = Math.round(BLACK + (WHITE - BLACK) * (fault.light ?? 1))
  const side = Math.floor(modules.size * scale)
  const left = Math.floor((WIDTH - side) / 2)
  const top = Math.floor((HEIGHT - side) / 2)
  const luma = Buffer.alloc(WIDTH * HEIGHT, white)
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const dark = darkShare(modules, { x: x / scale, y: y / scale, step: 1 / scale })
      luma[(top + y) * WIDTH + left + x] = Math.round(white - (white - BLACK) * dark)
    }
  }
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, NEUTRAL)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma])
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`)
  writeFileSync(path, Buffer.concat([header, ...Array<Buffer>(FRAMES).fill(frame)]))
}

interface Spot {
  readonly x: number
  readonly y: number
  /** Width of a pixel in modules. */
  readonly step: number
}

/** How much of a pixel is dark, as a lens gives it when modules and pixels do not line up. */
function darkShare(modules: QRCode.QRCode['modules'], { x, y, step }: Spot): number {
  if (Number.isInteger(1 / step)) return modules.get(Math.floor(y), Math.floor(x)) ? 1 : 0
  let dark = 0
  for (const down of [0.125, 0.375, 0.625, 0.875]) {
    for (const across of [0.125, 0.375, 0.625, 0.875]) {
      const row = Math.min(modules.size - 1, Math.floor(y + down * step))
      const column = Math.min(modules.size - 1, Math.floor(x + across * step))
      if (modules.get(row, column)) dark += 1
    }
  }
  return dark / 16
}
