/** Holds a signer against the header it is about to sign: a draft may have waited for a restart. */
import {
  algorithmFromCose,
  decodeCbor,
  equalBytes,
  fault,
  isBytes,
  isMap,
  jwsSigningInput,
  type Signer,
  toBase64url,
} from '@onetrip/codec'
import { JOSE_TYP } from '@onetrip/credential'

const HEADER = { alg: 1, kid: 4 } as const
const NO_PAYLOAD: Uint8Array = new Uint8Array(0)

/** Refuses a signer whose key is not the one a COSE protected header names. Throws issuer/key-mismatch. */
export function assertSignsCwt(protectedBytes: Uint8Array, { publicKey }: Signer): void {
  const header = decodeCbor(protectedBytes)
  if (!isMap(header)) throw fault('cose/wrong-type')
  const kid = header.get(HEADER.kid)
  const isSame =
    algorithmFromCose(header.get(HEADER.alg)) === publicKey.algorithm &&
    isBytes(kid) &&
    equalBytes(kid, publicKey.kid)
  if (!isSame) throw fault('issuer/key-mismatch')
}

/** Refuses a signer whose key is not the one the header of an SD-JWT VC names. Throws issuer/key-mismatch. */
export function assertSignsJwt(signingInput: string, { publicKey }: Signer): void {
  // The header as it is drafted for this key: what we write has one form.
  const header = { typ: JOSE_TYP.sdJwt, kid: toBase64url(publicKey.kid) }
  const due = jwsSigningInput({ header, payload: NO_PAYLOAD, algorithm: publicKey.algorithm })
  if (!signingInput.startsWith(due)) throw fault('issuer/key-mismatch')
}
