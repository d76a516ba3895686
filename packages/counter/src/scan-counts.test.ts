import { describe, expect, test } from 'vitest'
import { dayName, localTime } from './calendar.ts'
import { countByDay, countToday } from './scan-counts.ts'
import { findScans, scanNumber } from './scan-number.ts'
import type { ScanRecord } from './scan-record.ts'

/** 2026-11-23 23:59:59 and 2026-11-24 00:00:00 in Shanghai. */
const LAST_SECOND = 1_795_449_599
const MIDNIGHT = 1_795_449_600

function record(id: string, at: number, outcome: ScanRecord['outcome'] = 'valid'): ScanRecord {
  return { format: 1, id, at, outcome }
}

describe('counts', () => {
  test('a day ends at midnight in Shanghai', () => {
    const counts = countByDay([
      record('a', MIDNIGHT, 'invalid'),
      record('b', LAST_SECOND),
      record('c', LAST_SECOND - 1, 'unverifiable'),
    ])
    expect(counts.map(({ day, total }) => [dayName(day), total])).toEqual([
      ['2026-11-24', 1],
      ['2026-11-23', 2],
    ])
    expect(counts[1]?.outcomes).toEqual({ valid: 1, caution: 0, invalid: 0, unverifiable: 1 })
    expect(localTime(MIDNIGHT)).toBe('2026-11-24 00:00:00')
  })

  test('today without scans is zero', () => {
    expect(countToday([record('a', LAST_SECOND)], MIDNIGHT).total).toBe(0)
    expect(countToday([record('a', LAST_SECOND)], LAST_SECOND).total).toBe(1)
  })
})

describe('the number of a scan', () => {
  const one: ScanRecord = {
    ...record('00000001-0000-4000-8000-000000000000', 1),
    typeName: { 'zh-CN': '食品经营许可证', en: 'Food licence' },
    holder: '陈**',
  }
  const other = record('deadbeef-0000-4000-8000-000000000000', 2)

  test('is eight digits', () => {
    expect(scanNumber(one)).toBe('0000 0001')
    expect(scanNumber(other)).toBe('3592 8559')
    expect(scanNumber({ id: 'not hex' })).toMatch(/^\d{4} \d{4}$/)
  })

  test.each([
    ['', [one, other]],
    ['3592 8559', [other]],
    ['3592-8559', [other]],
    ['３５９２８５５９', [other]],
    ['8559', [other]],
    ['陈', [one]],
    ['FOOD', [one]],
    ['nothing', []],
  ])('%j finds its scan', (typed, found) => {
    expect(findScans([one, other], typed)).toEqual(found)
  })
})
