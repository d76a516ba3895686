/** Every state and step that the server has is said in both languages; what a later one has goes by its name. */
import { setLanguage } from '@onetrip/ui'
import { afterEach, describe, expect, test } from 'vitest'
import {
  CASE_STATES,
  CASE_STEPS,
  PART_STATES,
  PART_STEPS,
} from '../../../server/src/cases/case-steps.ts'
import { hasCaseWords } from '../words-cases.ts'
import type { Material } from './case-data.ts'
import { caseStateWords, partStateWords, stepWords, wayWords } from './case-words.ts'

const STEPS = [...new Set([...CASE_STEPS, ...PART_STEPS].map(({ action }) => action))]
const NAME = { 'zh-CN': '平面图', en: 'Floor plan' }

afterEach(() => setLanguage('zh-CN'))

describe.each([
  ['zh-CN', /\p{Script=Han}/u],
  ['en', /^[A-Za-z][a-z]/],
] as const)('in %s', (language, script) => {
  test.each([
    ['state', CASE_STATES, caseStateWords],
    ['part', PART_STATES, partStateWords],
    ['step', STEPS, stepWords],
  ] as const)('each %s has words', (area, names, words) => {
    setLanguage(language)
    for (const name of names) {
      expect([name, words(name)]).toEqual([name, expect.stringMatching(script)])
      expect(hasCaseWords(`${area}.${name}`)).toBe(true)
    }
  })
})

test('what this version does not know goes by its name, whatever that is', () => {
  expect(caseStateWords('paused')).toBe('paused')
  expect(partStateWords('constructor')).toBe('constructor')
  expect(stepWords('')).toBe('')
})

describe('by what a material is there', () => {
  const material = (of: Partial<Material>): Material => ({
    code: 'plan',
    name: NAME,
    sources: ['upload'],
    ...of,
  })

  test.each([
    ['nothing yet', {}, '还没有'],
    ['an upload', { way: 'upload' }, '已上传'],
    ['later, by a day', { way: 'deferred', dueDay: '2026-12-04' }, '2026年12月4日 前补交'],
    ['what the form alone makes', { sources: ['generated'] }, '由表单生成'],
    ['a way that is not known', { way: 'courier' }, 'courier'],
  ] as const)('%s', (_, of, words) => {
    expect(wayWords(material(of))).toBe(words)
  })
})
