import { ERROR_CODES } from '@onetrip/codec'
import { SEVERITY } from '@onetrip/verifier'
import { afterEach, describe, expect, expectTypeOf, test } from 'vitest'
import { nextStepFor, reasonFor } from './code-words.ts'
import { codeWordsEn } from './code-words-en.ts'
import { codeWordsZh } from './code-words-zh.ts'
import { helpMessages } from './help-messages.ts'
import { type Catalogue, defineMessages, LANGUAGES, setLanguage, translator } from './language.ts'
import { uiMessages } from './messages.ts'
import { isExplained } from './reason-words.ts'
import { verdictMessages } from './verdict-messages.ts'

afterEach(() => setLanguage('zh-CN'))

const CATALOGUES: Readonly<Record<string, Catalogue<string>>> = {
  ui: uiMessages,
  help: helpMessages,
  verdict: verdictMessages,
}

function placesOf(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort()
}

describe.each(Object.entries(CATALOGUES))('catalogue %s', (_, catalogue) => {
  test('has the same keys in both languages, none empty', () => {
    expect(Object.keys(catalogue.en).sort()).toEqual(Object.keys(catalogue['zh-CN']).sort())
    for (const of of LANGUAGES) {
      for (const text of Object.values(catalogue[of])) expect(text.trim()).not.toBe('')
    }
  })

  test('has the same {places} in both languages', () => {
    for (const [key, text] of Object.entries(catalogue['zh-CN'])) {
      expect({ key, places: placesOf(catalogue.en[key] ?? '') }).toEqual({
        key,
        places: placesOf(text),
      })
    }
  })
})

describe('words for codes', () => {
  test('explain every code of a verdict in both languages', () => {
    for (const code of Object.keys(SEVERITY)) {
      expect(Object.keys(codeWordsZh)).toContain(code)
      expect(Object.keys(codeWordsEn)).toContain(code)
    }
    expect(Object.keys(codeWordsEn).sort()).toEqual(Object.keys(codeWordsZh).sort())
  })

  test('name a code that has no words', () => {
    const [unexplained] = ERROR_CODES.filter((code) => !isExplained(code))
    if (unexplained === undefined) return
    setLanguage('en')
    expect(reasonFor(unexplained)).toContain(unexplained)
  })

  test('give a next step for every red verdict', () => {
    setLanguage('zh-CN')
    expect(nextStepFor('signature/invalid', 'invalid')).toContain('请勿据此办理')
    expect(nextStepFor('qr/not-a-credential', 'unverifiable')).toBeUndefined()
  })
})

describe('translator', () => {
  const t = translator(defineMessages({ age: '{count} 天' }, { age: '{count} days' }))

  test('follows the language and fills places', () => {
    setLanguage('zh-CN')
    expect(t('age', { count: 3 })).toBe('3 天')
    setLanguage('en')
    expect(t('age', { count: 3 })).toBe('3 days')
  })

  test('a missing key does not compile', () => {
    type English = Parameters<typeof defineMessages<'one' | 'two'>>[1]
    expectTypeOf<{ readonly one: string; readonly two: string }>().toExtend<English>()
    expectTypeOf<{ readonly one: string }>().not.toExtend<English>()
  })
})
