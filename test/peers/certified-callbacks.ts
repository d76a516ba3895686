/** What @openid4vc/openid4vp is given to work with: node:crypto for signatures under certificates, jose for encryption. */
import { createHash, createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto'
import { publicKeyToJwk, type Signer } from '@onetrip/codec'
import type { CallbackContext, Jwk } from '@openid4vc/oauth2'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { ASKER } from '../../packages/verifier/samples/online-asking.ts'

/** SHA-256, as the peers ask for it. */
export function hashOf(data: string | Uint8Array | ArrayBuffer): Uint8Array {
  const bytes = typeof data === 'string' ? Buffer.from(data) : Buffer.from(new Uint8Array(data))
  return createHash('sha256').update(bytes).digest()
}

function jwkOf(members: object): Jwk {
  return { ...members, kty: String(Reflect.get(members, 'kty')) }
}

/** What the verifier and the wallet of the peers ask for. */
export type PeerCallbacks = Required<
  Pick<
    CallbackContext,
    | 'decryptJwe'
    | 'encryptJwe'
    | 'fetch'
    | 'getX509CertificateMetadata'
    | 'hash'
    | 'signJwt'
    | 'verifyJwt'
  >
>

/** What the peers are given to work with: requests are signed by `signer`, answers opened by `answerKey`. */
export function certifiedCallbacks(
  keys: { readonly answerKey?: KeyObject; readonly signer?: Signer } = {},
): PeerCallbacks {
  const { signer = ASKER } = keys
  return {
    hash: (data: Uint8Array) => hashOf(data),
    fetch: (input: RequestInfo | URL, init?: RequestInit) => fetch(input, init),
    verifyJwt: async (
      signer: { readonly method: string; readonly x5c?: string[] },
      { compact }: { readonly compact: string },
    ) => {
      const leaf = new X509Certificate(Buffer.from(signer.x5c?.[0] ?? '', 'base64'))
      const end = compact.lastIndexOf('.')
      const key = { key: leaf.publicKey, dsaEncoding: 'ieee-p1363' } as const
      const signature = Buffer.from(compact.slice(end + 1), 'base64url')
      const isGood = verify('sha256', Buffer.from(compact.slice(0, end)), key, signature)
      return isGood
        ? { verified: true as const, signerJwk: jwkOf(leaf.publicKey.export({ format: 'jwk' })) }
        : { verified: false as const }
    },
    signJwt: async (
      _signer: unknown,
      { header, payload }: { readonly header: object; readonly payload: object },
    ) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const input = `${part(header)}.${part(payload)}`
      const signature = Buffer.from(await signer.sign(Buffer.from(input))).toString('base64url')
      return { jwt: `${input}.${signature}`, signerJwk: jwkOf(publicKeyToJwk(signer.publicKey)) }
    },
    encryptJwe: async (
      encryptor: { readonly publicJwk: Jwk; readonly alg: string; readonly enc: string },
      data: string,
    ) => {
      const { publicJwk, alg, enc } = encryptor
      const { kty, crv = '', x = '', y = '' } = publicJwk
      const kid = 'kid' in publicJwk ? { kid: String(publicJwk.kid) } : {}
      const jwe = await new CompactEncrypt(Buffer.from(data))
        .setProtectedHeader({ alg, enc, ...kid })
        .encrypt({ kty, crv, x, y })
      return { jwe, encryptionJwk: publicJwk }
    },
    decryptJwe: async (jwe: string) => {
      if (keys.answerKey === undefined) return { decrypted: false as const }
      const { plaintext } = await compactDecrypt(jwe, keys.answerKey)
      const decryptionJwk = jwkOf(createPublicKey(keys.answerKey).export({ format: 'jwk' }))
      return { decrypted: true as const, decryptionJwk, payload: Buffer.from(plaintext).toString() }
    },
    getX509CertificateMetadata: (certificate: string) => {
      const { subjectAltName = '' } = new X509Certificate(Buffer.from(certificate, 'base64'))
      const names = subjectAltName.split(', ').filter((name) => name.startsWith('DNS:'))
      return { sanDnsNames: names.map((name) => name.slice(4)), sanUriNames: [] }
    },
  }
}
