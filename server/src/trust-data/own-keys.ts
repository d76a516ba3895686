/**
 * What an administrator does with the keys of their organisation, and with what the server itself signs of the trust data. What needs
 * people's offline keys (a root, targets, hence a revocation that stands in the trust list) is done by whoever has the server.
 */
import { fault } from '@onetrip/codec'
import { recordAct } from '../record/append.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { isUniqueViolation, transact } from '../storage/database.ts'
import type { KeyPurpose } from './agencies.ts'
import { announceNamed, type LivingKey, listKeys, retireKey } from './key-lives.ts'
import { publishRepository } from './publish-repository.ts'

const DAY_SECONDS = 86_400
/** Verifiers without a network know a key once it has been listed for thirty days; five more are for whoever signs the targets. */
const LEAD_SECONDS = 35 * DAY_SECONDS
/** Of one purpose, that have not begun: one that was retired meanwhile counts, or announcing and retiring would make keys without end. */
const MAX_UNBEGUN = 3

/** The next key that is asked for. */
export interface NextKeyRequest {
  readonly purpose: KeyPurpose
  /** Id of the newest key of this purpose as whoever asks saw it: the one after it is made once, whoever asks for it how often. */
  readonly after: string
}

/** A timestamp of the trust repository. */
export interface LastPublication {
  readonly version: number
  /** Unix seconds. */
  readonly signedAt: number
  /** Unix seconds. */
  readonly expiresAt: number
}

/**
 * Announces the next key of the actor's organisation: it signs in 35 days, sooner where none else would by then, or at once where none does. Answers its id, also where
 * it is there already. Throws `auth/forbidden`, `own-key/not-found` for another `after`, `own-key/next-announced` while that one has
 * not begun or is not listed, `own-key/too-many` while three have not begun, retired or not, `key/unavailable`.
 */
export async function announceNextKey(
  services: Services,
  { actor, request }: { readonly actor: Actor; readonly request: NextKeyRequest },
): Promise<string> {
  assertAllowed(actor, 'manage-keys')
  const { purpose, after } = request
  const keys = await ownKeys(services, actor, purpose)
  const at = keys.findIndex(({ id }) => id === after)
  const newest = keys[at]
  if (newest === undefined) throw fault('own-key/not-found')
  const there = keys[at + 1]
  if (there !== undefined) return there.id
  if (isComing(newest)) throw fault('own-key/next-announced')
  const now = services.now()
  if (keys.filter((key) => key.notBefore > now).length >= MAX_UNBEGUN) {
    throw fault('own-key/too-many')
  }
  const today = now - (now % DAY_SECONDS)
  // No day without a key: where the last one that signs ends sooner, the next begins as it does.
  const ends = keys.filter(({ state }) => state === 'active').map(lastSecondOf)
  const notBefore = Math.max(today, Math.min(today + LEAD_SECONDS, Math.max(...ends)))
  const { agencyId: owner } = actor
  const id = `${owner.toLowerCase()}-${purpose}-${keys.length + 1}`
  try {
    await announceNamed(services, { id, owner, purpose, notBefore, actor })
  } catch (error) {
    // Somebody was first: the key is there.
    if (!isUniqueViolation(error)) throw error
  }
  return id
}

/**
 * From this moment on a key of the actor's organisation signs no more; one that is retired stays as it is. Throws `auth/forbidden`,
 * `own-key/not-found`, `own-key/no-other`.
 */
export async function retireOwnKey(
  services: Services,
  { actor, keyId }: { readonly actor: Actor; readonly keyId: string },
): Promise<void> {
  assertAllowed(actor, 'manage-keys')
  const key = (await ownKeys(services, actor)).find(({ id }) => id === keyId)
  if (key === undefined) throw fault('own-key/not-found')
  const at = services.now()
  if (key.retiredAt !== null && key.retiredAt <= at) return
  await retireKey(services, { keyId, at, actor })
}

/** Publishes what the server's own keys sign, and answers the timestamp in force. Throws `auth/forbidden`, `trust/unavailable`. */
export async function publishForActor(services: Services, actor: Actor): Promise<LastPublication> {
  assertAllowed(actor, 'manage-keys')
  const { actorId, agencyId } = actor
  await transact(services.storage, (transaction) =>
    recordAct(services, transaction, { act: 'trust/refresh', agency: agencyId, actor: actorId }),
  )
  const { version, signed_at: signedAt, expires_at: expiresAt } = await publishRepository(services)
  return { version, signedAt, expiresAt }
}

/** In the order in which they were announced. */
async function ownKeys(
  services: Services,
  { agencyId }: Actor,
  purpose?: KeyPurpose,
): Promise<readonly LivingKey[]> {
  const own = (await listKeys(services)).filter(
    (key) => key.owner === agencyId && (purpose === undefined || key.purpose === purpose),
  )
  return own.sort((one, other) => numberIn(one.id) - numberIn(other.id))
}

function numberIn(keyId: string): number {
  return Number(keyId.slice(keyId.lastIndexOf('-') + 1))
}

function lastSecondOf({ notAfter, retiredAt }: LivingKey): number {
  return Math.min(notAfter, retiredAt ?? notAfter)
}

function isComing({ state, listedAt }: LivingKey): boolean {
  return state === 'announced' || (state === 'active' && listedAt === null)
}
