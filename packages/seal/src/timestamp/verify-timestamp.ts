/**
 * Verifies an RFC 3161 time-stamp over an impression. What is stamped is the SHA-256 of the impression's COSE_Sign1, byte for
 * byte as it stands in the `.seal` file: its `digest`.
 */
import { equalBytes, fault } from '@onetrip/codec'
import type { TimeStamper } from '@onetrip/trust'
import { MAX_TIMESTAMP_BYTES } from '../seal-file.ts'
import type { ReadToken, StamperCertificate } from './read-token.ts'

/** How far off a time may be, by the token's own words. */
export const MAX_ACCURACY_SECONDS = 60

/** A time that is proven. */
export interface TimeStamp {
  /** Unix seconds. */
  readonly time: number
  readonly by: Pick<TimeStamper, 'id' | 'name'>
}

/** What a token is held against. */
export interface TimeStampExpectation {
  /** SHA-256 of the impression's COSE_Sign1. */
  readonly digest: Uint8Array
  readonly timeStampers: readonly TimeStamper[]
}

/**
 * Verifies a token. Throws `timestamp/format` (too large, not a token, none of SHA-256, signed by an algorithm that is not known
 * here), `timestamp/signer-unknown` (no path of at most two certificates below one of the trust list), `timestamp/signature`,
 * `timestamp/key-usage`, `timestamp/imprint`, `timestamp/expired` (a certificate, or the time-stamper itself, did not count at
 * that time), `timestamp/accuracy`.
 */
export async function verifyTimestamp(
  bytes: Uint8Array,
  expectation: TimeStampExpectation,
): Promise<TimeStamp> {
  const { time, by } = await openToken(bytes, expectation)
  return { time, by }
}

/** As {@link verifyTimestamp}, with the nonce that the token answers. */
export async function openToken(
  bytes: Uint8Array,
  { digest, timeStampers }: TimeStampExpectation,
): Promise<TimeStamp & Pick<ReadToken, 'nonce'>> {
  const token = await tokenIn(bytes)
  const { by, path } = await findPath(token, timeStampers)
  if (!(await token.isSigned())) throw fault('timestamp/signature')
  if (!token.signer.isForTimeStamps) throw fault('timestamp/key-usage')
  if (!equalBytes(token.imprint, digest)) throw fault('timestamp/imprint')
  const { time, accuracySeconds, nonce } = token
  const lives = path.map(({ notBefore, notAfter }) => ({ from: notBefore, to: notAfter }))
  for (const { from = 0, to = Infinity } of [...lives, by]) {
    if (time < from || time > to) throw fault('timestamp/expired')
  }
  if (accuracySeconds > MAX_ACCURACY_SECONDS) throw fault('timestamp/accuracy')
  return { time, by: { id: by.id, name: by.name }, ...(nonce === undefined ? {} : { nonce }) }
}

/** What a token says, which nothing verifies. */
export interface StatedTimeStamp
  extends Pick<ReadToken, 'imprint' | 'time' | 'accuracySeconds' | 'policy'> {
  /** The certificate that it names as its signer's. */
  readonly signer: Pick<StamperCertificate, 'subject' | 'bytes' | 'notBefore' | 'notAfter'>
}

/** Reads a token without verifying it. Throws `timestamp/format`. */
export async function readTimestamp(bytes: Uint8Array): Promise<StatedTimeStamp> {
  return tokenIn(bytes)
}

/** Whether a certificate can stand in the trust list: tokens under one that cannot be read count for nothing. */
export async function isStamperCertificate(bytes: Uint8Array): Promise<boolean> {
  const { readStamperCertificate } = await import('./read-token.ts')
  return readStamperCertificate(bytes) !== undefined
}

async function tokenIn(bytes: Uint8Array): Promise<ReadToken> {
  if (bytes.length > MAX_TIMESTAMP_BYTES) throw fault('timestamp/format')
  // Few files bear a time-stamp: the library for them is loaded when one does.
  const { readToken } = await import('./read-token.ts')
  return readToken(bytes)
}

interface Path {
  readonly by: TimeStamper
  /** From the signer's certificate to the one of the trust list. */
  readonly path: readonly StamperCertificate[]
}

async function findPath(token: ReadToken, timeStampers: readonly TimeStamper[]): Promise<Path> {
  const { readStamperCertificate } = await import('./read-token.ts')
  for (const by of timeStampers) {
    for (const bytes of by.certificates) {
      const anchor = readStamperCertificate(bytes)
      const path = anchor === undefined ? undefined : await pathTo(anchor, token)
      if (path !== undefined) return { by, path }
    }
  }
  throw fault('timestamp/signer-unknown')
}

async function pathTo(
  anchor: StamperCertificate,
  { signer, certificates }: ReadToken,
): Promise<readonly StamperCertificate[] | undefined> {
  if (equalBytes(anchor.bytes, signer.bytes)) return [anchor]
  if (!anchor.isCa) return undefined
  if (await signer.isIssuedBy(anchor)) return [signer, anchor]
  for (const between of certificates) {
    const isBetween = between.isCa && (await between.isIssuedBy(anchor))
    if (isBetween && (await signer.isIssuedBy(between))) return [signer, between, anchor]
  }
  return undefined
}
