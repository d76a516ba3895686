/** Signers whose signatures are the same every time: Ed25519, and ES256 after RFC 6979. */
import { p256 } from '@noble/curves/nist.js'
import {
  fromBase64url,
  type JsonObject,
  publicKeyFromJwk,
  type Signer,
  sha256,
  signerFromPrivateJwk,
  utf8Encode,
} from '@onetrip/codec'
import type { TestKey } from '@onetrip/fixtures'

/** A signer over a published test key. */
export function testSigner(key: TestKey): Signer {
  const { d, ...publicJwk } = key
  if (key.crv === 'Ed25519') return signerFromPrivateJwk({ ...key })
  const secret = fromBase64url(d)
  return {
    publicKey: publicKeyFromJwk(publicJwk as JsonObject),
    sign: async (data) => p256.sign(data, secret, { lowS: false }),
  }
}

/** 16 bytes that look random and are the same every time. */
export function fixedSalt(label: string): Uint8Array {
  return sha256(utf8Encode(`onetrip vector salt ${label}`)).slice(0, 16)
}
