/** An animated code before a counter's camera, in a moderate hand: how long it takes until all of it was read. */
import { encodeFrames, FrameCollector } from '@onetrip/codec'
import { answerRequest } from '@onetrip/credential'
import { readFrame } from '@onetrip/ui/frame-reader'
import { verifyAnswer } from '@onetrip/verifier'
import { beforeAll, expect, test } from 'vitest'
import {
  askedRequest,
  askingTrust,
  CENTRE,
  heldChoices,
  NOW,
} from '../../packages/verifier/samples/asking-world.ts'
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
/** What an answer of two licences has from the first frame to the verdict; half is for a camera that starts and a slow machine. */
const ANSWER_MS = 4_000
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
    expect(await wholeAfterMs(source.text, withinMs)).toBeLessThan(withinMs)
  },
  MINUTE_MS,
)

test(
  'an answer of two licences is whole, and valid, well within the four seconds that two scans have',
  async () => {
    const [request, trust] = [await askedRequest(), await askingTrust()]
    const answer = await answerRequest({ request, choices: await heldChoices(), now: NOW + 20 })
    const { text } = encodeFrames(answer)
    expect(await wholeAfterMs(text, ANSWER_MS)).toBeLessThan(ANSWER_MS / 2)
    const verdict = await verifyAnswer(answer, { trust, request, now: NOW + 30, office: CENTRE })
    expect([verdict.outcome, verdict.materials.length]).toEqual(['valid', 2])
  },
  MINUTE_MS,
)

/** When all of an animated code was read, by the clock of the camera; `most` where it was not by then. */
async function wholeAfterMs(text: (number: number) => string, most: number): Promise<number> {
  const collector = new FrameCollector()
  for (let at = 0; at < most; at += LOOK_MS) {
    const read = await readFrame(pictureOf(lookAt(at, text)), 'frame')
    if (collector.add(read.text ?? '').state === 'done') return at
  }
  return most
}

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
