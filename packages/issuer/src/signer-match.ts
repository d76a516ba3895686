/** Holds a signer against the header it is about to sign: a draft may have waited for a restart. */
import {
  algorithmFromCose,
  algorithmFromJose,
  decodeCbor,
  equalBytes,
  fault,
  fromBase64url,
  isBytes,
  isMap,
  isObject,
  parseJson,
  type Signer,
  toBase64url,
} from '@onetrip/codec'

const HEADER = { alg: 1, kid: 4 } as const

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

/** Refuses a signer whose key is not the one a JWS header names. Throws issuer/key-mismatch. */
export function assertSignsJwt(signingInput: string, { publicKey }: Signer): void {
  const header = parseJson(fromBase64url(signingInput.slice(0, signingInput.indexOf('.'))))
  if (!isObject(header)) throw fault('jws/format')
  const isSame =
    algorithmFromJose(header['alg']) === publicKey.algorithm &&
    header['kid'] === toBase64url(publicKey.kid)
  if (!isSame) throw fault('issuer/key-mismatch')
}
