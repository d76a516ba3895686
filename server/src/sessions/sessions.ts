/**
 * Sessions of people who signed in: an opaque id of 256 bits, stored as its hash, that ends when it is not used, at a fixed
 * time whatever happens, and when its person says so. Who the person is stays with the caller (`person`, JSON text).
 */
import { toBase64url } from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import type { SessionTable } from './session-schema.ts'

const ID_BYTES = 32
/** A use is noted when the last one noted is older. */
const NOTE_USE_SECONDS = 60

/** How long a session may go unused, and how long it lasts at most. */
export const SESSION_LIFE = {
  cookie: { idleSeconds: 1800, seconds: 28_800 },
  bearer: { idleSeconds: 900, seconds: 900 },
} as const

/** An opened session; `id` is told once and not kept. */
export interface OpenedSession {
  readonly id: string
  /** Unix seconds. */
  readonly endsAt: number
}

/** Opens a session; those that are over are forgotten. */
export async function openSession(
  services: Pick<Services, 'now' | 'random'>,
  transaction: StorageTransaction,
  session: Pick<SessionTable, 'carrier' | 'subject' | 'person'>,
): Promise<OpenedSession> {
  const id = toBase64url(services.random(ID_BYTES))
  const now = services.now()
  const endsAt = now + SESSION_LIFE[session.carrier].seconds
  await transaction.deleteFrom('session').where('ends_at', '<=', now).execute()
  await transaction
    .insertInto('session')
    .values({ ...session, hash: hashSecret(id), signed_in_at: now, used_at: now, ends_at: endsAt })
    .execute()
  return { id, endsAt }
}

/** The live session of an id that came as a cookie or as a bearer; undefined for any other. */
export async function findSession(
  services: Pick<Services, 'storage' | 'now'>,
  carrier: SessionTable['carrier'],
  id: string | undefined,
): Promise<SessionTable | undefined> {
  if (id === undefined) return undefined
  const now = services.now()
  const row = await services.storage
    .selectFrom('session')
    .selectAll()
    .where('hash', '=', hashSecret(id))
    .where('carrier', '=', carrier)
    .where('ends_at', '>', now)
    .where('used_at', '>', now - SESSION_LIFE[carrier].idleSeconds)
    .executeTakeFirst()
  if (row !== undefined && now - row.used_at >= NOTE_USE_SECONDS) {
    await transact(services.storage, (transaction) =>
      transaction
        .updateTable('session')
        .set({ used_at: now })
        .where('hash', '=', row.hash)
        .execute(),
    )
  }
  return row
}

/** Ends a session by its hash. */
export async function endSession(transaction: StorageTransaction, hash: string): Promise<void> {
  await transaction.deleteFrom('session').where('hash', '=', hash).execute()
}

/** Ends all sessions of a person, but the one with the hash `except` where one is named. */
export async function endSessionsOf(
  transaction: StorageTransaction,
  person: { readonly subject: string; readonly except?: string },
): Promise<void> {
  const query = transaction.deleteFrom('session').where('subject', '=', person.subject)
  await (person.except === undefined ? query : query.where('hash', '!=', person.except)).execute()
}
