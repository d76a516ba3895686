/**
 * The recovery code of a backup: 128 random bits and 12 check bits (the first of their SHA-256) as 28 characters of
 * Crockford's base 32, in groups of four: `7Q2M-…`. What is written by hand is read kindly: either case, O for 0, I and
 * L for 1, any spaces or hyphens.
 */
import { fault, fromHex, type Random, sha256, toHex } from '@onetrip/codec'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SECRET_BYTES = 16
const CHECK_BITS = 12n
const BITS_PER_CHARACTER = 5n
const GROUP_CHARACTERS = 4
const CHARACTERS = 28
const SEPARATORS = /[\s\-‐-―－]/g

/** How many groups a code has. */
export const CODE_GROUPS = 7

/** Makes a code, as its groups. */
export function newRecoveryCode(random: Random): readonly string[] {
  const secret = random(SECRET_BYTES)
  let rest = (BigInt(`0x${toHex(secret)}`) << CHECK_BITS) | checkOf(secret)
  let text = ''
  for (let at = 0; at < CHARACTERS; at += 1) {
    text = ALPHABET.charAt(Number(rest & 31n)) + text
    rest >>= BITS_PER_CHARACTER
  }
  return Array.from({ length: CODE_GROUPS }, (_, group) =>
    text.slice(group * GROUP_CHARACTERS, (group + 1) * GROUP_CHARACTERS),
  )
}

/** The 16 secret bytes of a code as somebody typed it; `backup/passphrase` when it is none. */
export function parseRecoveryCode(typed: string): Uint8Array {
  const text = asWritten(typed)
  const values = [...text].map((character) => ALPHABET.indexOf(character))
  if (values.length !== CHARACTERS || values.includes(-1)) {
    throw fault('backup/passphrase')
  }
  const bits = values.reduce((sum, value) => (sum << BITS_PER_CHARACTER) | BigInt(value), 0n)
  const secret = fromHex((bits >> CHECK_BITS).toString(16).padStart(2 * SECRET_BYTES, '0'))
  if ((bits & ((1n << CHECK_BITS) - 1n)) !== checkOf(secret)) {
    throw fault('backup/passphrase')
  }
  return secret
}

/** Whether what somebody typed is a whole code, without a slip of the pen. */
export function isRecoveryCode(typed: string): boolean {
  try {
    return parseRecoveryCode(typed).length === SECRET_BYTES
  } catch {
    return false
  }
}

/** Whether somebody typed this group of a code. */
export function isGroup(typed: string, group: string): boolean {
  return asWritten(typed) === group
}

function asWritten(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(SEPARATORS, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
}

function checkOf(secret: Uint8Array): bigint {
  return BigInt(`0x${toHex(sha256(secret)).slice(0, 3)}`)
}
