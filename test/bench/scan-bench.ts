/**
 * Scanning in figures: how many made-up frames are read at the first look, and how long it takes from
 * the frame to the verdict, beside one raw decode and the two raw signatures. In Node, with the wasm,
 * options and tries of the counter's worker; the worker's canvas and its messages are not in it.
 */
import { readFrame, readPlain } from '@onetrip/ui/frame-reader'
import { codeFrame, moderateFault } from '../frames/code-frame.ts'
import { pictureOf, prepareNodeReader } from '../frames/node-reader.ts'
import { type BenchResult, median, timed } from './measure.ts'
import {
  codeOfHolder,
  openBenchTrust,
  rawSignatures,
  verifyCode,
  verifyRawly,
} from './verify-bench.ts'

/** First looks at the frames of one size of code. */
export interface FirstScan {
  readonly version: string
  readonly frames: number
  /** Read as they are, and read with the counter's second try. */
  readonly plain: number
  readonly withSecondTry: number
}

const FRAMES = 24
const WARM_FRAMES = 4
/** Characters that make each version at level M. */
const SIZES = [
  { version: 'V15-M', characters: 600 },
  { version: 'V20-M', characters: 970 },
  { version: 'V25-M', characters: 1451 },
]
const VGA = { width: 640, height: 480 }

/** Counts first-scan success on MODERATE frames, 3 pixels a module; throws when a text is misread. */
export async function benchFirstScan(): Promise<readonly FirstScan[]> {
  prepareNodeReader()
  const results: FirstScan[] = []
  for (const { version, characters } of SIZES) {
    const text = `OT1:${'A1B2C3D4E5'.repeat(150)}`.slice(0, characters)
    let plain = 0
    let withSecondTry = 0
    for (let seed = 1; seed <= FRAMES; seed++) {
      const picture = pictureOf(codeFrame({ ...VGA, text, level: 'M', fault: moderateFault(seed) }))
      if (isRead((await readPlain(picture, 'frame')).text, text)) plain += 1
      if (isRead((await readFrame(picture, 'frame')).text, text)) withSecondTry += 1
    }
    results.push({ version, frames: FRAMES, plain, withSecondTry })
  }
  return results
}

/** Measures the way from a MODERATE frame of a live code to its verdict; throws when it is not valid. */
export async function benchTimeToVerdict(): Promise<BenchResult> {
  prepareNodeReader()
  const trust = await openBenchTrust()
  const rawTimes: number[] = []
  const times: number[] = []
  for (let number = -WARM_FRAMES; number < FRAMES; number++) {
    const code = await codeOfHolder(number + WARM_FRAMES)
    const fault = moderateFault(number + WARM_FRAMES + 1)
    const picture = pictureOf(codeFrame({ ...VGA, text: code, fault }))
    const raw = rawSignatures(code)
    const rawTime = await timed(async () => {
      await readPlain(picture, 'frame')
      await verifyRawly(raw)
    })
    let read = false
    const time = await timed(async () => {
      read = isRead((await readFrame(picture, 'frame')).text, code)
      if (read) await verifyCode(code, trust)
    })
    // A frame that stays unread has no time to its verdict; how many do is the other figure.
    if (number < 0 || !read) continue
    rawTimes.push(rawTime)
    times.push(time)
  }
  return {
    name: 'from a moderate frame to the verdict (Node, the counter’s wasm and tries)',
    rawMicroseconds: median(rawTimes),
    microseconds: median(times),
    aim: 2,
  }
}

function isRead(found: string | undefined, text: string): boolean {
  if (found !== undefined && found !== text) throw new Error('a code was misread')
  return found === text
}
