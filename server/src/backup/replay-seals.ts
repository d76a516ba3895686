/** A seal that was published as suspended or revoked after the backup is suspended or cancelled, by the act that does so otherwise. */
import { STATUS } from '@onetrip/status'
import { addEvent, setSealState } from '../seals/seal-rows.ts'
import type { Services } from '../services.ts'
import type { StorageTransaction } from '../storage/database.ts'

const REASON = '自备份恢复：已公布的状态'
/** From these a seal may still be ended. */
const LIVING: readonly string[] = ['made', 'in-use', 'suspended']

/** An index with what was published of it. */
export interface PublishedStatus {
  readonly idx: number
  readonly status: number
}

/** Ends what has to end; answers the indices of the list that are seals of this database. */
export async function replaySeals(
  services: Services,
  transaction: StorageTransaction,
  of: {
    readonly listId: number
    readonly missing: readonly PublishedStatus[]
    readonly actorId: string
  },
): Promise<ReadonlySet<number>> {
  const { listId, missing, actorId } = of
  const seals = await transaction
    .selectFrom('seal')
    .selectAll()
    .where('list_id', '=', listId)
    .execute()
  const done = new Set<number>()
  for (const { idx, status } of missing) {
    const seal = seals.find((one) => one.idx === idx)
    if (seal === undefined || !LIVING.includes(seal.state)) continue
    const isRevoked = status === STATUS.revoked
    if (!isRevoked && seal.state !== 'in-use') continue
    const next = isRevoked
      ? ({ state: 'cancelled', status: 'revoked' } as const)
      : ({ state: 'suspended', status: 'suspended' } as const)
    await setSealState(transaction, seal, next)
    await addEvent(services, transaction, {
      seal_id: seal.id,
      act: isRevoked ? 'cancel' : 'suspend',
      reason: REASON,
      actor_id: actorId,
    })
    done.add(idx)
  }
  return done
}
