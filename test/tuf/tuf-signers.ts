/** Keys for repositories that tests build: made from names, so that every run has the same ones. */
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { type Signer, sha256, signerFromPrivateJwk, toBase64url, utf8Encode } from '@onetrip/codec'

const made = new Map<string, Signer>()

/** The Ed25519 signer of a name. */
export function edSigner(name: string): Signer {
  return remembered(`ed ${name}`, (seed) => ({
    kty: 'OKP',
    crv: 'Ed25519',
    x: toBase64url(ed25519.getPublicKey(seed)),
    d: toBase64url(seed),
  }))
}

/** The P-256 signer of a name. */
export function ecSigner(name: string): Signer {
  return remembered(`ec ${name}`, (seed) => {
    const point = p256.getPublicKey(seed, false)
    const x = toBase64url(point.subarray(1, 33))
    const y = toBase64url(point.subarray(33))
    return { kty: 'EC', crv: 'P-256', x, y, d: toBase64url(seed) }
  })
}

function remembered(
  name: string,
  jwkOf: (seed: Uint8Array) => Readonly<Record<string, string>>,
): Signer {
  const known = made.get(name)
  if (known !== undefined) return known
  const signer = signerFromPrivateJwk(jwkOf(sha256(utf8Encode(`onetrip tuf test ${name}`))))
  made.set(name, signer)
  return signer
}
