/**
 * Asking a time-stamper for a token over an impression: what is sent (RFC 3161 §2.4.1) and what comes back (§2.4.2), of which
 * nothing is believed before the token is verified as every other.
 */
import {
  DER_TAG,
  type DerNode,
  decodeDer,
  derBoolean,
  derChildren,
  derContent,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derParts,
  derSequence,
  equalBytes,
  fault,
  type Random,
} from '@onetrip/codec'
import type { TimeStamper } from '@onetrip/trust'
import { randomSerial } from '../x509/certificate.ts'
import { OID } from '../x509/oids.ts'
import { openToken, type TimeStamp } from './verify-timestamp.ts'

/** Media types of the query and of its answer (RFC 3161 §3.4). */
export const TIME_STAMP_MEDIA_TYPE = {
  query: 'application/timestamp-query',
  answer: 'application/timestamp-reply',
} as const

/** Largest answer in bytes. */
export const MAX_TIME_STAMP_ANSWER_BYTES = 65_536

/** PKIStatus: granted, and granted with changes. */
const GRANTED: readonly number[] = [0, 1]
const VERSION_1 = 1
const DIGEST_BYTES = 32

/** A query, and what its answer has to be about. */
export interface TimeStampQuery {
  /** DER of a TimeStampReq, as it is sent. */
  readonly bytes: Uint8Array
  /** SHA-256 of what is to be stamped. */
  readonly digest: Uint8Array
  /** 16 bytes, a positive integer without leading zeros. */
  readonly nonce: Uint8Array
}

/** A token that counts. */
export interface GrantedTimeStamp {
  /** As it came, byte for byte. */
  readonly token: Uint8Array
  readonly stamp: TimeStamp
}

/** Asks for a token over a SHA-256, with the certificate in it. `TypeError` for another digest. */
export function buildTimeStampQuery(digest: Uint8Array, random: Random): TimeStampQuery {
  if (digest.length !== DIGEST_BYTES) throw new TypeError('not a SHA-256 digest')
  const nonce = randomSerial(random)
  const imprint = derSequence(derSequence(derOid(OID.sha256), derNull()), derOctets(digest))
  const bytes = derSequence(derInteger(VERSION_1), imprint, derInteger(nonce), derBoolean(true))
  return { bytes, digest, nonce }
}

/**
 * Opens what a time-stamper answered. Throws `timestamp/refused` (it gives no token), `timestamp/format` (no answer, or
 * too large), `timestamp/nonce` (a token for another query), and what {@link verifyTimestamp} throws.
 */
export async function openTimeStampAnswer(
  answer: Uint8Array,
  asked: { readonly query: TimeStampQuery; readonly timeStampers: readonly TimeStamper[] },
): Promise<GrantedTimeStamp> {
  const { digest, nonce: expected } = asked.query
  const token = grantedToken(answer)
  const { timeStampers } = asked
  const { time, by, nonce } = await openToken(token, { digest, timeStampers })
  if (nonce === undefined || !equalBytes(nonce, expected)) throw fault('timestamp/nonce')
  return { token, stamp: { time, by } }
}

function grantedToken(answer: Uint8Array): Uint8Array {
  if (answer.length > MAX_TIME_STAMP_ANSWER_BYTES) throw fault('timestamp/format')
  const { status, token } = partsOf(answer)
  if (!GRANTED.includes(status)) throw fault('timestamp/refused')
  if (token === undefined) throw fault('timestamp/format')
  return token
}

/** What is not DER all the way down is not an answer either; the token is left to its own reader. */
function partsOf(answer: Uint8Array): {
  readonly status: number
  readonly token: Uint8Array | undefined
} {
  try {
    const [info = new Uint8Array(), token, ...others] = derParts(answer)
    if (others.length > 0) throw fault('timestamp/format')
    const [status, ...details] = derChildren(decodeDer(info), DER_TAG.sequence)
    const [value = 0xff, ...rest] = derContent(status, DER_TAG.integer)
    if (rest.length > 0 || !areDetails(details)) throw fault('timestamp/format')
    return { status: value, token }
  } catch {
    throw fault('timestamp/format')
  }
}

/** Texts for people, then which of the query's parts were at fault; both may be left out. */
function areDetails(details: readonly DerNode[]): boolean {
  const tags = details.map(({ tag }) => tag)
  const [first] = tags
  const isOne = first === DER_TAG.sequence || first === DER_TAG.bitString
  if (tags.length < 2) return first === undefined || isOne
  return tags.length === 2 && first === DER_TAG.sequence && tags[1] === DER_TAG.bitString
}
