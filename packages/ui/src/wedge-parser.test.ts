import { describe, expect, test } from 'vitest'
import {
  createWedgeParser,
  normaliseWedge,
  type WedgeAnswer,
  type WedgeKey,
} from './wedge-parser.ts'

const CODE = 'OT1:6BF0 8%UJ*2$+./'

interface Burst {
  /** A key for each character, or the keys themselves. */
  readonly text: string | readonly string[]
  readonly gap?: number
  readonly end?: string
  readonly over?: Partial<WedgeKey>
}

function feed({ text, gap = 10, end = 'Enter', over = {} }: Burst): readonly WedgeAnswer[] {
  const parse = createWedgeParser()
  return [...Array.from(text), end].map((key, index) =>
    parse({
      key,
      at: index * gap,
      composing: false,
      modified: false,
      elsewhere: false,
      ...over,
    }),
  )
}

describe('a burst', () => {
  test.each(['Enter', 'Tab'])('that ends with %s is a scan, spaces kept', (end) => {
    expect(feed({ text: CODE, end }).at(-1)).toEqual({ act: 'scan', text: CODE })
  })

  test('is kept from the page from the prefix on', () => {
    const answers = feed({ text: CODE })
    expect(answers.slice(0, 2)).toEqual([{ act: 'leave' }, { act: 'leave' }])
    expect(answers[3]).toEqual({ act: 'take', recognised: true })
    expect(answers.slice(4, -1).every((answer) => answer.act === 'take')).toBe(true)
  })

  test.each([
    ['a frame of an animated code', 'OT1F:6BF0 8%UJ*2$+./'],
    ['what a phone shows a kiosk', 'OT1K:6BF0 8%UJ*2$+./'],
  ])('that is %s is a scan like any other', (_, frame) => {
    const answers = feed({ text: frame.toLowerCase(), over: { elsewhere: true } })
    expect(answers[4]).toEqual({ act: 'take', recognised: true })
    expect(answers.at(-1)).toEqual({ act: 'scan', text: frame })
  })

  test.each(['F18', 'F19'])(
    'may begin with the key %s, which some scanners send first',
    (prefix) => {
      expect(feed({ text: [prefix, ...CODE] })[0]).toEqual({ act: 'leave' })
      expect(feed({ text: [prefix, ...CODE] }).at(-1)).toEqual({ act: 'scan', text: CODE })
    },
  )

  test.each(['Enter', 'Tab'])('that ends twice presses nothing the second time (%s)', (second) => {
    const answers = feed({ text: [...CODE, 'Enter'], end: second })
    expect(answers.at(-2)).toEqual({ act: 'scan', text: CODE })
    expect(answers.at(-1)).toEqual({ act: 'take', recognised: false })
  })

  test('that is too short for a scan presses nothing with its end; a person’s Enter does', () => {
    expect(feed({ text: '12345' }).at(-1)).toEqual({ act: 'take', recognised: false })
    expect(feed({ text: '12345', gap: 200 }).at(-1)).toEqual({ act: 'leave' })
    expect(feed({ text: '12345', over: { elsewhere: true } }).at(-1)).toEqual({ act: 'leave' })
    expect(feed({ text: '' }).at(-1)).toEqual({ act: 'leave' })
  })

  test('of a foreign code is a scan too, so that it can be refused in words', () => {
    expect(feed({ text: 'https://example.com/pay' }).at(-1)).toEqual({
      act: 'scan',
      text: 'https://example.com/pay',
    })
  })

  test('with 50 ms between keys is a burst, with 51 ms it is a person', () => {
    expect(feed({ text: CODE, gap: 50 }).at(-1)).toMatchObject({ act: 'scan' })
    expect(feed({ text: CODE, gap: 51 }).every((answer) => answer.act === 'leave')).toBe(true)
  })

  test('may stall for up to a second once its prefix was seen', () => {
    const stalled = (pause: number) => {
      const parse = createWedgeParser()
      const keys = [...Array.from(CODE), 'Enter']
      return keys.map((key, index) =>
        parse({
          key,
          at: index * 5 + (index > 8 ? pause : 0),
          composing: false,
          modified: false,
          elsewhere: false,
        }),
      )
    }
    expect(stalled(990).at(-1)).toEqual({ act: 'scan', text: CODE })
    expect(stalled(1100).at(-1)).not.toEqual({ act: 'scan', text: CODE })
  })

  test('survives the Shift keys a scanner sends for capitals', () => {
    const parse = createWedgeParser()
    const keys = [...Array.from(CODE).flatMap((key) => ['Shift', key]), 'Enter']
    const answers = keys.map((key, index) =>
      parse({ key, at: index * 5, composing: false, modified: false, elsewhere: false }),
    )
    expect(answers.at(-1)).toEqual({ act: 'scan', text: CODE })
  })

  test('with a modifier down is a shortcut', () => {
    expect(feed({ text: CODE, over: { modified: true } }).at(-1)).toEqual({ act: 'leave' })
  })
})

describe('while another field has the focus', () => {
  test('only a burst with the prefix is taken', () => {
    const over = { elsewhere: true }
    expect(feed({ text: CODE, over }).at(-1)).toEqual({ act: 'scan', text: CODE })
    expect(feed({ text: 'quick typing', over }).every(({ act }) => act === 'leave')).toBe(true)
  })
})

describe('an input method', () => {
  test('that swallows a burst is told once', () => {
    const answers = feed({ text: CODE, over: { composing: true } })
    expect(answers.filter(({ act }) => act === 'input-method')).toHaveLength(1)
  })

  test('used by a person at a person’s pace is not told', () => {
    const answers = feed({ text: CODE, gap: 120, over: { composing: true } })
    expect(answers.every(({ act }) => act === 'leave')).toBe(true)
  })
})

describe('normaliseWedge', () => {
  test('maps full-width forms to half-width', () => {
    expect(normaliseWedge('ＯＴ１：６Ｂ％　＋')).toBe('OT1:6B% +')
  })

  test('undoes Caps Lock in our codes and leaves others alone', () => {
    expect(normaliseWedge('ot1:6bf0')).toBe('OT1:6BF0')
    expect(normaliseWedge('eyJhbGciOiJ')).toBe('eyJhbGciOiJ')
  })
})
