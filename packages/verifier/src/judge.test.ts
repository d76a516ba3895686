import { type ErrorCode, fault } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { judge, ran, worstOf } from './judge.ts'
import type { Rule, Subject } from './rule.ts'

const subject = {} as Subject

function rule(id: Rule['id'], needs: readonly Rule['id'][], code?: ErrorCode): Rule {
  return {
    id,
    clause: 'a clause',
    needs,
    check() {
      if (code !== undefined) throw fault(code)
    },
  }
}

describe('judge', () => {
  test('runs rules in order and keeps what each one threw', () => {
    const checks = judge([rule('issuer', []), rule('mode', [], 'presentation/mode')], subject)
    expect(checks).toEqual([
      { id: 'issuer', outcome: 'passed', clause: 'a clause' },
      { id: 'mode', outcome: 'failed', code: 'presentation/mode', clause: 'a clause' },
    ])
  })

  test('does not run what leans on a failed rule, nor what leans on that', () => {
    const plan = [
      rule('issuer', [], 'issuer/unknown'),
      rule('issuer-key', ['issuer']),
      rule('algorithm', ['issuer-key']),
      rule('environment', []),
    ]
    const outcomes = judge(plan, subject).map(({ outcome }) => outcome)
    expect(outcomes).toEqual(['failed', 'not-run', 'not-run', 'passed'])
  })

  test('a rule that the plan does not hold stops nothing', () => {
    const [check] = judge([rule('copy', ['key-binding'])], subject)
    expect(check?.outcome).toBe('passed')
  })

  test('a fault of our own is no verdict', () => {
    const broken: Rule = {
      ...rule('mode', []),
      check() {
        throw new TypeError('a bug')
      },
    }
    expect(() => judge([broken], subject)).toThrow(TypeError)
  })
})

describe('worstOf', () => {
  const passed = ran({ id: 'issuer', clause: '' })
  const failed = (code: ErrorCode) => ran({ id: 'mode', clause: '' }, code)

  test('is valid when all passed', () => {
    expect(worstOf([passed])).toEqual({ outcome: 'valid' })
  })

  test('is not valid when nothing ran', () => {
    expect(worstOf([])).toEqual({ outcome: 'unverifiable', reason: 'format/unsupported' })
    const notRun = { ...passed, outcome: 'not-run' } as const
    expect(worstOf([notRun]).outcome).toBe('unverifiable')
  })

  test('red is worse than grey, grey than amber; the first of the worst is the reason', () => {
    const amber = failed('trust/stale')
    const grey = failed('status/unavailable')
    const red = failed('status/revoked')
    expect(worstOf([passed, amber])).toEqual({ outcome: 'caution', reason: 'trust/stale' })
    expect(worstOf([passed, amber, grey])).toEqual({
      outcome: 'unverifiable',
      reason: 'status/unavailable',
    })
    expect(worstOf([passed, grey, red, failed('licence/expired')])).toEqual({
      outcome: 'invalid',
      reason: 'status/revoked',
    })
  })

  test('one that alone failed, whatever its colour, keeps its code', () => {
    expect(worstOf([failed('cbor/truncated')])).toEqual({
      outcome: 'invalid',
      reason: 'cbor/truncated',
    })
  })
})
