/** What members do with their sessions, and administrators with those of others: each an entry of the record. */
import { fault } from '@onetrip/codec'
import { recordAct } from '../record/append.ts'
import type { Actor, ActorSession } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { assertWorksHereAlone } from './grants.ts'
import { isOwnMember } from './list-staff.ts'
import { loadMember } from './load-member.ts'
import { endMemberSession, endMemberSessions } from './staff-sessions.ts'

/** Ends one session of the member who asks; throws `staff/not-found` for one that is not theirs or is over. */
export async function endOwnSession(
  services: Services,
  {
    actor,
    session,
    id,
  }: { readonly actor: Actor; readonly session: ActorSession; readonly id: string },
): Promise<void> {
  const { memberId } = session
  await transact(services.storage, async (transaction) => {
    if (!(await endMemberSession(transaction, { memberId, id }))) throw fault('staff/not-found')
    await recordSignOut(services, transaction, { actor, memberId, isEverywhere: false })
  })
}

/** Ends all sessions of a member: their own, or as an administrator of the only organisation in which they have roles; `staff/not-found`, `staff/works-elsewhere`. */
export async function signOutEverywhere(
  services: Services,
  { actor, memberId }: { readonly actor: Actor; readonly memberId: string },
): Promise<void> {
  const isOwn = actor.session?.memberId === memberId
  if (!isOwn && !(await isOwnMember(services, actor, memberId))) throw fault('staff/not-found')
  await transact(services.storage, async (transaction) => {
    const { agencyId } = actor
    if (!isOwn) await assertWorksHereAlone(services, transaction, { agencyId, memberId })
    await endMemberSessions(transaction, memberId)
    await recordSignOut(services, transaction, { actor, memberId, isEverywhere: true })
  })
}

async function recordSignOut(
  services: Services,
  transaction: StorageTransaction,
  of: { readonly actor: Actor; readonly memberId: string; readonly isEverywhere: boolean },
): Promise<void> {
  const { agency_id: agency } = await loadMember(transaction, of.memberId)
  await recordAct(services, transaction, {
    act: 'staff/sign-out',
    agency,
    actor: of.actor.actorId,
    facts: { member: of.memberId, everywhere: of.isEverywhere ? 1 : 0 },
  })
}
