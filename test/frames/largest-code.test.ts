/** A live code grown to its limit, V25-L, before a counter's camera of 1280 × 720: how large it has to stand. */
import { readFrame } from '@onetrip/ui/frame-reader'
import { beforeAll, expect, test } from 'vitest'
import { codeFrame, type FrameFault, moderateFault } from './code-frame.ts'
import { pictureOf, prepareNodeReader } from './node-reader.ts'

/** As many characters as V25-L holds; with its quiet zone it is 125 modules wide. */
const LARGEST = `OT1:${'A1B2C3D4E5'.repeat(185)}`.slice(0, 1853)
const SECONDS_MS = 60_000

interface Distance {
  readonly name: string
  readonly fault: FrameFault
}

const distances: readonly Distance[] = [
  { name: 'sharp, over 35 % of the height', fault: { modulePixels: 2, noise: 4 } },
  { name: 'in a moderate hand, over 52 %', fault: { ...moderateFault(1), modulePixels: 3 } },
  { name: 'in another, over 52 %', fault: { ...moderateFault(2), modulePixels: 3 } },
]

beforeAll(prepareNodeReader)

test.each(distances)(
  'it is read $name',
  async ({ fault }) => {
    const frame = codeFrame({ width: 1280, height: 720, text: LARGEST, fault })
    expect(await readFrame(pictureOf(frame), 'frame')).toEqual({ text: LARGEST })
  },
  SECONDS_MS,
)
