/** What an engine for signatures is, and the checks that stand before every one of them. */
import { ALGORITHMS, type Algorithm } from './algorithms.ts'
import { fault } from './errors.ts'
import type { PublicKey } from './keys.ts'

/** Which code does the curve arithmetic. */
export type EngineName = 'node' | 'webcrypto' | 'noble'

/** A signature to check. */
export interface SignatureInput {
  readonly key: PublicKey
  /** Ed25519: R ‖ S; ECDSA: r ‖ s. */
  readonly signature: Uint8Array
  /** The bytes that were signed, before any hash. */
  readonly data: Uint8Array
}

/** One implementation of verifying; it is called with signatures in their canonical form only. */
export interface Engine {
  readonly name: EngineName
  readonly verify: (input: SignatureInput) => Promise<boolean>
}

/** The engine that a platform decided on for an algorithm. */
export type EngineChoice = (algorithm: Algorithm) => Promise<Engine>

/**
 * Says whether the signature, of the right length, is in its only accepted form.
 * Throws `signature/format` on any other length; some engines throw there, some say false.
 */
export function isCanonicalSignature(algorithm: Algorithm, signature: Uint8Array): boolean {
  const { signatureBytes, isCanonicalSignature } = ALGORITHMS[algorithm]
  if (signature.length !== signatureBytes) throw fault('signature/format')
  return isCanonicalSignature(signature)
}

/** Verifies with one engine. Throws `signature/format` on a signature of the wrong length. */
export async function verifyWith(engine: Engine, input: SignatureInput): Promise<boolean> {
  if (!isCanonicalSignature(input.key.algorithm, input.signature)) return false
  return engine.verify(input)
}
