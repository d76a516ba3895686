/**
 * Codes of an offer. They derive from the offer's id under a key of the key store, so that the
 * database holds no secret a reader could redeem (OpenID4VCI 1.0 §3.5, §4.1.1).
 */
import { createHmac } from 'node:crypto'
import type { KeyStore } from '../keys/key-store.ts'

/** Digits of a transaction code. */
export const TX_CODE_DIGITS = 6

/** The pre-authorized code of an offer: 43 base64url characters, 256 bits. */
export function preAuthorizedCode(keys: KeyStore, offerId: string): string {
  return keyed(keys, 'offer-code', offerId).toString('base64url')
}

/** The transaction code of an offer: {@link TX_CODE_DIGITS} decimal digits, told apart from the link. */
export function transactionCode(keys: KeyStore, offerId: string): string {
  // 48 bits modulo 10^6: the bias is below 2^-28.
  const drawn = keyed(keys, 'offer-tx-code', offerId).readUIntBE(0, 6)
  return String(drawn % 10 ** TX_CODE_DIGITS).padStart(TX_CODE_DIGITS, '0')
}

function keyed(keys: KeyStore, purpose: string, offerId: string): Buffer {
  return createHmac('sha256', keys.secret(purpose)).update(offerId, 'utf8').digest()
}
