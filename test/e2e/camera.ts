/** Writes a camera: an uncompressed video file (YUV4MPEG2) that shows one code, or several in turn, over and over. */
import { writeFileSync } from 'node:fs'
import { codeFrame, type FrameFault } from '../frames/code-frame.ts'

const STILL = { width: 1280, height: 720, rate: 4 }
const FRAMES = 2
/** An animated code of seven frames a second, as a small camera of 21 pictures a second sees it. */
const FILM = { width: 640, height: 480, rate: 21 }
const PICTURES_OF_A_CODE = 3
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
  writeVideo(path, STILL, Array(FRAMES).fill(picture(STILL, text, fault)))
}

/**
 * Writes `path` as a film of codes that follow each other seven times a second. The first picture of each is torn, the upper
 * half of it new and the lower half still the code before, as a rolling shutter sees it.
 */
export function writeFilm(path: string, texts: readonly string[], fault: FrameFault = {}): void {
  const codes = texts.map((text) => picture(FILM, text, fault))
  const pictures = codes.flatMap((code, at) => {
    const before = codes.at(at - 1) ?? code
    const half = (FILM.width * FILM.height) / 2
    const torn = Buffer.concat([code.subarray(0, half), before.subarray(half)])
    return [torn, ...Array<Buffer>(PICTURES_OF_A_CODE - 1).fill(code)]
  })
  writeVideo(path, FILM, pictures)
}

interface Size {
  readonly width: number
  readonly height: number
}

/** The luma of a picture. */
function picture({ width, height }: Size, text: string | undefined, fault: FrameFault): Buffer {
  const { pixels } = codeFrame({ width, height, fault, ...(text === undefined ? {} : { text }) })
  return Buffer.from(pixels.map((grey) => BLACK + (grey * RANGE) / 255))
}

function writeVideo(
  path: string,
  { width, height, rate }: Size & { readonly rate: number },
  pictures: readonly Buffer[],
): void {
  const chroma = Buffer.alloc((width * height) / 2, NEUTRAL)
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F${rate}:1 Ip A1:1 C420jpeg\n`)
  const frames = pictures.flatMap((luma) => [Buffer.from('FRAME\n'), luma, chroma])
  writeFileSync(path, Buffer.concat([header, ...frames]))
}
