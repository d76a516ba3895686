/**
 * The signed forms of a status list: kept until a change or for a minute, so that a change is visible
 * at once and all processes serve one copy with a rising `iat` (Token Status List draft-20 §8; promise O5).
 */
import { Fault, fault } from '@onetrip/codec'
import type { Services } from '../services.ts'
import type { Published } from '../trust-data/published.ts'
import { type ListRow, signList } from './sign-list.ts'
import {
  decodeBody,
  type PublishedForm,
  STATUS_LIST_FORMS,
  type StatusListForm,
} from './status-body.ts'

/** What a counter says of a licence is "as of" the list's time: an unchanged list is dated anew this often. */
const SIGN_AGAIN_AFTER_SECONDS = 60

interface SignedState {
  readonly revision: number
  readonly issued_at: number
}

/**
 * The signed bytes of list `number` in `form`, current to this moment. Where they cannot be published
 * (status/sentinel) the last good ones, and the log and `/readyz` say so. Throws `http/not-found`, and
 * what hinders publishing where there is no good one yet.
 */
export async function publishedStatusList(
  services: Services,
  number: number,
  form: StatusListForm,
): Promise<Published> {
  const list = await findList(services, number)
  const signed = await signedState(services, list.id, form)
  if (signed !== undefined && isCurrent(services, list, signed))
    return loadSigned(services, list.id, form)
  const code = services.publicationFaults.recent(list.id, services.now())
  if (code === undefined) await tryToSign(services, list, signed)
  else if (signed === undefined) throw fault(code)
  return loadSigned(services, list.id, form)
}

/** Both forms of a list as they are published, a seal maker's register with them, and the revision that they state. */
export interface PublishedForms {
  readonly revision: number
  readonly bodies: readonly { readonly form: PublishedForm; readonly body: Uint8Array }[]
}

/** What is published of list `number`, brought up to date as {@link publishedStatusList} does; throws the same codes. */
export async function publishedForms(services: Services, number: number): Promise<PublishedForms> {
  // One after the other: they are signed together, so the second finds what the first had signed.
  for (const form of STATUS_LIST_FORMS) await publishedStatusList(services, number, form)
  const rows = await services.storage
    .selectFrom('published_status')
    .select(['form', 'revision', 'body'])
    .where('list_id', '=', number)
    .orderBy('form')
    .execute()
  return {
    revision: Math.min(...rows.map(({ revision }) => revision)),
    bodies: rows.map(({ form, body }) => ({ form, body: decodeBody(body, form) })),
  }
}

/** The bytes that have this SHA-256 (hexadecimal): served now or a short while ago; throws `http/not-found`. */
export async function statusListVersion(
  services: Services,
  version: { readonly number: number; readonly form: StatusListForm; readonly hash: string },
): Promise<Uint8Array> {
  const { number, form, hash } = version
  const list = await findList(services, number)
  if ((await signedState(services, list.id, form)) !== undefined) {
    const current = await loadSigned(services, list.id, form)
    if (current.hash === hash) return current.body
  }
  const former = await services.storage
    .selectFrom('former_status')
    .select('body')
    .where('hash', '=', hash)
    .where('list_id', '=', number)
    .where('form', '=', form)
    .executeTakeFirst()
  if (former === undefined) throw fault('http/not-found')
  return decodeBody(former.body, form)
}

/** Numbers of the lists whose status changed since they were published last, lowest first. */
export async function changedStatusLists(services: Services): Promise<readonly number[]> {
  const rows = await services.storage
    .selectFrom('status_list')
    .leftJoin('published_status', (join) =>
      join
        .onRef('published_status.list_id', '=', 'status_list.id')
        .onRef('published_status.revision', '=', 'status_list.revision'),
    )
    .select('status_list.id')
    .where('published_status.list_id', 'is', null)
    .orderBy('status_list.id')
    .execute()
  return rows.map((row) => row.id)
}

async function findList(services: Services, number: number): Promise<ListRow> {
  const list = await services.storage
    .selectFrom('status_list')
    .select(['id', 'agency_id', 'seal_maker_id', 'uri', 'size', 'revision'])
    .where('id', '=', number)
    .executeTakeFirst()
  if (list === undefined) throw fault('http/not-found')
  return list
}

async function signedState(
  services: Services,
  listId: number,
  form: StatusListForm,
): Promise<SignedState | undefined> {
  return services.storage
    .selectFrom('published_status')
    .select(['revision', 'issued_at'])
    .where('list_id', '=', listId)
    .where('form', '=', form)
    .executeTakeFirst()
}

function isCurrent(services: Services, list: ListRow, signed: SignedState): boolean {
  const ageSeconds = services.now() - signed.issued_at
  return signed.revision >= list.revision && ageSeconds < SIGN_AGAIN_AFTER_SECONDS
}

/** The last good list stays where this one cannot be published. */
async function tryToSign(
  services: Services,
  list: ListRow,
  signed: SignedState | undefined,
): Promise<void> {
  try {
    await signList(services, list)
    services.publicationFaults.clear(list.id)
  } catch (error) {
    const code = error instanceof Fault ? error.code : 'http/internal'
    services.publicationFaults.add({ list: list.id, code }, services.now())
    services.log('status/not-published', { list: list.id, code })
    if (signed === undefined) throw error
  }
}

/** What every process serves; read from the database once per version. */
async function loadSigned(
  services: Services,
  listId: number,
  form: StatusListForm,
): Promise<Published> {
  const name = `s/${listId}/${form}`
  const signed = await signedState(services, listId, form)
  const kept = signed === undefined ? undefined : services.published.find(name, stampOf(signed))
  if (kept !== undefined) return kept
  const row = await services.storage
    .selectFrom('published_status')
    .select(['revision', 'issued_at', 'body'])
    .where('list_id', '=', listId)
    .where('form', '=', form)
    .executeTakeFirstOrThrow()
  return services.published.keep(name, stampOf(row), decodeBody(row.body, form))
}

/** Of one revision and one second there is one content. */
function stampOf(signed: SignedState): string {
  return `${signed.revision}/${signed.issued_at}`
}
