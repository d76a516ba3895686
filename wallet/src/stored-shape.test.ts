import { describe, expect, test } from 'vitest'
import { sampleHolderKeys } from '../samples/sample-world.ts'
import type { HeldLicence } from './held-licence.ts'
import type { HistoryEntry } from './history-entry.ts'
import {
  parseEntry,
  parseLicence,
  parseLock,
  parseLockOffer,
  parseReceipt,
  parseTries,
} from './stored-shape.ts'
import { countedTry, secondsToWait } from './tries.ts'

const NAME = { 'zh-CN': '食品经营许可证', en: 'Food licence' }
const LICENCE: HeldLicence = {
  format: 1,
  id: '00ff',
  summary: {
    typeCode: '11100000000000000B001',
    typeVersion: 1,
    typeName: NAME,
    hue: 30,
    about: 'organisation',
    number: 'JY1',
    version: 1,
    holder: '某店',
    issuer: NAME,
    validFrom: '2026-01-01',
    expiresAt: 1_900_000_000,
  },
  sdCwt: new Uint8Array(9),
  sdJwt: 'a.b.c~',
  keys: sampleHolderKeys,
  receivedAt: 1_800_000_000,
  shownCount: 0,
  copies: [],
}
const ENTRY: HistoryEntry = {
  format: 1,
  id: 'e',
  at: 1_800_000_000,
  kind: 'live',
  licenceId: '00ff',
  typeName: NAME,
  number: 'JY1',
  claims: [NAME],
}
const LOCK = {
  format: 1,
  id: 'l',
  salt: new Uint8Array(16),
  cost: { memoryKib: 19_456, passes: 2, lanes: 1 },
  dataKey: { iv: new Uint8Array(12), ciphertext: new Uint8Array(48) },
  digits: true,
  lockAfterSeconds: 300,
}
function summary(changes: Readonly<Record<string, unknown>>): unknown {
  return { ...LICENCE, summary: { ...LICENCE.summary, ...changes } }
}

const CORRUPT = expect.objectContaining({ code: 'storage/corrupt' })
const { cbor, jws } = sampleHolderKeys

describe('what is whole is given back as it is', () => {
  test('a licence', () => expect(parseLicence(LICENCE)).toBe(LICENCE))
  test('an entry', () => expect(parseEntry(ENTRY)).toBe(ENTRY))
  test('a lock', () => expect(parseLock(LOCK)).toBe(LOCK))
})

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a text', 'licence'],
  ['a newer format', { ...LICENCE, format: 3 }],
  ['no summary', { ...LICENCE, summary: undefined }],
  ['a name in one language', { ...LICENCE, summary: { ...LICENCE.summary, issuer: { en: 'A' } } }],
  ['bytes as text', { ...LICENCE, sdCwt: 'AAAA' }],
  [
    'a key that came back as null',
    { ...LICENCE, keys: { jws, cbor: { ...cbor, secret: { kind: 'device', privateKey: null } } } },
  ],
  ['a definition without claims', { ...LICENCE, type: { typeCode: 'x', vct: 'y' } }],
  ['no time', { ...LICENCE, receivedAt: Number.NaN }],
  ['an end that no calendar has', summary({ expiresAt: 1e300 })],
  ['a day that is none', summary({ validTo: '2026-02-30' })],
  ['a day as a number', summary({ validFrom: 20_260_101 })],
  ['a hue round the circle', summary({ hue: 360 })],
  ['reminders of a later version', { ...LICENCE, reminded: { format: 2, dismissed: [] } }],
  ['a copy without its code', { ...LICENCE, copies: [{ id: 'c' }] }],
])('a licence that is %s is storage/corrupt', (_, stored) => {
  expect(() => parseLicence(stored)).toThrow(CORRUPT)
})

test.each<[string, unknown]>([
  ['a newer format', { ...ENTRY, format: 3 }],
  ['claims of another kind', { ...ENTRY, claims: ['name'] }],
  ['no time', { ...ENTRY, at: '1' }],
])('an entry with %s is storage/corrupt', (_, stored) => {
  expect(() => parseEntry(stored)).toThrow(CORRUPT)
})

test.each<[string, unknown]>([
  ['a newer format', { ...LOCK, format: 2 }],
  ['no salt', { ...LOCK, salt: undefined }],
  ['no wrapped key', { ...LOCK, dataKey: {} }],
  ['a cost that takes all memory', { ...LOCK, cost: { ...LOCK.cost, memoryKib: 2 ** 31 } }],
])('a lock with %s is storage/corrupt', (_, stored) => {
  expect(() => parseLock(stored)).toThrow(CORRUPT)
})

describe('what is damaged beside the licences', () => {
  test('a receipt is begun again', () => {
    const receipt = { id: 'r', keys: sampleHolderKeys, startedAt: 1_800_000_000 }
    expect(parseReceipt(receipt)).toBe(receipt)
    expect(parseReceipt(undefined)).toBeUndefined()
    expect(parseReceipt({ ...receipt, keys: { cbor: null } })).toBeUndefined()
    expect(parseReceipt({ ...receipt, accessToken: { value: 1 } })).toBeUndefined()
  })

  test('a count of tries makes the next wrong one wait', () => {
    const tries = { count: 1, lastAt: 5, notBefore: 5 }
    expect(parseTries(tries)).toBe(tries)
    expect(parseTries(undefined)).toBeUndefined()
    for (const broken of [null, { ...tries, notBefore: Number.NaN }, { count: -9 }]) {
      const found = parseTries(broken)
      expect(found && secondsToWait(countedTry(found, 100), 100)).toBe(60)
    }
  })

  test('an offer of a lock is made again', () => {
    expect(parseLockOffer({ declined: true })).toEqual({ declined: true })
    expect(parseLockOffer({ declined: 'yes' })).toEqual({})
    expect(parseLockOffer(undefined)).toEqual({})
  })
})
