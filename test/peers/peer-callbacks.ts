/** What @openid4vc's libraries are given to work with: node:crypto, keys by their public half, and a clock that is set by hand. */
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import type { CallbackContext, Jwk, JwtSigner, JwtSignerJwk } from '@openid4vc/oauth2'

/** A P-256 key in the libraries' form. */
export type PeerSigner = JwtSignerJwk & { readonly publicJwk: Jwk }

/** Signs and verifies for the peers; everything is dated `now` (Unix seconds). */
export interface PeerKeys {
  readonly newSigner: () => PeerSigner
  readonly callbacks: Omit<
    CallbackContext,
    'clientAuthentication' | 'decryptJwe' | 'encryptJwe' | 'fetch'
  >
}

/** Makes keys for one peer. */
export function peerKeys(now: number): PeerKeys {
  const privateKeys = new Map<string, KeyObject>()
  return {
    newSigner: () => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const publicJwk = jwkOf(publicKey)
      privateKeys.set(String(publicJwk['x']), privateKey)
      return { method: 'jwk', alg: 'ES256', publicJwk }
    },
    callbacks: {
      hash: (data, algorithm) =>
        new Uint8Array(createHash(algorithm.replace('-', '')).update(data).digest()),
      generateRandom: (length) => new Uint8Array(randomBytes(length)),
      signJwt: (signer, { header, payload }) => {
        const { publicJwk } = asJwkSigner(signer)
        const privateKey = privateKeys.get(String(publicJwk['x']))
        if (privateKey === undefined) throw new TypeError('peer: not our key')
        const input = `${part(header)}.${part({ ...payload, iat: now })}`
        const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const
        const signature = sign('sha256', Buffer.from(input), key).toString('base64url')
        return { jwt: `${input}.${signature}`, signerJwk: publicJwk }
      },
      verifyJwt: (signer, { compact }) => {
        const { publicJwk } = asJwkSigner(signer)
        const end = compact.lastIndexOf('.')
        const jwk = plainJwk(publicJwk)
        const key = createPublicKey({ key: jwk, format: 'jwk' })
        const signature = Buffer.from(compact.slice(end + 1), 'base64url')
        const data = Buffer.from(compact.slice(0, end))
        const isEd25519 = publicJwk.kty === 'OKP'
        const isGood = isEd25519
          ? verify(null, data, key, signature)
          : verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature)
        return isGood ? { verified: true, signerJwk: publicJwk } : { verified: false }
      },
    },
  }
}

/** The members that make the key. */
export function plainJwk({ kty, crv = '', x = '', y }: Jwk): Readonly<Record<string, string>> {
  return { kty, crv, x, ...(y === undefined ? {} : { y }) }
}

function asJwkSigner(signer: JwtSigner): JwtSignerJwk {
  if (signer.method !== 'jwk') throw new TypeError('peer: keys stand in headers here')
  return signer
}

function jwkOf(key: KeyObject): Jwk {
  const { kty = '', crv = '', x = '', y = '' } = key.export({ format: 'jwk' })
  return { kty, crv, x, y }
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
