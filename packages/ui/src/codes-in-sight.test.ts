import { encodeFrames, fault } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { CodesInSight } from './codes-in-sight.ts'

const message = Uint8Array.from({ length: 900 }, (_, at) => at * 3)
const frames = encodeFrames(message)
const [first, second] = [frames.text(0), frames.text(1)]

describe('a code before the camera', () => {
  test('is told once, and again when it was out of sight for two seconds', () => {
    const sight = new CodesInSight([])
    expect(sight.see('A', 0)).toEqual({ state: 'code', text: 'A' })
    expect(sight.see('A', 1_900)).toEqual({ state: 'known' })
    expect(sight.see('A', 3_800)).toEqual({ state: 'known' })
    expect(sight.see('A', 5_800)).toEqual({ state: 'code', text: 'A' })
  })
  test('that was scanned before is none while it stays', () => {
    const sight = new CodesInSight(['A', 'B'])
    expect(sight.see('A', 9_000)).toEqual({ state: 'known' })
    sight.start(10_000)
    expect(sight.see('A', 11_999)).toEqual({ state: 'known' })
    expect(sight.see('B', 12_000)).toEqual({ state: 'code', text: 'B' })
  })
})

describe('an animated code before the camera', () => {
  test('is told when it is whole, once', () => {
    const sight = new CodesInSight([])
    expect(sight.see(first, 0)).toMatchObject({ state: 'more', have: 1, need: 2 })
    expect(sight.see(first, 50)).toMatchObject({ state: 'more', have: 1, need: 2 })
    expect(sight.see(second, 100)).toMatchObject({ state: 'done', message })
    expect(sight.see(frames.text(7), 200)).toEqual({ state: 'known' })
    expect(sight.see(first, 2_300)).toMatchObject({ state: 'done', message })
  })
  test('that takes long to be whole is not taken for one that was told', () => {
    const sight = new CodesInSight([])
    sight.see(first, 0)
    expect(sight.see(second, 60_000)).toMatchObject({ state: 'done' })
  })
  test('that was scanned before is none while any of its frames stays', () => {
    const sight = new CodesInSight([message])
    sight.start(0)
    for (let at = 0; at < 10_000; at += 1_000) {
      expect(sight.see(frames.text(at), at)).toEqual({ state: 'known' })
    }
    expect(sight.see(first, 12_000)).toMatchObject({ state: 'done' })
  })
  test('of which a frame is none is refused with its code', () => {
    expect(() => new CodesInSight([]).see('OT1F:!', 0)).toThrow(fault('qr/encoding'))
  })
})
