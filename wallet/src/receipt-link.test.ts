import { describe, expect, test } from 'vitest'
import { receiptInLink } from './receipt-link.ts'

const WALLET = 'http://localhost:8788'
/** Base45 has spaces, percent signs and plus signs. */
const TEXT = 'OT1:A +%$/:*-.'

describe('a link with a receipt', () => {
  test('gives the text of its code', () => {
    const link = `${WALLET}/#${new URLSearchParams({ receipt: TEXT })}`
    expect(receiptInLink(link, WALLET)).toBe(TEXT)
    const frames = `${TEXT}\n${TEXT}`
    expect(receiptInLink(`${WALLET}/#receipt=${encodeURIComponent(frames)}`, WALLET)).toBe(frames)
  })

  test.each([
    `${WALLET}.evil.example/#receipt=OT1:`,
    `${WALLET}/#/receipt`,
    `${WALLET}/#client_id=receipt=`,
    `${WALLET}/?receipt=OT1:`,
    `${WALLET}/#receipt=${'A'.repeat(262_144)}`,
  ])('is no other address', (address) => {
    expect(receiptInLink(address, WALLET)).toBeUndefined()
  })
})
