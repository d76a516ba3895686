/**
 * An answer arrives (OpenID4VP 1.0 §8.2, §8.3): opened, verified as a counter would, sealed for the office that asked. What was
 * not made for this request leaves it open; the first answer that was closes it, whatever the verdict.
 */
import {
  decryptJwe,
  type ErrorCode,
  fault,
  fromBase64url,
  isObject,
  type JsonValue,
  jwkThumbprint,
  parseJson,
  toBase64url,
} from '@onetrip/codec'
import {
  type CommittedRequest,
  committedNonce,
  MDOC_FORMAT,
  type MdocSession,
  materialOfQuery,
  parseDcqlQuery,
  parseVpToken,
  SD_JWT_FORMAT,
  transactionHash,
  type VpPart,
} from '@onetrip/credential'
import { type AnswerVerdict, verifyPresentations } from '@onetrip/verifier'
import { hashSecret } from '../actors/api-keys.ts'
import { ownReceipts } from '../record/own-receipts.ts'
import type { Services } from '../services.ts'
import type { StorageTransaction } from '../storage/database.ts'
import type { VerificationTable } from '../storage/verification-schema.ts'
import { publishedTrust } from '../trust-data/published-trust.ts'
import { answerKey, committed } from './serve-request.ts'
import { shownOf } from './shown-presentations.ts'
import {
  KEEP_RESULT_SECONDS,
  openContent,
  sealResult,
  type VerificationContent,
} from './verification-content.ts'
import { resultOf } from './verification-result.ts'
import { closeRow, openRow } from './verification-rows.ts'

const RESPONSE_CODE_BYTES = 32
const LIMITS = { maxBytes: 131_072 } as const
/** Says of a presentation that it was made for something else. */
const NOT_FOR_US = 'key-binding/'

/** What the wallet is told: where its person goes on, where they came with the same browser. */
export interface ResponseAnswer {
  readonly redirect_uri?: string
}

/**
 * Takes the form that a wallet posted. Throws `request/not-found`, `request/closed`, `request/expired`, `answer/format` (another
 * mode or shape than was asked), `jwe/*`, `json/*`, `presentation/replayed`, `key-binding/*`.
 */
export async function receiveResponse(
  services: Services,
  { handle, form }: { readonly handle: string; readonly form: ReadonlyMap<string, string> },
): Promise<ResponseAnswer> {
  const row = await openRow(services, handle)
  const content = openContent(services, row)
  if (form.has('error')) return decline(services, row, content)
  const parts = parseVpToken(await tokenIn(form, content))
  const request = committed(services, { row, content, handle })
  assertAsked(parts, content)
  const verdict = await judge(services, { row, content, parts, request })
  const code = toBase64url(services.random(RESPONSE_CODE_BYTES))
  const forgetAt = services.now() + KEEP_RESULT_SECONDS
  await closeRow(services, row.id, {
    change: {
      state: 'answered',
      result: sealResult(services, row.id, content.forCounter ? shownOf(parts) : resultOf(verdict)),
      response_code_hash: hashSecret(code),
      forget_at: forgetAt,
    },
    before: async (transaction) => {
      await rememberShown(transaction, verdict.presentationIds, forgetAt)
      assertForUs(verdict)
      // Nor does what cannot be read at all close anything.
      if (verdict.presentationIds.length < parts.length) throw fault('answer/format')
    },
  })
  services.log('verification/answered', { verification: row.id, outcome: verdict.outcome })
  return returnTo(content, code)
}

/** What the holder did not want is over too; the office learns no more than that. */
async function decline(
  services: Services,
  row: VerificationTable,
  content: VerificationContent,
): Promise<ResponseAnswer> {
  const code = toBase64url(services.random(RESPONSE_CODE_BYTES))
  const change = { state: 'declined', response_code_hash: hashSecret(code) } as const
  await closeRow(services, row.id, { change })
  return returnTo(content, code)
}

function returnTo({ redirectUri }: VerificationContent, code: string): ResponseAnswer {
  return redirectUri === undefined ? {} : { redirect_uri: `${redirectUri}#response_code=${code}` }
}

