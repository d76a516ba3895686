/**
 * The signed forms of a status list: kept until a change or for a minute, so that a change is visible
 * at once and all processes serve one copy with a rising `iat` (Token Status List draft-20 §8; promise O5).
 */
import { fault, fromBase64url, toBase64url, utf8Encode } from '@onetrip/codec'
import {
  LIST_BITS,
  newStatusBits,
  setStatus,
  signStatusListCwt,
  signStatusListJwt,
} from '@onetrip/status'
import type { Services } from '../services.ts'
import { type StorageReader, transact } from '../storage/database.ts'
import { agencySigner } from '../trust-data/agencies.ts'
import type { Published } from '../trust-data/published.ts'

/** How long a reader may keep a list. */
export const STATUS_TTL_SECONDS = 300
const LIFE_SECONDS = 7 * 86_400
/** What a counter says of a licence is "as of" the list's time: an unchanged list is dated anew this often. */
const SIGN_AGAIN_AFTER_SECONDS = 60

/** COSE or JOSE form of one list. */
export type StatusListForm = 'cwt' | 'jwt'

interface ListRow {
  readonly id: number
  readonly agency_id: string
  readonly uri: string
  readonly size: number
  readonly revision: number
}

interface SignedState {
  readonly revision: number
  readonly issued_at: number
}

interface SignedRow extends SignedState {
  readonly body: string
}

/** The signed bytes of list `number` in `form`, current to this moment; throws `http/not-found`. */
export async function publishedStatusList(
  services: Services,
  number: number,
  form: StatusListForm,
): Promise<Published> {
  const list = await services.storage
    .selectFrom('status_list')
    .select(['id', 'agency_id', 'uri', 'size', 'revision'])
    .where('id', '=', number)
    .executeTakeFirst()
  if (list === undefined) throw fault('http/not-found')
  const name = `s/${list.id}/${form}`
  const signed = await signedState(services, list, form)
  const kept = signed === undefined ? undefined : services.published.find(name, stampOf(signed))
  if (kept !== undefined) return kept
  const row =
    signed === undefined
      ? await signAndKeep(services, list, form)
      : await signedRow(services.storage, list.id, form)
  return services.published.keep(name, stampOf(row), decodeBody(row.body, form))
}

/** Which signed form there is, if it is current. */
async function signedState(
  services: Services,
  list: ListRow,
  form: StatusListForm,
): Promise<SignedState | undefined> {
  const row = await services.storage
    .selectFrom('published_status')
    .select(['revision', 'issued_at'])
    .where('list_id', '=', list.id)
    .where('form', '=', form)
    .executeTakeFirst()
  if (row === undefined || row.revision < list.revision) return undefined
  return services.now() - row.issued_at < SIGN_AGAIN_AFTER_SECONDS ? row : undefined
}

async function signedRow(
  reader: StorageReader,
  listId: number,
  form: StatusListForm,
): Promise<SignedRow> {
  return reader
    .selectFrom('published_status')
    .select(['revision', 'issued_at', 'body'])
    .where('list_id', '=', listId)
    .where('form', '=', form)
    .executeTakeFirstOrThrow()
}

/** Of one revision and one second there is one content. */
function stampOf(signed: SignedState): string {
  return `${signed.revision}/${signed.issued_at}`
}

/** `list.revision` was read before the statuses: what is signed is never older than it says. */
async function signAndKeep(
  services: Services,
  list: ListRow,
  form: StatusListForm,
): Promise<SignedRow> {
  const rows = await services.storage
    .selectFrom('credential')
    .select(['idx', 'status'])
    .where('list_id', '=', list.id)
    .where('status', '!=', 0)
    .execute()
  const statuses = newStatusBits(list.size, LIST_BITS)
  for (const row of rows) setStatus({ statuses, bits: LIST_BITS, index: row.idx }, row.status)
  const issuedAt = services.now()
  const content = {
    uri: list.uri,
    bits: LIST_BITS,
    statuses,
    issuedAt,
    expiresAt: issuedAt + LIFE_SECONDS,
    ttlSeconds: STATUS_TTL_SECONDS,
  } as const
  const purpose = form === 'cwt' ? 'status-cbor' : 'status-jws'
  const { signer } = await agencySigner(services, list.agency_id, purpose)
  const body =
    form === 'cwt'
      ? toBase64url(await signStatusListCwt(content, signer))
      : await signStatusListJwt(content, signer)
  const row = { list_id: list.id, form, revision: list.revision, issued_at: issuedAt, body }
  return transact(services.storage, async (transaction) => {
    await transaction
      .insertInto('published_status')
      .values(row)
      .onConflict((conflict) =>
        conflict
          .columns(['list_id', 'form'])
          .doUpdateSet({ revision: row.revision, issued_at: issuedAt, body })
          // Another process may have signed a later revision in between: the later one stays.
          .where('published_status.revision', '<=', row.revision),
      )
      .execute()
    return signedRow(transaction, list.id, form)
  })
}

function decodeBody(body: string, form: StatusListForm): Uint8Array {
  return form === 'cwt' ? fromBase64url(body) : utf8Encode(body)
}
