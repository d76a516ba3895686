/** What citizens do by themselves, in the record: under a name that only this server can tell is theirs. */
import { createHmac } from 'node:crypto'
import { type Act, recordAct } from '../record/append.ts'
import type { Services } from '../services.ts'
import type { SessionTable } from '../sessions/session-schema.ts'
import { endSession, endSessionsOf, type OpenedSession, openSession } from '../sessions/sessions.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'

/**
 * Records what a citizen did. Rows of the record stay for ever, so it names a person by an HMAC of their `sub` under a key of
 * this server: one person's acts belong together, and without the key they are nobody's.
 */
export async function recordCitizen(
  services: Services,
  transaction: StorageTransaction,
  { subject, facts, act }: Pick<Act, 'act' | 'facts'> & { readonly subject: string },
): Promise<void> {
  const person = personName(services, subject)
  await recordAct(services, transaction, { act, facts: { ...facts, person } })
}

/** What the record calls a person: only this server can tell whose name it is. */
export function personName({ keys }: Pick<Services, 'keys'>, subject: string): string {
  return createHmac('sha256', keys.secret('record-person')).update(subject).digest('base64url')
}

/** Opens a citizen's session, and records it. */
export async function signIn(
  services: Services,
  transaction: StorageTransaction,
  session: Pick<SessionTable, 'carrier' | 'subject' | 'person'>,
): Promise<OpenedSession> {
  const { carrier, subject } = session
  await recordCitizen(services, transaction, {
    act: 'citizen/sign-in',
    subject,
    facts: { carrier },
  })
  return openSession(services, transaction, session)
}

/** Ends one session of a citizen by its hash, or all of them, and records it. */
export async function signOut(
  services: Services,
  { subject, session }: { readonly subject: string; readonly session?: string },
): Promise<void> {
  await transact(services.storage, async (transaction) => {
    if (session === undefined) await endSessionsOf(transaction, { subject })
    else await endSession(transaction, session)
    const facts = { everywhere: session === undefined ? 1 : 0 }
    await recordCitizen(services, transaction, { act: 'citizen/sign-out', subject, facts })
  })
}
