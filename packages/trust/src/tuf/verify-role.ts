/** Whether enough keys of a role signed a file (TUF §4.2, §4.3 THRESHOLD, §6.1). */
import {
  Fault,
  fault,
  fromHex,
  type PublicKey,
  parseEcdsaDer,
  samePublicKey,
  verifySignature,
} from '@onetrip/codec'
import type { Envelope } from './envelope.ts'
import type { TufKey, TufRole } from './metadata.ts'

const HALF_BYTES = 32

/** A role beside the keys that the same metadata lists. */
export interface RoleKeys {
  readonly role: TufRole
  readonly keys: ReadonlyMap<string, TufKey>
}

/**
 * Throws `trust/threshold` unless a threshold of different keys of the role signed the file: a key counts once,
 * whatever identifiers it is listed under (case TR03). Two signatures of one identifier refuse the file, as §4.2
 * forbids them; a signature that is empty, malformed, wrong or of a stranger counts for nothing.
 */
export async function verifyRole(envelope: Envelope, { role, keys }: RoleKeys): Promise<void> {
  const byKeyid = new Map(envelope.signatures.map(({ keyid, sig }) => [keyid, sig]))
  if (byKeyid.size !== envelope.signatures.length) throw fault('trust/threshold')
  const counted: PublicKey[] = []
  for (const keyid of role.keyids) {
    if (counted.length >= role.threshold) return
    const sig = byKeyid.get(keyid)
    const key = sig === undefined ? undefined : keys.get(keyid)?.publicKey()
    if (sig === undefined || sig === '' || key === undefined) continue
    if (counted.some((other) => samePublicKey(other, key))) continue
    if (await isSignedBy(key, sig, envelope.signedBytes)) counted.push(key)
  }
  if (counted.length < role.threshold) throw fault('trust/threshold')
}

/** Whether a signature, as it stands in a file, is this key's; what is malformed is nobody's. */
export async function isSignedBy(key: PublicKey, sig: string, data: Uint8Array): Promise<boolean> {
  try {
    const bytes = fromHex(sig)
    const signature = key.algorithm === 'ES256' ? parseEcdsaDer(bytes, HALF_BYTES) : bytes
    return await verifySignature({ key, signature, data })
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}
