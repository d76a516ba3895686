/** A witness's name and key as the command line gives them. */
import type { PublicKey } from '@onetrip/codec'
import { isKeyName, type VerifierKey, verifierKey } from '@onetrip/log'
import { UsageError } from '../usage.ts'

/** Throws `UsageError` for a name that no note can bear. */
export function assertName(name: string): void {
  if (!isKeyName(name)) throw new UsageError('--name wants a name like that of a host')
}

/** The key by which cosignatures are verified. Throws `UsageError` for one that makes none. */
export function witnessKey(name: string, key: PublicKey): VerifierKey {
  assertName(name)
  if (key.algorithm !== 'Ed25519') throw new UsageError('a witness has an Ed25519 key')
  return verifierKey(name, 'cosignature', key)
}
