/** Every fact that the server can record has words in both languages. */
import { setLanguage } from '@onetrip/ui'
import { afterEach, describe, expect, test } from 'vitest'
import { FACT_NAMES } from '../../../server/src/record/fact-names.ts'
import { factWords, isKnownFact } from './words-facts.ts'

afterEach(() => setLanguage('zh-CN'))

describe.each([
  ['zh-CN', /\p{Script=Han}/u],
  ['en', /^[A-Za-z][A-Za-z]/],
] as const)('in %s', (language, script) => {
  test('each fact has words', () => {
    setLanguage(language)
    for (const name of FACT_NAMES) {
      expect([name, factWords(name)]).toEqual([name, expect.stringMatching(script)])
      expect(isKnownFact(name)).toBe(true)
    }
  })
})

test('a part of the published status lists goes by its number', () => {
  expect(factWords('status-12')).toBe('状态列表第 12 部分')
})

test('what this version does not know goes by its name', () => {
  expect(factWords('constructor')).toBe('constructor')
})
