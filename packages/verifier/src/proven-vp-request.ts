/**
 * A request over the network that lies in the file of a case: whose it is, and what an answer or a receipt is held against. That it
 * is over takes nothing away; that the words in it are those that the holder's key signed has to be proven.
 */
import { fault, fromBase64url, jwkThumbprint } from '@onetrip/codec'
import {
  MDOC_FORMAT,
  type MdocSession,
  materialOfQuery,
  parseVpRequest,
  parseVpTokenText,
  transactionHash,
  type VpRequest,
  wantsOfQuery,
} from '@onetrip/credential'
import type { AnswerVerdict } from './answer-verdict.ts'
import type { ReceiptRequest } from './receipt-subject.ts'
import type { RuleId } from './verdict.ts'
import { type AnswerOptions, verifyPresentations } from './verify-answer.ts'
import type { RequestOptions } from './verify-request.ts'
import { type StatedVpRequest, verifyVpRequest } from './verify-vp-request.ts'

/** What has to hold of a request whenever it is looked at. */
const LASTING: readonly RuleId[] = [
  'limits',
  'format',
  'environment',
  'client-certificate',
  'client-signature',
  'client-id',
  'client-commitment',
  'transaction-matter',
]

/** A request that is proven to be an office's. */
export interface ProvenVpRequest {
  readonly stated: StatedVpRequest
  /** What receipts are for; absent where its nonce commits to nothing, as another verifier's may not. */
  readonly forReceipt?: ReceiptRequest
}

/**
 * Proves a request object by the trust data. Throws the code of the first rule that does not hold: `request/commitment` where the words are not
 * what the nonce commits to, `request/client`, `request/transaction-data`, `certificate/*`, `signature/*`, and what parsing throws.
 */
export async function proveVpRequest(
  compact: string,
  options: RequestOptions,
): Promise<ProvenVpRequest> {
  const { clientId, nonce, matter, isCommitted } = parseVpRequest(compact)
  // No link led here: the request's own word on its client is held against its certificate.
  const { checks, request: stated } = await verifyVpRequest(compact, { ...options, clientId })
  const failed = checks.find(({ id, outcome }) => LASTING.includes(id) && outcome !== 'passed')
  if (failed !== undefined || stated === undefined) throw fault(failed?.code ?? 'request/format')
  const office = stated.office.id
  if (!isCommitted) return { stated }
  return { stated, forReceipt: { office, matter, digest: fromBase64url(nonce), client: clientId } }
}

/**
 * Verifies a `vp_token` (its text) by the request that it answers, as the office's server or counter did. What cannot be read rejects with
 * `answer/format`, `json/*` or `encoding/base64url`; anything else gives a verdict.
 */
export async function verifyVpAnswer(
  text: string,
  options: Omit<AnswerOptions, 'request'> & { readonly request: ProvenVpRequest },
): Promise<AnswerVerdict> {
  const { request, ...rest } = options
  const { office, asked } = request.stated
  const formats = new Map(asked.query.credentials.map(({ id, format }) => [id, format]))
  const parts = parseVpTokenText(text).map(({ queryId, presentation }) => ({
    material: materialOfQuery(queryId),
    presentation: formats.get(queryId) === MDOC_FORMAT ? fromBase64url(presentation) : presentation,
  }))
  return verifyPresentations(parts, {
    ...rest,
    office: rest.office ?? office.id,
    request: {
      office: office.id,
      matter: asked.matter,
      issuedAt: asked.issuedAt,
      expiresAt: asked.expiresAt,
      wants: wantsOfQuery(asked.query, rest.trust.types),
    },
    expected: {
      audience: asked.clientId,
      nonce: asked.nonce,
      transactionHashes: asked.transactions.map(({ text: signed }) => transactionHash(signed)),
      session: sessionOf(asked),
    },
  })
}

/** What a holder's key signs for an mdoc (OpenID4VP 1.0 §B.2.6.1). */
function sessionOf({ clientId, nonce, responseUri, encryption }: VpRequest): MdocSession {
  const session = { clientId, nonce, responseUri }
  const [first] = encryption?.keys ?? []
  if (first === undefined) return session
  return { ...session, keyThumbprint: fromBase64url(jwkThumbprint(first.key)) }
}
