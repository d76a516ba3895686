/**
 * The credential endpoint: one securing for one holder key, once; asked again with the same key it gives
 * the same credential, so that a lost answer costs nothing (OpenID4VCI 1.0 §8).
 */
import { fault, isObject, type JsonObject, type JsonValue, jwkThumbprint } from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import { failpoint } from '../failpoint.ts'
import { draftHeld } from '../licences/credential-draft.ts'
import { securingOrder } from '../licences/securing-order.ts'
import { signPending, storePending } from '../licences/sign-credential.ts'
import { configurationId, OFFERED_FORM_NAMES, type OfferedForm } from '../offers/make-offer.ts'
import { licenceSealOf } from '../seals/licence-seal.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import type { CredentialTable, LicenceTable } from '../storage/schema.ts'
import { agencySigner, loadType } from '../trust-data/agencies.ts'
import type { OwnSigner } from '../trust-data/signing-key.ts'
import { type HolderProof, verifyHolderProof } from './holder-proof.ts'
import { useNonce } from './nonce.ts'

/** Members that earlier drafts had or that ask for what we do not do; silently ignoring them would mislead. */
const REFUSED_MEMBERS = [
  'credential_identifier',
  'format',
  'proof',
  'credential_response_encryption',
]

interface Grant {
  readonly offerId: string
  readonly licence: LicenceTable
}

interface HeldRequest {
  readonly grant: Grant
  readonly form: OfferedForm
  readonly proof: HolderProof
  readonly signers: Readonly<Record<OfferedForm, OwnSigner>>
}

/** The grant of an access token; throws `openid/access-token`. */
export async function findGrant(services: Services, token: string | undefined): Promise<Grant> {
  if (token === undefined) throw fault('openid/access-token')
  const row = await services.storage
    .selectFrom('access_token')
    .innerJoin('offer', 'offer.id', 'access_token.offer_id')
    .innerJoin('licence', 'licence.id', 'offer.licence_id')
    .selectAll('licence')
    .select('offer.id as offer_id')
    .where('access_token.hash', '=', hashSecret(token))
    .where('access_token.expires_at', '>', services.now())
    .executeTakeFirst()
  if (row === undefined) throw fault('openid/access-token')
  const { offer_id: offerId, ...licence } = row
  return { offerId, licence }
}

/**
 * Answers a credential request under a grant. Throws `openid/credential-request`,
 * `openid/configuration`, `openid/proof`, `openid/nonce`, `openid/denied`, `licence/revoked`; `seal/state`, `seal/expired`
 * while the agency's seal for licences is not in use: then nothing is used up, the nonce neither.
 */
export async function requestCredential(
  services: Services,
  grant: Grant,
  body: JsonValue,
): Promise<JsonObject> {
  const { configuration, proof: proofText } = parseRequest(body)
  const form = OFFERED_FORM_NAMES.find(
    (name) => configurationId(grant.licence.type_code, name) === configuration,
  )
  if (form === undefined) throw fault('openid/configuration')
  const audience = services.config.apiOrigin
  const proof = await verifyHolderProof({ proof: proofText, audience, now: services.now() })
  const signers = {
    'sd-cwt': await agencySigner(services, grant.licence.agency_id, 'issue-cbor'),
    'sd-jwt': await agencySigner(services, grant.licence.agency_id, 'issue-jws'),
  }
  const credentialId = await transact(services.storage, async (transaction) => {
    const id = await recordHeld(services, transaction, { grant, form, proof, signers })
    failpoint(services.config, 'sign/before-reserve-commit')
    return id
  })
  return { credentials: [{ credential: await signPending(services, credentialId) }] }
}

function parseRequest(body: JsonValue): { readonly configuration: string; readonly proof: string } {
  if (!isObject(body)) throw fault('openid/credential-request')
  if (REFUSED_MEMBERS.some((name) => body[name] !== undefined)) {
    throw fault('openid/credential-request')
  }
  const configuration = body['credential_configuration_id']
  if (typeof configuration !== 'string') throw fault('openid/credential-request')
  const proofs = body['proofs']
  if (!isObject(proofs)) throw fault('openid/proof')
  const jwts = proofs['jwt']
  if (Object.keys(proofs).length !== 1 || !Array.isArray(jwts) || jwts.length !== 1) {
    throw fault('openid/proof')
  }
  const proof: unknown = jwts[0]
  if (typeof proof !== 'string') throw fault('openid/proof')
  return { configuration, proof }
}

/** Binds the reserved credential to the holder's key and stores its draft, or finds it bound to this key already. */
async function recordHeld(
  services: Services,
  transaction: StorageTransaction,
  request: HeldRequest,
): Promise<string> {
  const { grant, form, proof, signers } = request
  await useNonce(services, transaction, proof.nonce)
  const holderKey = jwkThumbprint(proof.key)
  const rows = await transaction
    .selectFrom('credential')
    .innerJoin('status_list', 'status_list.id', 'credential.list_id')
    .innerJoin('licence', 'licence.id', 'credential.licence_id')
    .select(['credential.id', 'form', 'state', 'holder_key', 'uri', 'idx', 'withdrawn_at'])
    .select('licence.status as licence_status')
    .where('offer_id', '=', grant.offerId)
    .execute()
  const row = rows.find((candidate) => candidate.form === form)
  if (row === undefined) throw fault('openid/denied')
  if (row.licence_status === 'revoked') throw fault('licence/revoked')
  if (row.withdrawn_at !== null || !mayReceive(row, holderKey)) throw fault('openid/denied')
  if (row.state !== 'reserved') return row.id
  const { licence } = grant
  const type = await loadType(transaction, licence.type_code, licence.type_version)
  const seal = await licenceSealOf(services, transaction, licence.agency_id)
  const { keyId, signer } = signers[form]
  const draft = draftHeld(form, {
    ...securingOrder({ config: services.config, type, licence, seal, now: services.now() }),
    issuerKey: signer.publicKey,
    status: { uri: row.uri, index: row.idx },
    holderKey: proof.key,
    random: services.random,
  })
  await storePending(transaction, { credentialId: row.id, keyId, draft, holderKey })
  return row.id
}

function mayReceive(
  row: Pick<CredentialTable, 'state' | 'holder_key'>,
  holderKey: string,
): boolean {
  return row.state === 'reserved' || (row.state !== 'void' && row.holder_key === holderKey)
}
