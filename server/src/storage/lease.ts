/**
 * Work that one of several server processes does at a time. A lease is for what may happen twice without harm, and costs others
 * something when it does: clocks differ, and a process may be slower than its lease is long.
 */
import type { Services } from '../services.ts'
import { transact } from './database.ts'

/** What is done once at a time. */
export interface LeasedWork {
  readonly name: string
  /** How long a process that dies keeps all others from it. */
  readonly seconds: number
  readonly work: () => Promise<void>
}

/** Does `work` unless another process is doing it; answers whether it did. */
export async function withLease(
  services: Pick<Services, 'storage' | 'now' | 'newId'>,
  { name, seconds, work }: LeasedWork,
): Promise<boolean> {
  const holder = services.newId()
  if (!(await claim(services, { name, seconds, holder }))) return false
  try {
    await work()
  } finally {
    await release(services, { name, holder })
  }
  return true
}

function claim(
  { storage, now }: Pick<Services, 'storage' | 'now'>,
  {
    name,
    seconds,
    holder,
  }: { readonly name: string; readonly seconds: number; readonly holder: string },
): Promise<boolean> {
  return transact(storage, async (transaction) => {
    const until = now() + seconds
    const claimed = await transaction
      .insertInto('lease')
      .values({ name, holder, until })
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet({ holder, until }).where('lease.until', '<=', now()),
      )
      .executeTakeFirst()
    return claimed.numInsertedOrUpdatedRows === 1n
  })
}

async function release(
  { storage }: Pick<Services, 'storage'>,
  { name, holder }: { readonly name: string; readonly holder: string },
): Promise<void> {
  await transact(storage, async (transaction) => {
    await transaction
      .deleteFrom('lease')
      .where('name', '=', name)
      .where('holder', '=', holder)
      .execute()
  })
}
