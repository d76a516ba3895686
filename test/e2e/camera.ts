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

/** Writes `path` (ends in `.y4m`): `text` as a code at level L, as large as the frame allows. */
export function writeCameraFile(path: string, text: string): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'L' })
  const scale = Math.floor((HEIGHT - 2 * MARGIN) / (modules.size + 8))
  const left = Math.floor((WIDTH - modules.size * scale) / 2)
  const top = Math.floor((HEIGHT - modules.size * scale) / 2)
  const luma = Buffer.alloc(WIDTH * HEIGHT, WHITE)
  for (let row = 0; row < modules.size * scale; row += 1) {
    for (let column = 0; column < modules.size * scale; column += 1) {
      const dark = modules.get(Math.floor(row / scale), Math.floor(column / scale))
      if (dark) luma[(top + row) * WIDTH + left + column] = BLACK
    }
  }
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, NEUTRAL)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma])
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`)
  writeFileSync(path, Buffer.concat([header, ...Array<Buffer>(FRAMES).fill(frame)]))
}
