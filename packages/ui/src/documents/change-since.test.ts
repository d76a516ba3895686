import type { ErrorCode } from '@onetrip/codec'
import type { Check, ImpressionVerdict, RuleId } from '@onetrip/verifier'
import { expect, test } from 'vitest'
import { changeSince } from './change-since.ts'

const STATED: NonNullable<ImpressionVerdict['stated']> = {
  issuedAt: 0,
  proofOfTime: { kind: 'none' },
  purpose: 'x',
  approval: 'x',
  mediaType: 'text/plain',
  coveredBytes: { start: 0, end: 1 },
  covers: [],
}

function check(id: RuleId, code?: ErrorCode): Check {
  const clause = 'RFC 9995 §4'
  return code === undefined
    ? { id, clause, outcome: 'passed' }
    : { id, clause, outcome: 'failed', code }
}

const SAME = [check('digest'), check('length')]

test('the same bytes under a signature that holds are unchanged', () => {
  expect(changeSince({ checks: SAME, stated: STATED }, [check('limits')])).toBe('no')
})

test('other bytes are a change, whoever signed', () => {
  const checks = [check('digest', 'seal/digest-mismatch'), check('length')]
  expect(changeSince({ checks, stated: STATED }, [])).toBe('yes')
  expect(changeSince({ checks }, [])).toBe('yes')
})

test('what no signature confirms is not known to be unchanged', () => {
  expect(changeSince({ checks: SAME }, [])).toBe('unknown')
  expect(changeSince({ checks: [], stated: STATED }, [])).toBe('unknown')
  const notRun = { ...check('pades-signature'), outcome: 'not-run' } as const
  expect(changeSince({ checks: [...SAME, notRun], stated: STATED }, [])).toBe('unknown')
})

test('a finding in a PDF is a change when it is red, and unknown when it is grey', () => {
  const findings = (code: ErrorCode) => [check('pdf-findings', code)]
  const impression = { checks: SAME, stated: STATED }
  expect(changeSince(impression, findings('pdf/other-revision'))).toBe('yes')
  expect(changeSince(impression, findings('pdf/shadow-object'))).toBe('unknown')
})
