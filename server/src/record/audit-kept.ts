/** The part of the record's audit that is about credentials which a restore lost and people revoked: their places read revoked for ever. */
import { STATUS } from '@onetrip/status'
import type { Services } from '../services.ts'
import type { RecordFault } from './audit.ts'
import { actsOf } from './audit-rows.ts'

/** The first such place that does not read revoked. */
export async function keptFault({ storage }: Services): Promise<RecordFault | undefined> {
  for await (const acts of actsOf(storage, 'credential/revoke-lost')) {
    for (const { place, facts } of acts) {
      const row = await storage
        .selectFrom('kept_status')
        .select('status')
        .where('list_id', '=', Number(facts.get('list')))
        .where('idx', '=', Number(facts.get('index')))
        .executeTakeFirst()
      if (row?.status !== STATUS.revoked) return { table: 'kept_status', place }
    }
  }
  return undefined
}
