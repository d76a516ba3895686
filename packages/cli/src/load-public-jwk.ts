/** A public key from a JWK file. */
import { Fault, isObject, type PublicKey, parseJson, publicKeyFromJwk } from '@onetrip/codec'
import { printable } from './printable.ts'
import { readLimited } from './read-limited.ts'
import { UsageError } from './usage.ts'

const MAX_JWK_BYTES = 4096

/** Reads the file; throws `UsageError` for anything but a public JWK of at most 4,096 bytes. */
export async function loadPublicJwk(file: string): Promise<PublicKey> {
  const bytes = await readLimited(file, MAX_JWK_BYTES + 1)
  try {
    const jwk = parseJson(bytes, { maxBytes: MAX_JWK_BYTES })
    if (isObject(jwk)) return publicKeyFromJwk(jwk)
  } catch (error) {
    if (!(error instanceof Fault)) throw error
  }
  throw new UsageError(`${printable(file)} is not a public JWK`)
}
