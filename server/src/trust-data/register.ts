/** Registering what people sign for: each registration that changes something is an entry of the record. */
import { type Act, recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'

/** Registers in one transaction with its entry; where nothing changed, as at each start of a demonstration, there is none. */
export async function register(
  services: Services,
  act: Act,
  change: (transaction: StorageTransaction) => Promise<unknown>,
): Promise<void> {
  await transact(services.storage, async (transaction) => {
    const before = await revisionOf(transaction)
    await change(transaction)
    if ((await revisionOf(transaction)) > before) await recordAct(services, transaction, act)
  })
}

/** Triggers raise it with each change of what the trust list is made of. */
async function revisionOf(reader: StorageReader): Promise<number> {
  const { revision } = await reader
    .selectFrom('trust_revision')
    .select('revision')
    .executeTakeFirstOrThrow()
  return revision
}
