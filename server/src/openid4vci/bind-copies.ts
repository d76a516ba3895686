/**
 * The copies that one grant gives of a securing, each bound to a holder key and with a status index of its own, so that
 * two presentations cannot be put together (OpenID4VCI 1.0 §8.2, §13.10; case T12). The first request decides which keys.
 */
import { fault, jwkThumbprint, type PublicKey } from '@onetrip/codec'
import { draftHeld } from '../licences/credential-draft.ts'
import { securingOrder } from '../licences/securing-order.ts'
import { storePending } from '../licences/sign-credential.ts'
import type { HeldForm } from '../offers/make-offer.ts'
import { licenceSealOf } from '../seals/licence-seal.ts'
import type { Services } from '../services.ts'
import { reserveCredential } from '../status-lists/allocate-index.ts'
import type { StorageTransaction } from '../storage/database.ts'
import type { CredentialTable, LicenceTable } from '../storage/schema.ts'
import { loadType } from '../trust-data/agencies.ts'
import type { OwnSigner } from '../trust-data/signing-key.ts'

/** The most copies of one securing that an offer gives. */
export const MAX_COPIES = 8

/** What an access token allows. */
export interface Grant {
  readonly offerId: string
  readonly licence: LicenceTable
}

/** Which securing for which keys. */
export interface CopiesRequest {
  readonly grant: Grant
  readonly form: HeldForm
  /** The holder's, all different, 1 to {@link MAX_COPIES}. */
  readonly keys: readonly PublicKey[]
  readonly signer: OwnSigner
  /** Of the signer's key, DER; for an mdoc. */
  readonly certificate?: Uint8Array | undefined
}

type CopyRow = Pick<
  CredentialTable,
  'id' | 'state' | 'holder_key' | 'list_id' | 'idx' | 'withdrawn_at'
>

/**
 * Commits to one credential for each key, in order, and returns their ids: those of the first request, whenever the same
 * keys ask again. Throws `openid/denied` for a key that did not ask first, `licence/revoked`; `seal/state`, `seal/expired`
 * while the agency's seal for licences is not in use.
 */
export async function bindCopies(
  services: Services,
  transaction: StorageTransaction,
  request: CopiesRequest,
): Promise<readonly string[]> {
  const { grant, form, keys } = request
  const { status } = await transaction
    .selectFrom('licence')
    .select('status')
    .where('id', '=', grant.licence.id)
    .executeTakeFirstOrThrow()
  const rows = transaction
    .selectFrom('credential')
    .select(['id', 'state', 'holder_key', 'list_id', 'idx', 'withdrawn_at'])
  const offered = await rows.where('offer_id', '=', grant.offerId).select('form').execute()
  const known = offered.find((row) => row.form === form)
  // An offer that was taken back gives nothing of a form either that nobody asked for before.
  const isOver = known === undefined && offered.some((row) => row.withdrawn_at !== null)
  if (offered.length === 0 || isOver) throw fault('openid/denied')
  if (status === 'revoked') throw fault('licence/revoked')
  const first = known ?? (await reserveFirst(services, transaction, { grant, form, status }))
  if (first.withdrawn_at !== null) throw fault('openid/denied')
  if (first.state !== 'reserved') {
    const further = await rows.where('copy_of', '=', first.id).execute()
    return keys.map((key) => boundTo(key, known === undefined ? further : [known, ...further]))
  }
  const ids = [first.id]
  for (const _ of keys.slice(1)) {
    const copy = await reserveCredential(services, transaction, {
      licenceId: grant.licence.id,
      agencyId: grant.licence.agency_id,
      copyOf: first.id,
      form,
      status,
    })
    ids.push(copy.id)
  }
  await draftCopies(services, transaction, { ...request, ids })
  return ids
}

function boundTo(key: PublicKey, rows: readonly CopyRow[]): string {
  const holderKey = jwkThumbprint(key)
  const row = rows.find((candidate) => candidate.holder_key === holderKey)
  if (row === undefined || row.state === 'void' || row.withdrawn_at !== null) {
    throw fault('openid/denied')
  }
  return row.id
}

/** Stores a draft for each reserved credential; all are dated alike, so that the time tells them apart from nobody's. */
async function draftCopies(
  services: Services,
  transaction: StorageTransaction,
  request: CopiesRequest & { readonly ids: readonly string[] },
): Promise<void> {
  const { grant, form, keys, signer, certificate, ids } = request
  const { licence } = grant
  const type = await loadType(transaction, licence.type_code, licence.type_version)
  const seal = await licenceSealOf(services, transaction, licence.agency_id)
  const order = securingOrder({ config: services.config, type, licence, seal, now: services.now() })
  const places = await transaction
    .selectFrom('credential')
    .innerJoin('status_list', 'status_list.id', 'credential.list_id')
    .select(['credential.id', 'uri', 'idx'])
    .where('credential.id', 'in', ids)
    .execute()
  for (const [at, holderKey] of keys.entries()) {
    const place = places.find(({ id }) => id === ids[at])
    if (place === undefined) throw new TypeError('copies: one was not reserved')
    const draft = draftHeld(form, {
      ...order,
      issuerKey: signer.signer.publicKey,
      status: { uri: place.uri, index: place.idx },
      holderKey,
      random: services.random,
      certificate,
    })
    await storePending(transaction, {
      credentialId: place.id,
      keyId: signer.keyId,
      draft,
      holderKey: jwkThumbprint(holderKey),
    })
  }
}

/** Of what an offer names the indices are reserved with it; of any other form when it is asked for. */
async function reserveFirst(
  services: Services,
  transaction: StorageTransaction,
  of: Pick<CopiesRequest, 'grant' | 'form'> & { readonly status: LicenceTable['status'] },
): Promise<Pick<CredentialTable, 'id' | 'state' | 'withdrawn_at'>> {
  const { grant, form, status } = of
  const { id } = await reserveCredential(services, transaction, {
    licenceId: grant.licence.id,
    agencyId: grant.licence.agency_id,
    offerId: grant.offerId,
    form,
    status,
  })
  return { id, state: 'reserved', withdrawn_at: null }
}
