/**
 * Files of offline roles on their way from hand to hand, for those who sign them: what they say, and whose signatures are
 * good so far. Nothing read here is trusted; clients open files with the functions that verify.
 */
import { fault, sha256, toHex } from '@onetrip/codec'
import { parseEnvelope } from './envelope.ts'
import { MAX_TARGETS_BYTES } from './limits.ts'
import type { TufRoot, TufTargets } from './metadata.ts'
import { parseRoot } from './parse-root.ts'
import { parseTargets } from './parse-targets.ts'
import { isSignedBy, type RoleKeys } from './verify-role.ts'

/** What a file says, and the SHA-256 (hexadecimal) of what its signatures cover: the same before and after each of them. */
export type DraftFile = { readonly bytes: Uint8Array; readonly fingerprint: string } & (
  | { readonly role: 'root'; readonly signed: TufRoot }
  | { readonly role: 'targets'; readonly signed: TufTargets }
)

/** Reads a root or targets file, signed or not. Throws as their parsers; `trust/format` for any other role. */
export function readDraft(bytes: Uint8Array): DraftFile {
  const { signed, signedBytes } = parseEnvelope(bytes, MAX_TARGETS_BYTES)
  const fingerprint = toHex(sha256(signedBytes))
  if (signed['_type'] === 'root') {
    return { bytes, fingerprint, role: 'root', signed: parseRoot(signed) }
  }
  if (signed['_type'] === 'targets') {
    return { bytes, fingerprint, role: 'targets', signed: parseTargets(signed) }
  }
  throw fault('trust/format')
}

/** The identifiers of the role's keys whose signature on the file is good. Throws as the parser. */
export async function goodSignatures(
  bytes: Uint8Array,
  { role, keys }: RoleKeys,
): Promise<readonly string[]> {
  const { signatures, signedBytes } = parseEnvelope(bytes, MAX_TARGETS_BYTES)
  const checked = await Promise.all(
    role.keyids.map(async (keyid) => {
      const key = keys.get(keyid)?.publicKey()
      const sig = signatures.find((one) => one.keyid === keyid)?.sig
      if (key === undefined || sig === undefined || sig === '') return []
      return (await isSignedBy(key, sig, signedBytes)) ? [keyid] : []
    }),
  )
  return checked.flat()
}
