/**
 * What a passphrase and a salt come to (scrypt, RFC 7914). A process that opens the same keys again asks the passphrase, not the function:
 * what it remembers, the opened keys hold anyway for as long as it runs.
 */
import { hkdfSync, scryptSync } from 'node:crypto'

const KEY_BYTES = 32
/** What a guess at a passphrase costs: 32 MiB. */
const SCRYPT: Readonly<Record<'N' | 'r' | 'p' | 'maxmem', number>> = {
  N: 2 ** 15,
  r: 8,
  p: 1,
  maxmem: 64 * 1024 * 1024,
}
const MAX_REMEMBERED = 32

/** 32 random bytes as base64url. Nobody guesses them: stretching them would cost every start, and protect nothing. */
export interface RandomPassphrase {
  readonly random: string
}

/** One that somebody chose, or a random one. */
export type Passphrase = string | RandomPassphrase

interface Derived {
  readonly passphrase: string
  readonly key: Uint8Array
}

/** By salt, the oldest first. */
const remembered = new Map<string, Derived>()

/** The 32-byte key of a passphrase under a salt of its own. */
export function deriveKey(passphrase: string, salt: Uint8Array): Uint8Array {
  const place = Buffer.from(salt).toString('base64url')
  const known = remembered.get(place)
  if (known?.passphrase === passphrase) return known.key
  const key = new Uint8Array(scryptSync(passphrase, salt, KEY_BYTES, SCRYPT))
  remembered.set(place, { passphrase, key })
  const [oldest] = remembered.keys()
  if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest)
  return key
}

/** The 32-byte key of a random passphrase under a salt of its own (HKDF-SHA-256, RFC 5869). */
export function expandKey({ random }: RandomPassphrase, salt: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', random, salt, 'onetrip/keyring', KEY_BYTES))
}
