/**
 * A person's answer to a pushed request: which of their licences the wallet may fetch (RFC 6749 §4.1.1, §4.1.2). The code that
 * goes back through the browser is worth nothing without the wallet's PKCE secret and its DPoP key.
 */
import { fault, toBase64url } from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import { recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import { type StorageReader, transact } from '../storage/database.ts'
import type { AuthorizationRequestTable } from '../storage/offer-schema.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { loadType } from '../trust-data/agencies.ts'
import { requestHashOf } from './push-request.ts'

const CODE_BYTES = 32
const CODE_LIFE_SECONDS = 60

/** A licence that a person may put into a wallet. */
export type OwnLicence = Pick<
  LicenceTable,
  'id' | 'type_code' | 'type_version' | 'serial' | 'holder_reference'
>

/** A request that waits for an answer. */
export interface OpenRequest {
  readonly row: AuthorizationRequestTable
  /** Those that fit it and belong to the person. */
  readonly licences: readonly OwnLicence[]
}

/**
 * The pushed request that a browser names, and what fits it of the licences whose `holderReference` is `holder`. Throws `openid/authorization` (unknown, over, answered, another
 * client's).
 */
export async function openRequest(
  services: Services,
  query: { readonly clientId: string; readonly requestUri: string; readonly holder: string },
): Promise<OpenRequest> {
  const row = await services.storage
    .selectFrom('authorization_request')
    .selectAll()
    .where('hash', '=', requestHashOf(query.requestUri))
    .where('client_id', '=', query.clientId)
    .where('expires_at', '>', services.now())
    .where('code_hash', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw fault('openid/authorization')
  return { row, licences: await fittingLicences(services, row, query.holder) }
}

/**
 * Where the browser goes with the answer: a code for the chosen licence, or `access_denied` without one. Each request is
 * answered once. Throws `openid/authorization`.
 */
export async function answerRequest(
  services: Services,
  request: OpenRequest,
  licenceId: string | undefined,
): Promise<string> {
  const { row, licences } = request
  const licence = licences.find(({ id }) => id === licenceId)
  if (licenceId !== undefined && licence === undefined) throw fault('openid/authorization')
  const code = toBase64url(services.random(CODE_BYTES))
  await transact(services.storage, async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('authorization_request')
      .set({
        code_hash: hashSecret(code),
        licence_id: licence?.id ?? null,
        // What was refused has no code that anybody was told.
        used: licence === undefined ? 1 : 0,
        expires_at: services.now() + CODE_LIFE_SECONDS,
      })
      .where('hash', '=', row.hash)
      .where('code_hash', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) throw fault('openid/authorization')
    await recordAct(services, transaction, {
      act: licence === undefined ? 'citizen/refuse' : 'citizen/allow',
      facts: { licence: licence?.id, wallet: row.client_id },
    })
  })
  const address = new URL(row.redirect_uri)
  const { searchParams } = address
  if (licence === undefined) searchParams.set('error', 'access_denied')
  else searchParams.set('code', code)
  if (row.state !== null) searchParams.set('state', row.state)
  // RFC 9207: which server this answer is of.
  searchParams.set('iss', services.config.apiOrigin)
  return address.href
}

function fittingLicences(
  { storage, now }: Services,
  row: AuthorizationRequestTable,
  holder: string,
): Promise<readonly OwnLicence[]> {
  const theirs = storage
    .selectFrom('licence')
    .select(['id', 'type_code', 'type_version', 'serial', 'holder_reference'])
    .where('status', '!=', 'revoked')
    .where('holder_reference', '=', holder)
  const fitting =
    row.offer_id === null
      ? theirs.where('type_code', '=', row.type_code ?? '')
      : theirs.where('id', 'in', (query) =>
          query
            .selectFrom('offer')
            .select('licence_id')
            .where('id', '=', row.offer_id)
            .where('state', '=', 'open')
            .where('expires_at', '>', now()),
        )
  return fitting.orderBy('created_at').orderBy('id').execute()
}

/** The display name of a licence's type, from its definition. */
export async function typeNameOf(
  reader: StorageReader,
  licence: Pick<OwnLicence, 'type_code' | 'type_version'>,
): Promise<{ readonly 'zh-CN': string; readonly en: string }> {
  const { name } = await loadType(reader, licence.type_code, licence.type_version)
  return name
}
