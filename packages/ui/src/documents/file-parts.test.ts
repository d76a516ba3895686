import type { Check, ImpressionVerdict, RuleId } from '@onetrip/verifier'
import { expect, test } from 'vitest'
import { fileParts } from './file-parts.ts'

const ALL: readonly RuleId[] = [
  'digest',
  'impression-signature',
  'pades-seal',
  'pades-issuer',
  'pades-signature',
]

function seal(start: number, end: number, passed: readonly RuleId[] = ALL) {
  const checks: readonly Check[] = passed.map((id) => ({ id, clause: 'x', outcome: 'passed' }))
  const rect = { left: 0, bottom: 0, right: 1, top: 1 }
  const place: ImpressionVerdict['place'] = { page: 0, rect, updateBytes: { start, end } }
  return { checks, place }
}

test('a file sealed twice: each part is covered by what came after it', () => {
  expect(fileParts([seal(100, 150), seal(150, 220)], 220)).toEqual([
    { kind: 'original', start: 0, end: 100, coveredBy: [1, 2] },
    { kind: 'seal', start: 100, end: 150, number: 1, coveredBy: [1, 2] },
    { kind: 'seal', start: 150, end: 220, number: 2, coveredBy: [2] },
  ])
})

test('what was appended otherwise is covered by later seals only', () => {
  expect(fileParts([seal(100, 150), seal(180, 220)], 230)).toEqual([
    { kind: 'original', start: 0, end: 100, coveredBy: [1, 2] },
    { kind: 'seal', start: 100, end: 150, number: 1, coveredBy: [1, 2] },
    { kind: 'other', start: 150, end: 180, coveredBy: [2] },
    { kind: 'seal', start: 180, end: 220, number: 2, coveredBy: [2] },
    { kind: 'other', start: 220, end: 230, coveredBy: [] },
  ])
})

test('a signature that does not hold covers nothing', () => {
  expect(fileParts([seal(100, 150, ['digest'])], 150)).toEqual([
    { kind: 'original', start: 0, end: 100, coveredBy: [] },
    { kind: 'seal', start: 100, end: 150, number: 1, coveredBy: [] },
  ])
})
