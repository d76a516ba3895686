import { fault, type JsonObject, type JsonValue } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { parseCase, parseGuide } from './case-data.ts'

const NAME = { 'zh-CN': '开餐馆一件事', en: 'Open a restaurant' }
const PART = { code: 'fire', name: NAME, state: 'returned', version: 3, actions: ['correct'] }
const STEP = { part: 'fire', action: 'return', to: 'returned', doer: 'staff', at: 20 }
const CASE: JsonObject = {
  id: 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6',
  matter: 'open-restaurant',
  state: 'accepted',
  number: null,
  createdAt: 10,
  name: NAME,
  office: '12339901XYN0000570',
  version: 4,
  fields: [],
  form: {},
  materials: [{ code: 'layout', name: NAME, sources: ['upload'], way: null }],
  parts: [PART],
  visits: [],
  rated: [],
  actions: ['withdraw'],
  steps: [STEP],
}

test('a question of a guide keeps when it is asked; any other condition is refused', () => {
  const question = { code: 'size', text: NAME, answers: [{ code: 'yes', text: NAME }] }
  const guide = (when: JsonValue): JsonValue => ({
    ...{ matter: 'open-restaurant', name: NAME, offices: [], materials: [] },
    questions: [question, { ...question, when }],
  })
  const when = [{ question: 'sign', answers: ['yes'] }]
  expect(parseGuide(guide(when)).questions).toEqual([question, { ...question, when }])
  expect(() => parseGuide(guide([{ question: 'sign' }]))).toThrow(fault('issuer/answer'))
})

describe('a case of the server', () => {
  test('is read; what is not there is left out', () => {
    const read = parseCase(CASE)
    expect(read).toMatchObject({ state: 'accepted', parts: [PART], steps: [STEP] })
    expect([read.number, read.acceptedAt, read.materials[0]?.way]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test('of one that was not accepted, and of a refused part, it is read why and how to object', () => {
    const ground = { code: 'conditions-unmet', text: NAME, basis: '行政许可法第三十八条' }
    const document = '不予行政许可决定书\n'.repeat(1000)
    const part = { ...PART, state: 'refused', ground, objection: NAME, document }
    const read = parseCase({ ...CASE, parts: [part], declined: { ground, objection: NAME } })
    const { code: _, ...kept } = ground
    expect(read.declined).toEqual({ ground: kept, objection: NAME })
    expect(read.parts[0]).toMatchObject({ ground: kept, objection: NAME, document })
  })

  test.each<[string, JsonValue]>([
    ['declined without a way to object', { ...CASE, declined: {} }],
    ['no object', 'case'],
    ['of a version below nothing', { ...CASE, version: -1 }],
    ['of half a version', { ...CASE, version: 1.5 }],
    ['named in one language', { ...CASE, name: { 'zh-CN': '一' } }],
    ['with a part that is none', { ...CASE, parts: [null] }],
    [
      'with a decision without end',
      { ...CASE, parts: [{ ...PART, document: 'x'.repeat(300_000) }] },
    ],
    ['with a form of numbers', { ...CASE, form: { area: 12 } }],
    ['with more steps than a case has', { ...CASE, steps: Array(1001).fill(STEP) }],
    ['of a state without end', { ...CASE, state: 'x'.repeat(5000) }],
  ])('is refused when it is %s', (_, value) => {
    expect(() => parseCase(value)).toThrow(fault('issuer/answer'))
  })
})
