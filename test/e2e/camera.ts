/** Writes a camera: an uncompressed video file (YUV4MPEG2) that shows one frame over and over. */
import { writeFileSync } from 'node:fs'
import { codeFrame, type FrameFault } from '../frames/code-frame.ts'

const WIDTH = 1280
const HEIGHT = 720
const FRAMES = 2
/** Video levels (ITU-R BT.601): black is 16, white 235. */
const BLACK = 16
const RANGE = 219
const NEUTRAL = 128

/**
 * Writes `path` (ends in `.y4m`): `text` as a code at level L on white, or white alone. Chromium reads
 * the file anew each time a page opens the camera.
 */
export function writeCameraFile(
  path: string,
  text: string | undefined,
  fault: FrameFault = {},
): void {
  const { pixels } = codeFrame({
    width: WIDTH,
    height: HEIGHT,
    fault,
    ...(text === undefined ? {} : { text }),
  })
  const luma = Buffer.from(pixels.map((grey) => BLACK + (grey * RANGE) / 255))
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, NEUTRAL)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma])
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`)
  writeFileSync(path, Buffer.concat([header, ...Array<Buffer>(FRAMES).fill(frame)]))
}
