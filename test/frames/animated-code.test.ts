/** An animated code before a counter's camera, in a moderate hand: how long it takes until all of it was read. */
import { encodeFrames, FrameCollector } from '@onetrip/codec'
import { readFrame } from '@onetrip/ui/frame-reader'
import { beforeAll, expect, test } from 'vitest'
import { codeFrame, type GreyFrame, moderateFault } from './code-frame.ts'
import { pictureOf, prepareNodeReader } from './node-reader.ts'

const VGA = { width: 640, height: 480 }
/** How long the wallet shows a frame, and how often the counter looks. */
const FRAME_MS = 140
const LOOK_MS = 100
/** A rolling shutter takes a picture line by line: for so long two frames are in it. */
const SHUTTER_MS = 33
/** The scan begins when the plain parts are long over. */
const LATE = 200
const MINUTE_MS = 60_000

beforeAll(prepareNodeReader)

test.each([
  ['a live code with all its claims, three parts', 3, 1_000],
  ['an answer of 5 kB, twelve parts', 12, 3_000],
])(
  '%s, is whole within the time',
  async (_, count, withinMs) => {
    const source = encodeFrames(Uint8Array.from({ length: count * 480 }, (_, at) => at * 7))
    expect(source.count).toBe(count)
    const collector = new FrameCollector()
    let isWhole = false
    for (let at = 0; at < withinMs && !isWhole; at += LOOK_MS) {
      const picture = pictureOf(lookAt(at, source.text))
      const { text = '' } = await readFrame(picture, 'frame')
      isWhole = collector.add(text).state === 'done'
    }
    expect(isWhole).toBe(true)
  },
  MINUTE_MS,
)

/** What a camera sees so many milliseconds after the scan began. */
function lookAt(ms: number, text: (number: number) => string): GreyFrame {
  const number = LATE + Math.floor(ms / FRAME_MS)
  const fault = moderateFault(number)
  const upper = codeFrame({ ...VGA, text: text(number), fault })
  const since = ms % FRAME_MS
  if (since >= SHUTTER_MS) return upper
  const lower = codeFrame({ ...VGA, text: text(number - 1), fault })
  const lines = Math.floor((VGA.height * since) / SHUTTER_MS)
  const pixels = lower.pixels.slice()
  pixels.set(upper.pixels.subarray(0, lines * VGA.width))
  return { ...VGA, pixels }
}
