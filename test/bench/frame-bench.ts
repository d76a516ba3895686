/**
 * What an animated code costs: a frame beside the QR code that it is drawn as, and the collecting of a message from combined
 * frames alone beside their Base45 and one hash.
 */
import { createHash } from 'node:crypto'
import { decodeBase45, encodeFrames, FrameCollector, type FrameSource } from '@onetrip/codec'
import QRCode from 'qrcode'
import { type BenchResult, inTurns } from './measure.ts'

const PARTS = [12, 64]
const PART_BYTES = 481
const PREFIX_CHARACTERS = 'OT1F:'.length
/** Of an animation that has gone on for some time: no plain part is among them. */
const LATE = 1_000
const ROUNDS = 20
/** Making a frame must not count beside drawing it, which happens seven times a second. */
const MAKING_AIM = 0.05
const COLLECTING_AIM = 8

/** Measures messages of 12 and of 64 parts; a time divided into a second is frames, or messages, a second. */
export async function benchFrames(): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = []
  for (const parts of PARTS) {
    const message = Uint8Array.from({ length: parts * PART_BYTES }, (_, at) => at % 251)
    const source = encodeFrames(message)
    results.push(await benchMaking(source), await benchCollecting(source, message))
  }
  return results
}

function benchMaking(source: FrameSource): Promise<BenchResult> {
  let number = LATE
  return inTurns(`a frame of ${source.count} parts, beside drawing it`, MAKING_AIM, {
    raw: async () => {
      QRCode.create(source.text(0), { errorCorrectionLevel: 'L' })
    },
    ours: async () => {
      source.text(number++)
    },
  })
}

function benchCollecting(source: FrameSource, message: Uint8Array): Promise<BenchResult> {
  const texts = Array.from({ length: source.count + 40 }, (_, at) => source.text(LATE + at))
  const name = `${source.count} parts out of combinations, beside Base45 and a hash`
  return inTurns(name, COLLECTING_AIM, {
    rounds: ROUNDS,
    raw: async () => {
      for (const text of texts.slice(0, source.count)) decodeBase45(text.slice(PREFIX_CHARACTERS))
      createHash('sha256').update(message).digest()
    },
    ours: async () => {
      const collector = new FrameCollector()
      const isDone = texts.some((text) => collector.add(text).state === 'done')
      if (!isDone) throw new Error('the message is not whole')
    },
  })
}
