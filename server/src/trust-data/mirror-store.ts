/** Where the server keeps recognised jurisdictions' repositories: a table, all changes of one save or none. */
import { fromBase64url, toBase64url } from '@onetrip/codec'
import type { TufStore } from '@onetrip/trust'
import { type Storage, transact } from '../storage/database.ts'

/** The table `mirror_file` as the store of a client. */
export function mirrorStore(storage: Storage): TufStore {
  return {
    load: async (name) => {
      const row = await storage
        .selectFrom('mirror_file')
        .select('body')
        .where('name', '=', name)
        .executeTakeFirst()
      return row === undefined ? undefined : fromBase64url(row.body)
    },
    save: (changes) =>
      transact(storage, async (transaction) => {
        for (const [name, bytes] of changes) {
          if (bytes === null) {
            await transaction.deleteFrom('mirror_file').where('name', '=', name).execute()
            continue
          }
          const body = toBase64url(bytes)
          await transaction
            .insertInto('mirror_file')
            .values({ name, body })
            .onConflict((conflict) => conflict.column('name').doUpdateSet({ body }))
            .execute()
        }
      }),
  }
}
