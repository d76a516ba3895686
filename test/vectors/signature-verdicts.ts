/**
 * The verdict of one engine on signature vectors, the same function in Node and in a browser: the
 * key is loaded, then the signature verified, and the answer is `valid` or our code.
 */
import type { Algorithm } from '../../packages/codec/src/algorithms.ts'
import { fromHex } from '../../packages/codec/src/bytes.ts'
import { type Engine, verifyWith } from '../../packages/codec/src/engine.ts'
import { type ErrorCode, Fault } from '../../packages/codec/src/errors.ts'
import { publicKeyFromRaw } from '../../packages/codec/src/keys.ts'

/** One signature; key, data and signature in hexadecimal. */
export interface SignatureVector {
  readonly id: string
  readonly algorithm: Algorithm
  readonly key: string
  readonly data: string
  readonly signature: string
}

/** `valid`, or why not. */
export type SignatureVerdict = 'valid' | ErrorCode

/** The verdicts of an engine, in the order of the vectors. */
export async function signatureVerdicts(
  engine: Engine,
  vectors: readonly SignatureVector[],
): Promise<readonly SignatureVerdict[]> {
  const verdicts: SignatureVerdict[] = []
  for (const vector of vectors) verdicts.push(await signatureVerdict(engine, vector))
  return verdicts
}

async function signatureVerdict(
  engine: Engine,
  vector: SignatureVector,
): Promise<SignatureVerdict> {
  try {
    const key = publicKeyFromRaw(vector.algorithm, fromHex(vector.key))
    const signature = fromHex(vector.signature)
    const isValid = await verifyWith(engine, { key, signature, data: fromHex(vector.data) })
    return isValid ? 'valid' : 'signature/invalid'
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}
