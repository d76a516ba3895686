/** The life of a seal after its making (国办发〔2025〕33号): registered, used, suspended, changed, cancelled. */
import { fault } from '@onetrip/codec'
import type { LicenceStatus } from '@onetrip/status'
import type { Actor } from '../rights/actor.ts'
import { assertOtherPerson, isSamePerson } from '../rights/other-person.ts'
import type { Services } from '../services.ts'
import {
  isUniqueViolation,
  type StorageReader,
  type StorageTransaction,
  transact,
} from '../storage/database.ts'
import type { SealEventTable, SealTable } from '../storage/seal-schema.ts'
import { REQUEST_SECONDS } from './request-use.ts'
import { addEvent, assertMaker, assertOwner, loadSeal, setSealState } from './seal-rows.ts'

/** Steps that are taken by name. */
export type SealStep = 'register' | 'suspend' | 'resume' | 'cancel'

interface Step {
  readonly from: readonly SealTable['state'][]
  readonly to: SealTable['state']
  readonly status: LicenceStatus
  readonly by: 'maker' | 'owner'
}

const STEPS: Readonly<Record<SealStep, Step>> = {
  register: { from: ['made'], to: 'in-use', status: 'valid', by: 'maker' },
  suspend: { from: ['in-use', 'suspended'], to: 'suspended', status: 'suspended', by: 'owner' },
  resume: { from: ['suspended'], to: 'in-use', status: 'valid', by: 'owner' },
  cancel: {
    from: ['made', 'in-use', 'suspended'],
    to: 'cancelled',
    status: 'revoked',
    by: 'owner',
  },
}

/** All of them. */
export const SEAL_STEPS: readonly SealStep[] = ['register', 'suspend', 'resume', 'cancel']

/**
 * Takes a step; where it is taken already, nothing changes. When a seal is registered that replaces another, that one ends in
 * the same transaction. A suspension is lifted by two people (facts/threats.md O11): the first one's `resume` asks for it, another's does it within a week, and
 * `suspend` takes the asking back. Throws `auth/forbidden`, `seal/not-found`, `seal/state`, which is also what an agency gets that
 * issues licences under another seal, which this one does not replace, and `approval/same-person` for a system that would agree.
 */
export async function takeStep(
  services: Services,
  wanted: {
    readonly actor: Actor
    readonly sealId: string
    readonly step: SealStep
    readonly reason: string
  },
): Promise<SealTable['state']> {
  const { actor, sealId, step, reason } = wanted
  const { from, to, status, by } = STEPS[step]
  return transact(services.storage, async (transaction) => {
    const seal = await loadSeal(transaction, actor, sealId)
    if (by === 'maker') assertMaker(actor, seal.seal_maker_id)
    else assertOwner(actor, seal, 'own-seals')
    const asker =
      seal.state === 'suspended' ? await askerOf(services, transaction, sealId) : undefined
    if (seal.state === to && asker === undefined) return to
    if (!from.includes(seal.state)) throw fault('seal/state')
    const event = { reason, actor_id: actor.actorId }
    if (step === 'resume') {
      if (asker === undefined) {
        await addEvent(services, transaction, { ...event, seal_id: sealId, act: 'ask-resume' })
        return seal.state
      }
      if (await isSamePerson(transaction, asker, actor.actorId)) return seal.state
      await assertOtherPerson(transaction, actor, asker)
    }
    if (step === 'register' && seal.replaces !== null) {
      await endReplaced(services, transaction, { ...event, seal_id: seal.replaces })
    }
    await setSealState(transaction, seal, { state: to, status }).catch((error: unknown) => {
      if (isUniqueViolation(error)) throw fault('seal/state', 'licences have another seal')
      throw error
    })
    await addEvent(services, transaction, { ...event, seal_id: sealId, act: step })
    return to
  })
}

/** Refuses an application, for its maker. Throws as {@link takeStep}. */
export async function refuseApplication(
  services: Services,
  wanted: { readonly actor: Actor; readonly sealId: string; readonly reason: string },
): Promise<SealTable['state']> {
  const { actor, sealId, reason } = wanted
  return transact(services.storage, async (transaction) => {
    const seal = await loadSeal(transaction, actor, sealId)
    assertMaker(actor, seal.seal_maker_id)
    if (seal.state === 'refused') return seal.state
    if (seal.state !== 'applied') throw fault('seal/state')
    await transaction
      .updateTable('seal')
      .set({ state: 'refused' })
      .where('id', '=', sealId)
      .execute()
    const event = { seal_id: sealId, act: 'refuse', reason, actor_id: actor.actorId } as const
    await addEvent(services, transaction, event)
    return 'refused'
  })
}

/** The person who asked for the suspension to be lifted, where that is the last that was done, and waits still; a system is not one of the two. */
async function askerOf(
  { now }: Pick<Services, 'now'>,
  reader: StorageReader,
  sealId: string,
): Promise<string | undefined> {
  const last = await reader
    .selectFrom('seal_event')
    .innerJoin('actor', 'actor.id', 'seal_event.actor_id')
    .select(['act', 'actor_id', 'at', 'kind'])
    .where('seal_id', '=', sealId)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
  const waits =
    last?.act === 'ask-resume' && last.kind === 'person' && last.at + REQUEST_SECONDS > now()
  return waits ? last.actor_id : undefined
}

async function endReplaced(
  services: Services,
  transaction: StorageTransaction,
  event: Pick<SealEventTable, 'seal_id' | 'reason' | 'actor_id'>,
): Promise<void> {
  const before = await transaction
    .selectFrom('seal')
    .select(['id', 'list_id', 'state'])
    .where('id', '=', event.seal_id)
    .executeTakeFirstOrThrow()
  if (before.state !== 'in-use' && before.state !== 'suspended') return
  await setSealState(transaction, before, { state: 'changed', status: 'revoked' })
  await addEvent(services, transaction, { ...event, act: 'change' })
}
