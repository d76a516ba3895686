/**
 * The credential endpoint: one securing for one or more holder keys, once; asked again with the same keys it gives
 * the same credentials, so that a lost answer costs nothing (OpenID4VCI 1.0 §8). What has to wait is fetched later (§9).
 */
import { fault, isObject, type JsonObject, type JsonValue } from '@onetrip/codec'
import { failpoint } from '../failpoint.ts'
import { signPending } from '../licences/sign-credential.ts'
import { configurationId, HELD_FORM_NAMES, type HeldForm } from '../offers/make-offer.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { agencySigner } from '../trust-data/agencies.ts'
import { bindCopies, type CopiesRequest, type Grant } from './bind-copies.ts'
import { deferRequest, findDeferred, forgetDeferred, isWaiting, waitingAnswer } from './deferred.ts'
import { verifyProofs } from './holder-proofs.ts'
import { mdocCertificate } from './mdoc-certificate.ts'
import { useNonce } from './nonce.ts'
import { notificationId } from './notification.ts'

/** Members that earlier drafts had or that ask for what we do not do; silently ignoring them would mislead. */
const REFUSED_MEMBERS = ['credential_identifier', 'format', 'proof']
const ISSUING_KEYS = { 'sd-cwt': 'issue-cbor', 'sd-jwt': 'issue-jws', mdoc: 'issue-jws' } as const

/** What a credential endpoint answers: 200 with credentials, 202 with a `transaction_id`. */
export interface CredentialAnswer {
  readonly status: 200 | 202
  readonly content: JsonObject
}

/**
 * Answers a credential request under a grant, a credential for each key in order. Throws `openid/credential-request`,
 * `openid/configuration`, `openid/proof`, `openid/nonce`, `openid/denied`, `licence/revoked`. While the agency's seal for
 * licences is not in use the answer is 202, and neither keys nor indices are decided yet.
 */
export async function requestCredential(
  services: Services,
  grant: Grant,
  body: JsonValue,
): Promise<CredentialAnswer> {
  if (!isObject(body) || REFUSED_MEMBERS.some((name) => body[name] !== undefined)) {
    throw fault('openid/credential-request')
  }
  const form = formOf(grant, body['credential_configuration_id'])
  const { keys, nonces } = await verifyProofs(services, body['proofs'])
  const request = { grant, form, keys }
  const begin = async (transaction: StorageTransaction): Promise<void> => {
    for (const nonce of nonces) await useNonce(services, transaction, nonce)
  }
  try {
    return { status: 200, content: await giveCopies(services, request, begin) }
  } catch (error) {
    if (!isWaiting(error)) throw error
  }
  const transactionId = await transact(services.storage, async (transaction) => {
    await begin(transaction)
    return deferRequest(services, transaction, request)
  })
  return { status: 202, content: waitingAnswer(transactionId) }
}

/** Answers a deferred credential request under a grant. Throws `openid/transaction`, and as {@link requestCredential}. */
export async function requestDeferred(
  services: Services,
  grant: Grant,
  body: JsonValue,
): Promise<CredentialAnswer> {
  const { transactionId, form, keys } = await findDeferred(services, grant, body)
  try {
    const content = await giveCopies(services, { grant, form, keys }, async () => undefined)
    await forgetDeferred(services, transactionId)
    return { status: 200, content }
  } catch (error) {
    if (!isWaiting(error)) throw error
    return { status: 202, content: waitingAnswer(transactionId) }
  }
}

/** Binds, signs and answers; `begin` goes into the transaction that binds. */
async function giveCopies(
  services: Services,
  request: Omit<CopiesRequest, 'signer' | 'certificate'>,
  begin: (transaction: StorageTransaction) => Promise<void>,
): Promise<JsonObject> {
  const { grant, form } = request
  const signer = await agencySigner(services, grant.licence.agency_id, ISSUING_KEYS[form])
  const certificate = form === 'mdoc' ? await mdocCertificate(services, signer) : undefined
  const ids = await transact(services.storage, async (transaction) => {
    await begin(transaction)
    const bound = await bindCopies(services, transaction, { ...request, signer, certificate })
    failpoint(services.config, 'sign/before-reserve-commit')
    return bound
  })
  const credentials: JsonObject[] = []
  for (const id of ids) credentials.push({ credential: await signPending(services, id) })
  return { credentials, notification_id: notificationId(services.keys, grant.offerId, form) }
}

function formOf(grant: Grant, configuration: JsonValue | undefined): HeldForm {
  if (typeof configuration !== 'string') throw fault('openid/credential-request')
  const form = HELD_FORM_NAMES.find(
    (name) => configurationId(grant.licence.type_code, name) === configuration,
  )
  if (form === undefined) throw fault('openid/configuration')
  return form
}
