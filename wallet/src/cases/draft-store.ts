/**
 * What somebody has typed and not sent: answers of a matter that is not begun, values of a form that is not saved; so a page that is
 * loaded again loses nothing. Values are kept in the open, so where the wallet has a lock they are not kept here at all.
 */
import { deleteStore, openStore, type Store } from '@onetrip/ui'
import { DRAFTS_DATABASE } from '../kiosk.ts'
import type { Texts } from './case-api.ts'
import { type MatterDraft, parseDraft, parseValues } from './draft-shape.ts'

/** What lies on the disk may be damaged, or a later version's. */
interface DraftSchema {
  readonly matters: unknown
  readonly forms: unknown
}

/** The draft of a matter; nothing where there is none that this version can read. */
export async function readDraft(matter: string): Promise<MatterDraft | undefined> {
  return parseDraft(await using((store) => store.get('matters', matter)).catch(() => undefined))
}

/** Keeps a draft, or forgets it. What cannot be kept lives as long as the page. */
export async function keepDraft(matter: string, draft: MatterDraft | undefined): Promise<void> {
  await using((store) =>
    draft === undefined ? store.delete('matters', matter) : store.put('matters', matter, draft),
  ).catch(() => undefined)
}

/** The values of a case's form that were not saved. */
export async function readValues(caseId: string): Promise<Texts> {
  return parseValues(await using((store) => store.get('forms', caseId)).catch(() => undefined))
}

/** Keeps values that were not saved; with none it forgets them. */
export async function keepValues(caseId: string, values: Texts): Promise<void> {
  await using((store) =>
    Object.keys(values).length === 0
      ? store.delete('forms', caseId)
      : store.put('forms', caseId, values),
  ).catch(() => undefined)
}

/** Ids of the cases for which values lie here. */
export function casesTypedFor(): Promise<readonly string[]> {
  return using((store) => store.keys('forms'))
}

/** Deletes all of it. */
export function wipeDrafts(): Promise<void> {
  return deleteStore(DRAFTS_DATABASE)
}

async function using<Value>(work: (store: Store<DraftSchema>) => Promise<Value>): Promise<Value> {
  const store = await openStore<DraftSchema>({
    name: DRAFTS_DATABASE,
    version: 1,
    boxes: ['matters', 'forms'],
  })
  try {
    return await work(store)
  } finally {
    store.close()
  }
}
