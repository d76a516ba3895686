/** Names of organisations that decide, seal or are members' own, whichever register they stand in. */
import * as v from 'valibot'
import type { StorageReader } from '../storage/database.ts'

const NAME = v.object({ 'zh-CN': v.string(), en: v.string() })

/** A name in both languages. */
export interface OfficeName {
  readonly [language: string]: string
  readonly 'zh-CN': string
  readonly en: string
}

/** Names by USCC of those that are registered, as agency or as office. */
export async function registeredNames(
  reader: StorageReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OfficeName>> {
  const wanted = [...new Set(ids)]
  const rows = await Promise.all([
    reader.selectFrom('agency').select(['id', 'name']).where('id', 'in', wanted).execute(),
    reader.selectFrom('office').select(['id', 'name']).where('id', 'in', wanted).execute(),
  ])
  return new Map(rows.flat().map(({ id, name }) => [id, v.parse(NAME, JSON.parse(name))]))
}

/** Names by USCC; one that nobody registered is called by its number. */
export async function officeNames(
  reader: StorageReader,
  ids: readonly string[],
): Promise<(id: string) => OfficeName> {
  const names = await registeredNames(reader, ids)
  return (id) => names.get(id) ?? { 'zh-CN': id, en: id }
}
