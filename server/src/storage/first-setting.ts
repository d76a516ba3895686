/** What the first process on a new database said of itself, to which every later one is held. */
import { type Storage, transact } from './database.ts'

/** The value of a setting: `value` where there was none. Processes that start together agree on the first one's. */
export function firstSetting(
  storage: Storage,
  { name, value }: { readonly name: string; readonly value: string },
): Promise<string> {
  return transact(storage, async (transaction) => {
    await transaction
      .insertInto('setting')
      .values({ name, value })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const known = await transaction
      .selectFrom('setting')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirstOrThrow()
    return known.value
  })
}
