import type { Fault } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { copyProblems, copyTextBytes, copyWindow } from './copy-limits.ts'

/** 2026-11-23 20:00 in Shanghai. */
const NOW = Date.parse('2026-11-23T12:00:00Z') / 1000
const DAY = 86_400
const FAR = NOW + 400 * DAY
const OFFICE = { kind: 'office', id: '12339901XYN0000570', name: '政务服务中心' } as const

describe('copyWindow', () => {
  test('is today to 90 days ahead', () => {
    expect(copyWindow({ now: NOW, credentialExpiresAt: FAR })).toEqual({
      firstDay: '2026-11-23',
      lastDay: '2027-02-21',
    })
  })

  test('never goes past the last whole day of the credential', () => {
    const credentialExpiresAt = Date.parse('2026-11-30T15:59:59Z') / 1000
    expect(copyWindow({ now: NOW, credentialExpiresAt }).lastDay).toBe('2026-11-29')
    expect(copyWindow({ now: NOW, credentialExpiresAt: credentialExpiresAt + 1 }).lastDay).toBe(
      '2026-11-30',
    )
  })

  test('never goes past the licence', () => {
    const window = copyWindow({
      now: NOW,
      credentialExpiresAt: FAR,
      licenceValidTo: '2026-12-01',
    })
    expect(window.lastDay).toBe('2026-12-01')
  })

  test('counts days in Asia/Shanghai', () => {
    const justAfterMidnight = Date.parse('2026-11-23T16:00:00Z') / 1000
    expect(copyWindow({ now: justAfterMidnight, credentialExpiresAt: FAR }).firstDay).toBe(
      '2026-11-24',
    )
  })

  test('is credential/expired when no day is left', () => {
    try {
      copyWindow({ now: NOW, credentialExpiresAt: NOW + 3600 })
      expect.unreachable()
    } catch (error) {
      expect((error as Fault).code).toBe('credential/expired')
    }
  })
})

describe('copyProblems', () => {
  const window = { firstDay: '2026-11-23', lastDay: '2027-02-21' }
  const good = { purpose: '办理食品经营许可', recipient: OFFICE, endDay: '2026-12-23' }

  test.each([
    ['as it should be', good],
    ['the last day', { ...good, endDay: '2027-02-21' }],
    ['the first day', { ...good, endDay: '2026-11-23' }],
    [
      'a name',
      { ...good, recipient: { kind: 'name', name: '虚构市云栖样例餐饮有限公司' } as const },
    ],
  ])('none: %s', (_, request) => {
    expect(copyProblems(request, window)).toEqual([])
  })

  test.each([
    ['no purpose', { ...good, purpose: '  ' }, 'purpose', 'missing'],
    ['a direction override', { ...good, purpose: 'x\u202Ey' }, 'purpose', 'characters'],
    ['a control character', { ...good, purpose: 'x\ny' }, 'purpose', 'characters'],
    [
      'no recipient',
      { ...good, recipient: { kind: 'name', name: '' } as const },
      'recipient',
      'missing',
    ],
    ['texts over 170 bytes', { ...good, purpose: '办'.repeat(60) }, 'purpose', 'too-long'],
    ['no day', { ...good, endDay: '' }, 'end', 'missing'],
    ['yesterday', { ...good, endDay: '2026-11-22' }, 'end', 'past'],
    ['the 91st day', { ...good, endDay: '2027-02-22' }, 'end', 'too-late'],
  ])('%s', (_, request, field, why) => {
    expect(copyProblems(request, window)).toEqual([{ field, why }])
  })

  test('bytes are counted in NFC, an office by its id', () => {
    expect(copyTextBytes({ purpose: 'e\u0301', recipient: OFFICE })).toBe(2 + 18)
    expect(copyTextBytes({ purpose: '办', recipient: { kind: 'name', name: '甲' } })).toBe(6)
  })
})
