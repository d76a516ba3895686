import { expect, test } from 'vitest'
import { lockOfferState } from './lock-offer.ts'

const NOW = 1_800_000_000
const DAY = 86_400

test('nothing is offered to an empty wallet', () => {
  expect(lockOfferState({}, { receivedAt: [], now: NOW })).toBe('none')
})

test('the first licence brings the offer', () => {
  expect(lockOfferState({}, { receivedAt: [NOW - 5], now: NOW })).toBe('first')
})

test('put off, it comes again once: a day later, or with the next licence', () => {
  const offer = { postponedAt: NOW }
  const held = [NOW - 5]
  expect(lockOfferState(offer, { receivedAt: held, now: NOW + DAY - 1 })).toBe('none')
  expect(lockOfferState(offer, { receivedAt: held, now: NOW + DAY })).toBe('again')
  expect(lockOfferState(offer, { receivedAt: [...held, NOW + 60], now: NOW + 60 })).toBe('again')
})

test('what was declined is not offered again', () => {
  const offer = { postponedAt: NOW, declined: true }
  expect(lockOfferState(offer, { receivedAt: [NOW], now: NOW + 9 * DAY })).toBe('none')
})
