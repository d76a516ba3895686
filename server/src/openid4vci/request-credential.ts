/**
 * The credential endpoint: one securing for one or more holder keys, once; asked again with the same keys it gives
 * the same credentials, so that a lost answer costs nothing (OpenID4VCI 1.0 §8).
 */
import { fault, isObject, type JsonObject, type JsonValue, jwkThumbprint } from '@onetrip/codec'
import { failpoint } from '../failpoint.ts'
import { signPending } from '../licences/sign-credential.ts'
import { configurationId, OFFERED_FORM_NAMES, type OfferedForm } from '../offers/make-offer.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import { agencySigner } from '../trust-data/agencies.ts'
import { bindCopies, type Grant, MAX_COPIES } from './bind-copies.ts'
import { type HolderProof, verifyHolderProof } from './holder-proof.ts'
import { useNonce } from './nonce.ts'

/** Members that earlier drafts had or that ask for what we do not do; silently ignoring them would mislead. */
const REFUSED_MEMBERS = [
  'credential_identifier',
  'format',
  'proof',
  'credential_response_encryption',
]
const ISSUING_KEYS = { 'sd-cwt': 'issue-cbor', 'sd-jwt': 'issue-jws' } as const

interface CredentialRequest {
  readonly configuration: string
  readonly proofs: readonly string[]
}

/**
 * Answers a credential request under a grant, a credential for each proof in order. Throws `openid/credential-request`,
 * `openid/configuration`, `openid/proof`, `openid/nonce`, `openid/denied`, `licence/revoked`; `seal/state`, `seal/expired`
 * while the agency's seal for licences is not in use: then nothing is used up, the nonce neither.
 */
export async function requestCredential(
  services: Services,
  grant: Grant,
  body: JsonValue,
): Promise<JsonObject> {
  const request = parseRequest(body)
  const form = formOf(grant, request.configuration)
  const proofs = await verifyProofs(services, request.proofs)
  const signer = await agencySigner(services, grant.licence.agency_id, ISSUING_KEYS[form])
  const ids = await transact(services.storage, async (transaction) => {
    // A batch may have one nonce in all its proofs (OpenID4VCI 1.0, appendix F.1).
    for (const nonce of new Set(proofs.map((proof) => proof.nonce))) {
      await useNonce(services, transaction, nonce)
    }
    const keys = proofs.map(({ key }) => key)
    const bound = await bindCopies(services, transaction, { grant, form, keys, signer })
    failpoint(services.config, 'sign/before-reserve-commit')
    return bound
  })
  const credentials: JsonObject[] = []
  for (const id of ids) credentials.push({ credential: await signPending(services, id) })
  return { credentials }
}

function formOf(grant: Grant, configuration: string): OfferedForm {
  const form = OFFERED_FORM_NAMES.find(
    (name) => configurationId(grant.licence.type_code, name) === configuration,
  )
  if (form === undefined) throw fault('openid/configuration')
  return form
}

/** One proof for each key; a key that proves itself twice wants two copies that are linked by it. */
async function verifyProofs(
  services: Services,
  texts: readonly string[],
): Promise<readonly HolderProof[]> {
  const proofs: HolderProof[] = []
  const audience = services.config.apiOrigin
  for (const proof of texts) {
    proofs.push(await verifyHolderProof({ proof, audience, now: services.now() }))
  }
  const keys = new Set(proofs.map(({ key }) => jwkThumbprint(key)))
  if (keys.size !== proofs.length) throw fault('openid/proof')
  return proofs
}

function parseRequest(body: JsonValue): CredentialRequest {
  if (!isObject(body)) throw fault('openid/credential-request')
  if (REFUSED_MEMBERS.some((name) => body[name] !== undefined)) {
    throw fault('openid/credential-request')
  }
  const configuration = body['credential_configuration_id']
  if (typeof configuration !== 'string') throw fault('openid/credential-request')
  const proofs = body['proofs']
  if (!isObject(proofs) || Object.keys(proofs).length !== 1) throw fault('openid/proof')
  return { configuration, proofs: textList(proofs['jwt']) }
}

function textList(value: JsonValue | undefined): readonly string[] {
  const list: readonly JsonValue[] = Array.isArray(value) ? value : []
  if (list.length === 0 || list.length > MAX_COPIES) throw fault('openid/proof')
  return list.map((text) => {
    if (typeof text !== 'string') throw fault('openid/proof')
    return text
  })
}
