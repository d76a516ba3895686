/**
 * The exit code of kiosk mode: kept as a salted hash (PBKDF2-SHA-256, RFC 8018 §5.2), with waits that
 * grow with each wrong try. It keeps visitors in, not somebody who may use the browser's tools.
 */

import { equalBytes, fromBase64url, toBase64url, utf8Encode } from '@onetrip/codec'

/** A code as it is kept. */
export interface CodeHash {
  /** base64url, 16 bytes. */
  readonly salt: string
  readonly rounds: number
  /** base64url, 32 bytes. */
  readonly hash: string
}

/** OWASP's figure for PBKDF2-SHA-256, 2023; about 0.2 s on a counter's device. */
export const CODE_ROUNDS = 600_000
/** The most rounds that a kept hash is believed to have. */
const MAX_ROUNDS = 10_000_000
const CODE = /^\d{4,12}$/
/** Seconds to wait after so many wrong tries in a row; the last one holds from there on. */
const WAITS: readonly number[] = [0, 0, 0, 5, 15, 60, 300]

/** True for 4 to 12 digits. */
export function isExitCode(text: string): boolean {
  return CODE.test(text)
}

/** Hashes a code; `salt` is 16 fresh random bytes. */
export async function hashExitCode(options: {
  readonly code: string
  readonly salt: Uint8Array
  readonly rounds?: number
}): Promise<CodeHash> {
  const { code, salt, rounds = CODE_ROUNDS } = options
  const hash = await derive({ code, salt, rounds })
  return { salt: toBase64url(salt), rounds, hash: toBase64url(hash) }
}

/** True when the code is the one that was hashed. */
export async function matchesExitCode(code: string, kept: CodeHash): Promise<boolean> {
  const { rounds } = kept
  const hash = await derive({ code, salt: fromBase64url(kept.salt), rounds })
  return equalBytes(hash, fromBase64url(kept.hash))
}

/** Seconds to wait after `failures` wrong tries in a row. */
export function waitAfter(failures: number): number {
  return WAITS[Math.min(failures, WAITS.length - 1)] ?? 0
}

/** Kept data to a hash; undefined when they are none. */
export function parseCodeHash(kept: unknown): CodeHash | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined
  const { salt, rounds, hash }: Partial<Record<keyof CodeHash, unknown>> = kept
  if (typeof salt !== 'string' || typeof hash !== 'string') return undefined
  if (typeof rounds !== 'number' || !Number.isSafeInteger(rounds)) return undefined
  return rounds > 0 && rounds <= MAX_ROUNDS ? { salt, rounds, hash } : undefined
}

async function derive(options: {
  readonly code: string
  readonly salt: Uint8Array
  readonly rounds: number
}): Promise<Uint8Array> {
  const { code, salt, rounds } = options
  const key = await crypto.subtle.importKey(
    'raw',
    Uint8Array.from(utf8Encode(code)),
    'PBKDF2',
    false,
    ['deriveBits'],
  )
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: Uint8Array.from(salt), iterations: rounds },
    key,
    256,
  )
  return new Uint8Array(bits)
}
