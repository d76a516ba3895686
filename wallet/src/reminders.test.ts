import { describe, expect, test } from 'vitest'
import { sampleHolderKeys } from '../samples/sample-world.ts'
import { type HeldLicence, renewed } from './held-licence.ts'
import { withEnd } from './licence-end.ts'
import type { HeldState } from './licence-state.ts'
import { type Reminded, remindedAfter, remindedWithout, remindersOf } from './reminders.ts'

const NOW = Date.parse('2026-11-25T09:00:00+08:00') / 1000
const DAY = 86_400
const IN_FORCE: HeldState = { state: 'in-force', sentence: 'in-force' }
const SUSPENDED: HeldState = { state: 'suspended', sentence: 'suspended' }
const REVOKED: HeldState = { state: 'revoked', sentence: 'revoked' }
const CLOCK_AHEAD: HeldState = { state: 'unknown', sentence: 'clock-ahead' }
const UNKNOWN: HeldState = { state: 'unknown', sentence: 'unchecked' }

function licence(
  dates: { readonly validTo?: string; readonly expiresAt?: number },
  reminded?: Reminded,
): HeldLicence {
  const { validTo, expiresAt = NOW + 300 * DAY } = dates
  return {
    format: 1,
    id: 'a',
    summary: {
      typeCode: '1110000099XYN9907G038',
      typeVersion: 1,
      typeName: { 'zh-CN': '食品经营许可证', en: 'Food business licence' },
      hue: 1,
      about: 'organisation',
      number: 'JY1',
      version: 1,
      holder: '样例',
      issuer: { 'zh-CN': '样例局', en: 'Sample bureau' },
      validFrom: '2024-11-20',
      ...(validTo === undefined ? {} : { validTo }),
      expiresAt,
    },
    sdCwt: new Uint8Array([1]),
    sdJwt: '',
    keys: sampleHolderKeys,
    receivedAt: 100,
    shownCount: 0,
    copies: [],
    ...(reminded === undefined ? {} : { reminded }),
  }
}

const keysOf = (held: HeldLicence, state: HeldState = IN_FORCE, now = NOW): readonly string[] =>
  remindersOf(held, state, now).map(({ key }) => key)

describe('ends', () => {
  test('nothing by a clock that runs ahead', () => {
    expect(keysOf(licence({ validTo: '2026-11-24' }), CLOCK_AHEAD)).toEqual([])
  })

  test.each<[string, Parameters<typeof licence>[0], readonly string[]]>([
    ['long-term', {}, []],
    ['61 days ahead', { validTo: '2027-01-24' }, []],
    ['60 days ahead', { validTo: '2027-01-23' }, ['ending 2027-01-23']],
    ['on its last day', { validTo: '2026-11-25' }, ['ending 2026-11-25']],
    ['over', { validTo: '2026-11-24' }, ['ended 2026-11-24']],
    ['a credential 31 days ahead', { expiresAt: NOW + 31 * DAY }, []],
    ['a credential 30 days ahead', { expiresAt: NOW + 30 * DAY }, ['credential-ending 2026-12-25']],
    ['a credential that is over', { expiresAt: NOW }, ['credential-ended 2026-11-25']],
    [
      'a credential that ends with its licence',
      { validTo: '2026-11-30', expiresAt: NOW + 6 * DAY },
      ['ending 2026-11-30'],
    ],
  ])('%s', (_name, dates, keys) => {
    expect(keysOf(licence(dates))).toEqual(keys)
  })

  test('are told once: dismissed stays dismissed, the end itself is another event', () => {
    const held = licence({ validTo: '2026-12-10' })
    const [ending] = remindersOf(held, IN_FORCE, NOW)
    if (ending === undefined) throw new Error('nothing to tell')
    const told = { ...held, reminded: remindedWithout(held.reminded, ending) }
    expect(keysOf(told)).toEqual([])
    expect(keysOf(told, IN_FORCE, NOW + 20 * DAY)).toEqual(['ended 2026-12-10'])
    // A renewed licence ends on another day, and that is told again.
    const next = { ...told, summary: { ...told.summary, validTo: '2027-01-10' } }
    expect(keysOf(next)).toEqual(['ending 2027-01-10'])
  })
})