async function tokenIn(
  form: ReadonlyMap<string, string>,
  content: VerificationContent,
): Promise<JsonValue | undefined> {
  const isEncrypted = content.responseMode === 'direct_post.jwt'
  const [plain, response] = [form.get('vp_token'), form.get('response')]
  if ((plain === undefined) !== isEncrypted || (response === undefined) === isEncrypted) {
    throw fault('answer/format')
  }
  if (response === undefined) return parseJson(plain ?? '', LIMITS)
  const { kid } = answerKey(content)
  const { plaintext } = await decryptJwe(response, { privateJwk: content.encryptionJwk, kid })
  const payload = parseJson(plaintext, LIMITS)
  if (!isObject(payload)) throw fault('answer/format')
  return payload['vp_token']
}

/** One licence at most for each material, in the form that was asked, and only for credentials of the query that was signed. */
function assertAsked(parts: readonly VpPart[], { query, format }: VerificationContent): void {
  const ids = parseDcqlQuery(query).credentials.map(({ id }) => id)
  const materials = new Set(parts.map(({ queryId }) => materialOfQuery(queryId)))
  const isAsked = parts.every(
    ({ queryId, presentation }) =>
      ids.includes(queryId) && presentation.includes('~') === (format === SD_JWT_FORMAT),
  )
  if (!isAsked || materials.size !== parts.length) throw fault('answer/format')
}

async function judge(
  services: Services,
  of: {
    readonly row: VerificationTable
    readonly content: VerificationContent
    readonly parts: readonly VpPart[]
    readonly request: CommittedRequest
  },
): Promise<AnswerVerdict> {
  const { row, content, parts, request } = of
  const { wants, format, clientId, transactionData } = content
  const isMdoc = format === MDOC_FORMAT
  const nonce = committedNonce(request)
  const trust = await publishedTrust(services)
  return verifyPresentations(
    parts.map(({ queryId, presentation }) => ({
      material: materialOfQuery(queryId),
      presentation: isMdoc ? fromBase64url(presentation) : presentation,
    })),
    {
      trust,
      now: services.now(),
      office: row.office_id,
      receipts: ownReceipts(services, trust),
      request: {
        office: row.office_id,
        matter: row.matter,
        issuedAt: content.issuedAt,
        expiresAt: row.expires_at,
        wants,
      },
      expected: {
        audience: clientId,
        nonce,
        transactionHashes: transactionData.map(transactionHash),
        ...(isMdoc ? { session: sessionOf(content, { ...request, nonce }) } : {}),
      },
    },
  )
}

/** What the holder's key signs with an mdoc (OpenID4VP 1.0 §B.2.6.1). */
function sessionOf(
  content: VerificationContent,
  { clientId, nonce, responseUri }: MdocSession,
): MdocSession {
  const session = { clientId, nonce, responseUri }
  if (content.responseMode === 'direct_post') return session
  return { ...session, keyThumbprint: fromBase64url(jwkThumbprint(answerKey(content).key)) }
}

/** Throws `presentation/replayed` for one that counted before, whatever it was shown for. */
async function rememberShown(
  transaction: StorageTransaction,
  ids: readonly string[],
  forgetAt: number,
): Promise<void> {
  if (ids.length === 0) return
  const known = await transaction
    .selectFrom('shown_presentation')
    .select('id')
    .where('id', 'in', ids)
    .execute()
  if (known.length > 0 || new Set(ids).size !== ids.length) throw fault('presentation/replayed')
  await transaction
    .insertInto('shown_presentation')
    .values(ids.map((id) => ({ id, forget_at: forgetAt })))
    .execute()
}

/** What was made for another request, office or key does not close this one. */
function assertForUs({ materials, unasked }: AnswerVerdict): void {
  const codes: readonly (ErrorCode | undefined)[] = [...materials, ...unasked].flatMap(
    ({ checks }) => checks.map(({ code }) => code),
  )
  const code = codes.find((each) => each?.startsWith(NOT_FOR_US))
  if (code !== undefined) throw fault(code)
}
