/** Acts whose names are put together where they are recorded have words in both languages: steps of cases and parts, seals, denials. */
import { setLanguage } from '@onetrip/ui'
import { afterEach, expect, test } from 'vitest'
import { CASE_STEPS, PART_STEPS } from '../../../server/src/cases/case-steps.ts'
import { actWords } from './words-log.ts'

afterEach(() => setLanguage('zh-CN'))

test.each([
  ['zh-CN', /\p{Script=Han}/u],
  ['en', /^[a-z][a-z ]+$/],
] as const)('in %s', (language, script) => {
  setLanguage(language)
  const acts = [
    ...CASE_STEPS.map(({ action }) => `case/${action}`),
    ...PART_STEPS.map(({ action }) => `case-part/${action}`),
    ...['seal/change', 'deny/device', 'deny/key', 'batch/done', 'batch/stop'],
    ...['key/retire', 'key/revoke', 'verification/answered', 'verification/declined'],
  ]
  for (const act of acts) expect([act, actWords(act)]).toEqual([act, expect.stringMatching(script)])
})
