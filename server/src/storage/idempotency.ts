/**
 * A retry never acts twice: the answer is kept, sealed, in the transaction that acted, unique by
 * actor and key (draft-ietf-httpapi-idempotency-key-header; promise O4).
 */
import { createHash } from 'node:crypto'
import { fault, fromBase64url, toBase64url, utf8Decode, utf8Encode } from '@onetrip/codec'
import { openRecord, sealRecord } from '../keys/sealed-box.ts'
import type { Services } from '../services.ts'
import type { StorageTransaction } from './database.ts'

/** Answers are kept for 30 days at least; older ones go when the next one is saved. */
export const KEEP_ANSWER_DAYS = 30
const KEEP_ANSWER_SECONDS: number = KEEP_ANSWER_DAYS * 86_400

const KEY = /^[\x21-\x7e]{1,128}$/

/** A request that may be repeated. */
export interface RepeatableRequest {
  readonly actorId: string
  /** `Idempotency-Key` as received, 1 to 128 visible ASCII characters. */
  readonly key: string
  /** Route and received body bytes, hashed by {@link requestHash}. */
  readonly requestHash: string
}

/** Checks an `Idempotency-Key` header; throws `idempotency/missing`, `idempotency/format`. */
export function parseIdempotencyKey(header: string | undefined): string {
  if (header === undefined) throw fault('idempotency/missing')
  if (!KEY.test(header)) throw fault('idempotency/format')
  return header
}

/** A route as one organisation uses it: the same request in the name of another is another one. */
export function routeAs({ agencyId }: { readonly agencyId: string }, route: string): string {
  return `${agencyId} ${route}`
}

/** SHA-256 over the route and the exact body bytes, base64url. */
export function requestHash(route: string, body: Uint8Array): string {
  return createHash('sha256').update(`${route}\n`).update(body).digest('base64url')
}

/**
 * The answer given before to the same request; undefined when there is none. Throws
 * `idempotency/key-reused` when the key came with another body or to another route.
 */
async function findAnswer(
  transaction: StorageTransaction,
  options: { readonly request: RepeatableRequest; readonly sealingKey: Uint8Array },
): Promise<string | undefined> {
  const { request, sealingKey } = options
  const row = await transaction
    .selectFrom('idempotency')
    .select(['request_hash', 'answer'])
    .where('actor_id', '=', request.actorId)
    .where('key', '=', request.key)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.request_hash !== request.requestHash) throw fault('idempotency/key-reused')
  return utf8Decode(openRecord(sealingKey, context(request), fromBase64url(row.answer)))
}

/** Keeps the answer for retries, at least {@link KEEP_ANSWER_DAYS} days; forgets what is older. */
async function saveAnswer(
  transaction: StorageTransaction,
  options: {
    readonly request: RepeatableRequest
    readonly sealingKey: Uint8Array
    readonly answer: string
    readonly now: number
  },
): Promise<void> {
  const { request, sealingKey, answer, now } = options
  await transaction
    .deleteFrom('idempotency')
    .where('created_at', '<', now - KEEP_ANSWER_SECONDS)
    .execute()
  await transaction
    .insertInto('idempotency')
    .values({
      actor_id: request.actorId,
      key: request.key,
      request_hash: request.requestHash,
      answer: toBase64url(sealRecord(sealingKey, context(request), utf8Encode(answer))),
      created_at: now,
    })
    .execute()
}

/** The answer that was given to this request before, else the one that `make` gives, which is kept with what it did. */
export async function answerOnce(
  services: Pick<Services, 'keys' | 'now'>,
  transaction: StorageTransaction,
  options: {
    readonly request: RepeatableRequest | undefined
    readonly make: () => Promise<string>
  },
): Promise<string> {
  const { request, make } = options
  if (request === undefined) return make()
  const sealingKey = services.keys.secret('idempotency')
  const known = await findAnswer(transaction, { request, sealingKey })
  if (known !== undefined) return known
  const answer = await make()
  await saveAnswer(transaction, { request, sealingKey, answer, now: services.now() })
  return answer
}

function context(request: RepeatableRequest): string {
  return `idempotency/${request.actorId}/${request.key}`
}
