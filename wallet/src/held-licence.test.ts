import { expect, test } from 'vitest'
import { sampleHolderKeys } from '../samples/sample-world.ts'
import { byUse, type HeldLicence, nextCopy, renewed, shownAt, withCopy } from './held-licence.ts'

const LICENCE: HeldLicence = {
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
    validFrom: '2026-11-20',
    expiresAt: 2_000_000_000,
  },
  sdCwt: new Uint8Array([1]),
  sdJwt: 'one',
  keys: sampleHolderKeys,
  receivedAt: 100,
  shownCount: 0,
  copies: [],
}

const COPY = {
  id: 'c',
  madeAt: 1,
  purpose: '样例',
  recipient: { kind: 'name', name: '样例' },
  endDay: '2026-12-01',
  disclosed: [],
  text: 'OT1:',
} as const

test('the most used is first, then the last received', () => {
  const used = { ...LICENCE, id: 'used', shownCount: 3 }
  const late = { ...LICENCE, id: 'late', receivedAt: 200 }
  expect(byUse([LICENCE, late, used]).map(({ id }) => id)).toEqual(['used', 'late', 'a'])
})

test('a showing is counted with its time', () => {
  expect(shownAt(LICENCE, 500)).toMatchObject({ shownCount: 1, lastShownAt: 500 })
})

test('copies stand newest first', () => {
  const licence = withCopy(withCopy(LICENCE, COPY), { ...COPY, id: 'd' })
  expect(licence.copies.map(({ id }) => id)).toEqual(['d', 'c'])
})

test('receiving again replaces the credentials and keeps the history', () => {
  const kept = shownAt(withCopy(LICENCE, COPY), 500)
  const received = { ...LICENCE, sdJwt: 'two', receivedAt: 900 }
  expect(renewed(kept, received)).toMatchObject({
    sdJwt: 'two',
    receivedAt: 900,
    shownCount: 1,
    lastShownAt: 500,
    copies: [COPY],
  })
  expect(renewed(undefined, received)).toBe(received)
})

test('each showing uses the next copy, and the first again only after all the others (T12)', () => {
  const spare = (sdJwt: string) => ({ sdCwt: new Uint8Array([2]), sdJwt, keys: sampleHolderKeys })
  const batch = { ...LICENCE, spares: [spare('two'), spare('three')] }
  const rounds = [batch, shownAt(batch, 500)]
  rounds.push(withCopy(rounds.at(-1) ?? batch, COPY))
  rounds.push(nextCopy(rounds.at(-1) ?? batch))
  expect(rounds.map(({ sdJwt }) => sdJwt)).toEqual(['one', 'two', 'three', 'one'])
  expect(rounds.at(-1)?.spares).toEqual(batch.spares)
  expect(nextCopy(LICENCE)).toBe(LICENCE)
})

test('copies that were replaced are not kept', () => {
  const spares = [{ sdCwt: new Uint8Array([2]), sdJwt: 'two', keys: sampleHolderKeys }]
  expect(renewed({ ...LICENCE, spares }, LICENCE)).not.toHaveProperty('spares')
})
