/**
 * How a wallet, which is another origin, gets a session: a code in the fragment of its address, good once and for a minute, that only
 * the window which began the sign-in can exchange, for it alone knows the verifier behind the challenge (as RFC 7636 §4).
 */
import { createHash } from 'node:crypto'
import { fault, toBase64url } from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import type { Services } from '../services.ts'
import type { OpenedSession } from '../sessions/sessions.ts'
import { transact } from '../storage/database.ts'
import { type Person, parsePerson } from './citizen.ts'
import { signIn } from './citizen-acts.ts'

const CODE_BYTES = 32

/** How long a wallet's code lives. */
export const WALLET_CODE_SECONDS = 60

/** Makes a code, 43 base64url characters, and forgets those that are over. */
export async function makeWalletCode(
  services: Services,
  grant: { readonly person: Person; readonly challenge: string },
): Promise<string> {
  const code = toBase64url(services.random(CODE_BYTES))
  const now = services.now()
  await transact(services.storage, async (transaction) => {
    await transaction.deleteFrom('sign_in_code').where('expires_at', '<=', now).execute()
    await transaction
      .insertInto('sign_in_code')
      .values({
        hash: hashSecret(code),
        challenge: grant.challenge,
        person: JSON.stringify(grant.person),
        expires_at: now + WALLET_CODE_SECONDS,
      })
      .execute()
  })
  return code
}

/** Exchanges a code for a session; whoever comes without its verifier uses it up. Throws `sign-in/code`. */
export async function exchangeWalletCode(
  services: Services,
  asked: { readonly code: string; readonly verifier: string },
): Promise<OpenedSession> {
  const opened = await transact(services.storage, async (transaction) => {
    const row = await transaction
      .deleteFrom('sign_in_code')
      .where('hash', '=', hashSecret(asked.code))
      .returning(['challenge', 'person', 'expires_at'])
      .executeTakeFirst()
    if (row === undefined || row.expires_at <= services.now()) return undefined
    if (row.challenge !== challengeOf(asked.verifier)) return undefined
    const { subject } = parsePerson(row.person)
    return signIn(services, transaction, { carrier: 'bearer', subject, person: row.person })
  })
  // Thrown after the commit: a code that was tried is gone.
  if (opened === undefined) throw fault('sign-in/code')
  return opened
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier, 'ascii').digest('base64url')
}
