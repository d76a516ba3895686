import { expect, test } from 'vitest'
import { PROBLEM_STATUS } from '../problem-status.ts'
import { apiResponses, PAPER_ANSWER } from './answer-schemas.ts'

test('the description names what any route of the API may refuse with', () => {
  const described = Object.keys(apiResponses(201, PAPER_ANSWER)).map(Number)
  const codes = [
    'auth/required',
    'http/body-too-large',
    'http/media-type',
    'storage/unavailable',
  ] as const
  for (const code of codes) expect(described).toContain(PROBLEM_STATUS[code])
})
