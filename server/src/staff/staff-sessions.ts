/**
 * Sessions of members of staff in browsers at the API origin: an opaque id of 256 bits, stored as its hash, that ends when it is not
 * used, ten hours after its person was last seen by the identity provider, and when they or an administrator say so.
 */
import { toBase64url } from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import { recordAct } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import type { Services } from '../services.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'
import type { StaffSessionTable, StaffTable } from './staff-schema.ts'

/** Name of the cookie, before its prefix. */
export const STAFF_COOKIE = 'onetrip-staff'
/** How long a session may go unused, and how long it lasts at most (GB/T 22239-2019 §8.1.4.1; OWASP ASVS 5.0 §7.3). */
export const STAFF_SESSION_LIFE = { idleSeconds: 1800, seconds: 36_000 } as const

const ID_BYTES = 32
/** A use is noted when the last one noted is older. */
const NOTE_USE_SECONDS = 60

/** Whose session it is. */
export type SignedIn = Pick<StaffTable, 'id' | 'actor_id' | 'agency_id'>

/** A session as its person sees it. */
export type SessionEntry = Pick<StaffSessionTable, 'id' | 'signed_in_at' | 'used_at' | 'ends_at'>

/** Opens a session, an entry of the record, and answers what its cookie holds, which is not kept; sessions that are over are forgotten. */
export async function openStaffSession(
  services: Services,
  transaction: StorageTransaction,
  { member, authenticatedAt }: { readonly member: SignedIn; readonly authenticatedAt: number },
): Promise<string> {
  const secret = toBase64url(services.random(ID_BYTES))
  const now = services.now()
  await transaction.deleteFrom('staff_session').where('ends_at', '<=', now).execute()
  const row: StaffSessionTable = {
    hash: hashSecret(secret),
    id: services.newId(),
    staff_id: member.id,
    authenticated_at: authenticatedAt,
    signed_in_at: now,
    used_at: now,
    ends_at: authenticatedAt + STAFF_SESSION_LIFE.seconds,
  }
  const held = rowHold(services, [heldText('staff_session', row)])
  await recordAct(services, transaction, {
    act: 'staff/sign-in',
    agency: member.agency_id,
    actor: member.actor_id,
    facts: { member: member.id, session: row.id, row: held },
  })
  await transaction.insertInto('staff_session').values(row).execute()
  return secret
}

/** The live session of a cookie; undefined for any other. */
export async function findStaffSession(
  services: Pick<Services, 'storage' | 'now'>,
  secret: string,
): Promise<StaffSessionTable | undefined> {
  const now = services.now()
  const row = await services.storage
    .selectFrom('staff_session')
    .selectAll()
    .where('hash', '=', hashSecret(secret))
    .where('ends_at', '>', now)
    .where('used_at', '>', now - STAFF_SESSION_LIFE.idleSeconds)
    .executeTakeFirst()
  if (row !== undefined && now - row.used_at >= NOTE_USE_SECONDS) {
    await transact(services.storage, (transaction) =>
      transaction
        .updateTable('staff_session')
        .set({ used_at: now })
        .where('hash', '=', row.hash)
        .execute(),
    )
  }
  return row
}

/** The live sessions of a member, the newest first. */
export async function memberSessions(
  { now }: Pick<Services, 'now'>,
  reader: StorageReader,
  memberId: string,
): Promise<readonly SessionEntry[]> {
  return reader
    .selectFrom('staff_session')
    .select(['id', 'signed_in_at', 'used_at', 'ends_at'])
    .where('staff_id', '=', memberId)
    .where('ends_at', '>', now())
    .where('used_at', '>', now() - STAFF_SESSION_LIFE.idleSeconds)
    .orderBy('signed_in_at', 'desc')
    .orderBy('id')
    .execute()
}

/** Ends one session of a member by its id; says whether there was one. */
export async function endMemberSession(
  transaction: StorageTransaction,
  { memberId, id }: { readonly memberId: string; readonly id: string },
): Promise<boolean> {
  const ended = await transaction
    .deleteFrom('staff_session')
    .where('staff_id', '=', memberId)
    .where('id', '=', id)
    .returning('id')
    .execute()
  return ended.length > 0
}

/** Ends all sessions of a member. */
export async function endMemberSessions(
  transaction: StorageTransaction,
  memberId: string,
): Promise<void> {
  await transaction.deleteFrom('staff_session').where('staff_id', '=', memberId).execute()
}
