import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fault } from './errors.ts'
import { decodeFrame, encodeFrame, type Frame } from './qr-frame.ts'
import { type FrameAnswer, FrameCollector, messageKey } from './qr-frame-collector.ts'
import { encodeFrames } from './qr-frame-source.ts'
import { encodeQrText } from './qr-text.ts'

const LOSS = 0.3

const twelve = filled(12 * 100, 1)
const other = filled(12 * 100, 2)
const { count, text } = encodeFrames(twelve, { partBytes: 100 })

describe('frames', () => {
  test('of a message make it, one after the other', () => {
    const collector = new FrameCollector()
    const answers = numbers(count).map((number) => collector.add(text(number)))
    expect(answers.map((answer) => 'have' in answer && answer.have)).toEqual(
      numbers(count).map((number) => number + 1),
    )
    expect(answers[0]).toEqual({ state: 'more', key: messageKey(twelve), have: 1, need: 12 })
    expect(answers[11]).toEqual({
      state: 'done',
      key: messageKey(twelve),
      have: 12,
      need: 12,
      message: twelve,
    })
  })
  test('that were seen before count once, and a message that is done is told again', () => {
    const collector = new FrameCollector()
    for (let times = 0; times < 3; times++)
      expect(collector.add(text(40))).toMatchObject({ have: 1 })
    for (let number = 0; number < count; number++) collector.add(text(number))
    expect(collector.add(text(99))).toMatchObject({ state: 'done', message: twelve })
  })
  test('of several messages, mixed, make each of them', () => {
    const collector = new FrameCollector()
    const sources = [1, 2, 3, 4].map((seed) => encodeFrames(filled(700, seed), { partBytes: 100 }))
    const answers = numbers(7).flatMap((number) =>
      sources.map((source) => collector.add(source.text(number))),
    )
    expect(answers.slice(-4).map(({ state }) => state)).toEqual(Array(4).fill('done'))
  })
  test('are told from other codes', () => {
    const collector = new FrameCollector()
    for (const foreign of ['', 'https://verify.example/', encodeQrText(Uint8Array.of(0xd2))]) {
      expect(collector.add(foreign)).toEqual({ state: 'other' })
    }
  })
})

test('any order, gaps and repetitions: the message, and of no more frames than it takes', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 900 }),
      fc.integer({ min: 1, max: 64 }).map((parts) => Math.ceil(900 / parts)),
      fc.infiniteStream(fc.nat(10_000)),
      (message, partBytes, order) => {
        const source = encodeFrames(message, { partBytes })
        const collector = new FrameCollector()
        let have = 0
        for (const number of order) {
          const answer = collector.add(source.text(number))
          if (answer.state === 'other') throw new Error('a frame is one')
          expect(answer.have - have).toBeGreaterThanOrEqual(0)
          have = answer.have
          expect(answer.state).toBe(have === source.count ? 'done' : 'more')
          if (answer.state !== 'done') continue
          expect(answer.message).toEqual(message)
          return
        }
      },
    ),
    { numRuns: 200, seed: 1 },
  )
})

test('with 30 % of the frames lost two more than the parts are enough on average, and never many', () => {
  const random = seeded(7)
  for (const parts of [1, 2, 3, 5, 12, 31, 32, 33, 64]) {
    const extras = Array.from({ length: 60 }, (_, at) => {
      const source = encodeFrames(filled(parts * 8, at), { partBytes: 8 })
      const collector = new FrameCollector()
      let received = 0
      for (let number = 0; ; number++) {
        if (random() < LOSS) continue
        received += 1
        if (collector.add(source.text(number)).state === 'done') return received - parts
      }
    })
    const mean = extras.reduce((sum, extra) => sum + extra, 0) / extras.length
    expect(mean, `${parts} parts`).toBeLessThan(2.2)
    expect(Math.max(...extras), `${parts} parts`).toBeLessThanOrEqual(16)
  }
})

describe('hostile frames', () => {
  const mixed = fault('qr/frames-mixed')

  test('under one identity with another length or count end the message, which starts anew', () => {
    for (const changes of [{ length: 1_199 }, { length: 1_300, count: 13 }]) {
      const collector = new FrameCollector()
      collector.add(text(0))
      expect(() => collector.add(forged(changes))).toThrow(mixed)
      expect(collector.add(text(1))).toMatchObject({ have: 1 })
    }
  })
  test('that contradict the others end it', () => {
    const collector = new FrameCollector()
    collector.add(text(0))
    expect(() => collector.add(forged({ part: new Uint8Array(100) }))).toThrow(mixed)
    expect(collector.add(text(1))).toMatchObject({ have: 1 })
  })
  test('of another message under this identity are found out when it is whole', () => {
    const collector = new FrameCollector()
    const strange = encodeFrames(other, { partBytes: 100 })
    const part = decodeFrame(strange.text(11)).part
    for (let number = 0; number < 11; number++) collector.add(text(number))
    expect(() => collector.add(forged({ number: 11, part }))).toThrow(mixed)
    expect(whole(collector)).toMatchObject({ state: 'done', message: twelve })
  })
  test('whose last part is not filled up with zeros are of no message', () => {
    const source = encodeFrames(filled(199, 1), { partBytes: 100 })
    const last = decodeFrame(source.text(1))
    const collector = new FrameCollector()
    collector.add(source.text(0))
    const part = last.part.slice()
    part[99] = 1
    expect(() => collector.add(encodeFrame({ ...last, part }))).toThrow(mixed)
  })
  test('of 10,000 identities leave the last four', () => {
    const collector = new FrameCollector()
    const frames = numbers(10_000).map((seed) =>
      encodeFrames(Uint8Array.of(seed, seed >> 8, 1), { partBytes: 2 }),
    )
    for (const source of frames) collector.add(source.text(0))
    const again = (from: number, to?: number) =>
      frames.slice(from, to).map((source) => collector.add(source.text(1)).state)
    expect(again(-4)).toEqual(Array(4).fill('done'))
    expect(again(-5, -4)).toEqual(['more'])
  })
  test('the message that was fed longest ago gives way, not the one that was begun first', () => {
    const collector = new FrameCollector()
    collector.add(text(0))
    for (const seed of [2, 3, 4]) collector.add(encodeFrames(filled(200, seed)).text(0))
    collector.add(text(1))
    collector.add(encodeFrames(filled(200, 5)).text(0))
    expect(collector.add(text(2))).toMatchObject({ have: 3 })
  })
  test('any flipped bit is refused, or leaves a message that is not made', () => {
    const source = encodeFrames(filled(200, 1), { partBytes: 100 })
    const good = decodeFrame(source.text(1))
    fc.assert(
      fc.property(fc.nat(99), fc.nat(7), (at, bit) => {
        const part = good.part.slice()
        part[at] = (part[at] ?? 0) ^ (1 << bit)
        const collector = new FrameCollector()
        collector.add(source.text(0))
        expect(() => collector.add(encodeFrame({ ...good, part }))).toThrow(mixed)
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  function forged(changes: Partial<Frame>): string {
    return encodeFrame({ ...decodeFrame(text(0)), ...changes })
  }
})

function whole(collector: FrameCollector): FrameAnswer | undefined {
  return numbers(count)
    .map((number) => collector.add(text(number)))
    .at(-1)
}

function numbers(length: number): readonly number[] {
  return Array.from({ length }, (_, number) => number)
}

function filled(length: number, seed: number): Uint8Array {
  const random = seeded(seed)
  return Uint8Array.from({ length }, () => random() * 256)
}

/** A linear congruence, as in Numerical Recipes: enough to lose frames by. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