describe('standing', () => {
  const follow = (held: HeldLicence, state: HeldState): HeldLicence => {
    const reminded = remindedAfter(held.reminded, state)
    return reminded === undefined ? held : { ...held, reminded }
  }
  const dismiss = (held: HeldLicence, state: HeldState): HeldLicence => {
    const [first] = remindersOf(held, state, NOW)
    if (first === undefined) throw new Error('nothing to tell')
    return { ...held, reminded: remindedWithout(held.reminded, first) }
  }

  test('in force or unknown from the start: nothing is told and nothing is stored', () => {
    for (const state of [IN_FORCE, UNKNOWN]) {
      expect(follow(licence({}), state).reminded).toBeUndefined()
      expect(keysOf(licence({}), state)).toEqual([])
    }
  })

  test('suspended, lifted, suspended again: each is told once', () => {
    let held = follow(licence({}), SUSPENDED)
    expect(keysOf(held, SUSPENDED)).toEqual(['suspended'])
    held = dismiss(held, SUSPENDED)
    expect(keysOf(held, SUSPENDED)).toEqual([])
    // Without fresh data nothing is taken for lifted.
    held = follow(held, UNKNOWN)
    expect(keysOf(held, UNKNOWN)).toEqual([])
    held = follow(held, IN_FORCE)
    expect(keysOf(held, IN_FORCE)).toEqual(['lifted'])
    held = dismiss(held, IN_FORCE)
    expect(keysOf(held, IN_FORCE)).toEqual([])
    held = follow(held, SUSPENDED)
    expect(keysOf(held, SUSPENDED)).toEqual(['suspended'])
  })

  test('suspended again before "lifted" was read: the suspension is told', () => {
    const once = dismiss(follow(licence({}), SUSPENDED), SUSPENDED)
    const held = follow(follow(once, IN_FORCE), SUSPENDED)
    expect(keysOf(held, SUSPENDED)).toEqual(['suspended'])
  })

  test('suspended and then revoked are two events', () => {
    const held = follow(dismiss(follow(licence({}), SUSPENDED), SUSPENDED), REVOKED)
    expect(keysOf(held, REVOKED)).toEqual(['revoked'])
  })

  test('revoked and then known to be replaced, or held in its next version: told as that, once', () => {
    const old = licence({ validTo: '2026-12-10' })
    const next = { ...old, id: 'b', summary: { ...old.summary, version: 2 } }
    const other = { ...next, summary: { ...next.summary, number: 'JY2' } }
    const known = { ...old, endedAs: 'replaced' } as const
    const replaced = { state: 'superseded', sentence: 'replaced' }
    expect(withEnd(old, IN_FORCE, [old, next])).toEqual(replaced)
    expect(withEnd(next, IN_FORCE, [old, next])).toEqual(IN_FORCE)
    expect(withEnd(known, REVOKED, [known])).toEqual(replaced)
    expect(withEnd(known, UNKNOWN, [known])).toEqual(UNKNOWN)
    expect(withEnd(old, REVOKED, [old, other])).toEqual(REVOKED)
    const taken = { ...old, endedAs: 'penalty' } as const
    expect(withEnd(taken, REVOKED, [taken])).toEqual({ state: 'revoked', sentence: 'penalty' })
    const state = withEnd(known, REVOKED, [known])
    const held = follow(dismiss(follow(known, REVOKED), REVOKED), state)
    expect(keysOf(held, state)).toEqual(['replaced'])
    expect(keysOf(dismiss(held, state), state)).toEqual([])
  })

  test('a check that changes nothing changes no record', () => {
    const held = follow(licence({}), SUSPENDED)
    expect(remindedAfter(held.reminded, SUSPENDED)).toBe(held.reminded)
    expect(remindedAfter(held.reminded, UNKNOWN)).toBe(held.reminded)
  })

  test('receiving the licence again keeps what was told', () => {
    const held = dismiss(follow(licence({}), SUSPENDED), SUSPENDED)
    expect(renewed(held, licence({})).reminded).toEqual(held.reminded)
  })
})
