/** Which matters are brought to an office, by the registered catalogue: what its counters act in unless people say otherwise. */
import { parseJson } from '@onetrip/codec'
import { MAX_MATTERS } from '@onetrip/credential'
import { type Matter, parseMatterCatalogue, TARGET } from '@onetrip/trust'
import type { Services } from '../services.ts'
import type { StorageTransaction } from '../storage/database.ts'

/** The matters of an office in the catalogue's order; none where no catalogue is registered. */
export async function officeMatters(
  storage: Services['storage'] | StorageTransaction,
  officeId: string,
): Promise<readonly Matter[]> {
  const row = await storage
    .selectFrom('trust_document')
    .select('body')
    .where('path', '=', TARGET.catalogue)
    .executeTakeFirst()
  if (row === undefined) return []
  const matters = parseMatterCatalogue(parseJson(row.body))
  // A certificate holds no more.
  return matters.filter(({ offices }) => offices.includes(officeId)).slice(0, MAX_MATTERS)
}
