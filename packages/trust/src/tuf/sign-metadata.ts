/** Signing metadata: by all keys at once, or one after another as people come to it (TUF §4.2, §6.1). */
import {
  ALGORITHMS,
  encodeEcdsaDer,
  encodeJson,
  fault,
  type JsonObject,
  type Signer,
  toHex,
  utf8Encode,
} from '@onetrip/codec'
import { canonicalJson } from './canonical-json.ts'
import type { TufDraft } from './draft-metadata.ts'
import { parseEnvelope, type TufSignature } from './envelope.ts'
import { MAX_TARGETS_BYTES } from './limits.ts'
import { tufKeyOf } from './tuf-key.ts'

/**
 * A file of metadata: the draft with a signature of each signer. Whether they are enough is for the role's threshold; a
 * file may wait for more. Throws `algorithm/not-allowed` for a key that TUF has no name for.
 */
export async function signTuf(draft: TufDraft, signers: readonly Signer[]): Promise<Uint8Array> {
  const data = canonicalJson(draft)
  const signatures = await Promise.all(signers.map((signer) => signatureOf(signer, data)))
  return fileOf(draft, signatures)
}

/**
 * Adds a signature to a file; the one its key made before, or an empty one that waits for it, is replaced. The signed
 * part stays as it is. Throws as the parser when it is not signed metadata.
 */
export async function addSignature(bytes: Uint8Array, signer: Signer): Promise<Uint8Array> {
  const { signed, signatures, signedBytes } = parseEnvelope(bytes, MAX_TARGETS_BYTES)
  const added = await signatureOf(signer, signedBytes)
  const others = signatures.filter(({ keyid }) => keyid !== added.keyid)
  return fileOf(signed, [...others, added])
}

async function signatureOf(signer: Signer, data: Uint8Array): Promise<TufSignature> {
  const { keyid } = tufKeyOf(signer.publicKey)
  const signature = await signer.sign(data)
  const { algorithm } = signer.publicKey
  if (signature.length !== ALGORITHMS[algorithm].signatureBytes) throw fault('signature/format')
  return { keyid, sig: toHex(algorithm === 'ES256' ? encodeEcdsaDer(signature) : signature) }
}

/** Plain JSON: the canonical form is not always JSON, as it leaves the line feeds of a PEM key unescaped. */
function fileOf(signed: JsonObject, signatures: readonly TufSignature[]): Uint8Array {
  const list = signatures.map(({ keyid, sig }) => ({ keyid, sig }))
  return utf8Encode(encodeJson({ signatures: list, signed }))
}
