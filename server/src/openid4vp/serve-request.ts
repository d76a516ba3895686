/** The signed request of a verification, made anew for each wallet that fetches it (OpenID4VP 1.0 §5.7, §5.10). */
import {
  type EncryptionKey,
  fault,
  fromBase64url,
  JWE_ENCRYPTIONS,
  publicKeyFromJwk,
  toBase64url,
} from '@onetrip/codec'
import { type CommittedRequest, signVpRequest } from '@onetrip/credential'
import type { Services } from '../services.ts'
import type { VerificationTable } from '../storage/verification-schema.ts'
import { responseUriOf } from './open-verification.ts'
import { requestSigner } from './request-certificate.ts'
import { openContent, type VerificationContent } from './verification-content.ts'
import { openRow } from './verification-rows.ts'

/** §5.10: base64url, at most as long as our own. */
const WALLET_NONCE = /^[A-Za-z0-9_.~-]{1,512}$/

/**
 * The request object of a handle; with `walletNonce` where the wallet sent one. Throws `request/not-found`, `request/closed`,
 * `request/expired`, `request/nonce`.
 */
export async function serveRequest(
  services: Services,
  { handle, walletNonce }: { readonly handle: string; readonly walletNonce: string | undefined },
): Promise<string> {
  const row = await openRow(services, handle)
  if (walletNonce !== undefined && !WALLET_NONCE.test(walletNonce)) throw fault('request/nonce')
  const content = openContent(services, row)
  const { responseMode, transactionData, format } = content
  return signVpRequest({
    ...committed(services, { row, content, handle }),
    responseMode,
    transactionData,
    ...(walletNonce === undefined ? {} : { walletNonce }),
    format,
    ...(responseMode === 'direct_post'
      ? {}
      : { encryption: { keys: [answerKey(content)], encryptions: JWE_ENCRYPTIONS } }),
    signer: requestSigner(services, {
      keyId: content.keyId,
      certificate: fromBase64url(content.certificate),
    }),
  })
}

/**
 * What the request of a row shows: of this its nonce is made, whenever it is asked for. Throws `request/expired` for one that was made
 * before nonces were commitments.
 */
export function committed(
  services: Pick<Services, 'config'>,
  of: {
    readonly row: Pick<VerificationTable, 'expires_at' | 'matter'>
    readonly content: VerificationContent
    readonly handle: string
  },
): CommittedRequest {
  const { row, content, handle } = of
  const { clientId, purpose, issuedAt, query } = content
  if (content.salt === '') throw fault('request/expired')
  return {
    salt: fromBase64url(content.salt),
    clientId,
    certificate: fromBase64url(content.certificate),
    responseUri: responseUriOf(services, handle),
    issuedAt,
    expiresAt: row.expires_at,
    matter: row.matter,
    purpose,
    query,
  }
}

/** The key to which the answer of this one request is encrypted. */
export function answerKey({ encryptionJwk }: VerificationContent): Required<EncryptionKey> {
  const { kty, crv, x, y } = encryptionJwk
  const key = publicKeyFromJwk({ kty, crv, x, y })
  return { key, kid: toBase64url(key.kid) }
}
