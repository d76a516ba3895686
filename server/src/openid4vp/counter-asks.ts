/**
 * A counter asks over the network by its own key: no API key lies at a counter. What it asks is part of what it signs, and its
 * certificate says in which matters it may. It gets the presentations and judges them by its own trust data.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { fault, jwkThumbprint } from '@onetrip/codec'
import * as v from 'valibot'
import { ensureActor } from '../actors/api-keys.ts'
import { spendNonce } from '../enrolment/ask-enrolment.ts'
import { type CounterWish, verifyCounterProof } from '../enrolment/counter-proof.ts'
import { mattersOf } from '../enrolment/office-counters.ts'
import { parseInput } from '../http/read-request.ts'
import { recordAct } from '../record/append.ts'
import { keyGrant } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import type { CounterTable } from '../storage/schema.ts'
import { type Asker, type OpenedVerification, openVerification } from './open-verification.ts'
import { SHOWN } from './shown-presentations.ts'
import { openResult } from './verification-content.ts'
import { OPEN_REQUEST } from './verification-request.ts'
import { stateOf } from './verification-result.ts'
import { ownRow } from './verification-rows.ts'

/** A request that was opened for a counter. */
export interface OpenedForCounter extends OpenedVerification {
  /** With which it asks how the request stands. */
  readonly stateToken: string
}

/** How a counter's request stands, and what was shown once it was answered. */
export interface CounterAnswer {
  readonly state: ReturnType<typeof stateOf>
  readonly presentations?: readonly {
    readonly queryId: string
    readonly presentation: string
  }[]
}

/**
 * Opens a request that a counter signed. Throws `enrolment/proof`, `enrolment/nonce`, `counter/not-found`, `counter/denied`,
 * `counter/expired`, `request/matter` (not a matter of its certificate), `input/*`, and what {@link openVerification} throws.
 */
export async function openForCounter(services: Services, proof: string): Promise<OpenedForCounter> {
  const { counter, asker, wish } = await provedCounter(services, proof, 'ask')
  if (wish.act !== 'ask') throw new TypeError('a proof of another act')
  const request = parseInput(OPEN_REQUEST, wish.request)
  // The office is the counter's, and the answer comes to the counter.
  if (request.office !== undefined || request.redirectUri !== undefined)
    throw fault('input/invalid')
  if (!mattersOf(counter).includes(request.matter)) throw fault('request/matter')
  const opened = await openVerification(services, { actor: asker, request, forCounter: true })
  return { ...opened, stateToken: stateToken(services, opened.id) }
}

/**
 * How a request stands, and nothing else, for whoever has its token: a counter asks every 2 s, and a proof each time would use up a nonce.
 * Throws `request/not-found`.
 */
export async function stateForCounter(
  services: Services,
  { id, stateToken: given }: { readonly id: string; readonly stateToken: string },
): Promise<Pick<CounterAnswer, 'state'>> {
  const [own, other] = [stateToken(services, id), given].map((text) => Buffer.from(text, 'utf8'))
  const isOwn = own?.length === other?.length && own && other && timingSafeEqual(own, other)
  if (!isOwn) throw fault('request/not-found')
  const row = await services.storage
    .selectFrom('verification')
    .select(['state', 'expires_at'])
    .where('id', '=', id)
    .where('forget_at', '>', services.now())
    .executeTakeFirst()
  if (row === undefined) throw fault('request/not-found')
  return { state: stateOf(services, row) }
}

/**
 * Ends a request of this counter: what comes for it afterwards is `request/expired`. One that is over stays as it is. Throws as
 * {@link answerForCounter}.
 */
export async function closeForCounter(
  services: Services,
  proof: string,
): Promise<Pick<CounterAnswer, 'state'>> {
  const { asker, wish } = await provedCounter(services, proof, 'close')
  const row = await ownRow(services, asker, idOf(wish))
  const now = services.now()
  await transact(services.storage, async (transaction) => {
    const closed = await transaction
      .updateTable('verification')
      .set({ expires_at: now })
      .where('id', '=', row.id)
      .where('state', '=', 'open')
      .where('expires_at', '>', now)
      .returning('id')
      .executeTakeFirst()
    if (closed === undefined) return
    await recordAct(services, transaction, {
      act: 'verification/close',
      agency: row.office_id,
      actor: asker.actorId,
      facts: { verification: row.id },
    })
  })
  return { state: stateOf(services, await ownRow(services, asker, idOf(wish))) }
}

/** The answer to a request of this counter. Throws as {@link openForCounter}, and `request/not-found`. */
export async function answerForCounter(services: Services, proof: string): Promise<CounterAnswer> {
  const { asker, wish } = await provedCounter(services, proof, 'answer')
  const row = await ownRow(services, asker, idOf(wish))
  const state = stateOf(services, row)
  const { id, result } = row
  return result === null
    ? { state }
    : { state, ...v.parse(SHOWN, openResult(services, { id, result })) }
}

/** The request that a proof is about. */
function idOf(wish: CounterWish): string {
  if (!('id' in wish)) throw new TypeError('a proof of another act')
  return wish.id
}

/** Made anew from the id each time: nothing more is kept, and it tells how one request stands. */
function stateToken({ keys }: Pick<Services, 'keys'>, id: string): string {
  return createHmac('sha256', keys.secret('counter-state')).update(id, 'utf8').digest('base64url')
}

async function provedCounter(
  services: Services,
  proof: string,
  act: CounterWish['act'],
): Promise<{ readonly counter: CounterTable; readonly asker: Asker; readonly wish: CounterWish }> {
  const audience = services.config.apiOrigin
  const { key, nonce, wish } = await verifyCounterProof({ proof, audience, act })
  return transact(services.storage, async (transaction) => {
    await spendNonce(services, transaction, nonce)
    const counter = await transaction
      .selectFrom('counter')
      .selectAll()
      .where('thumbprint', '=', jwkThumbprint(key))
      .executeTakeFirst()
    assertInForce(counter, services.now())
    const holder = { name: `counter ${counter.id}`, kind: 'system' } as const
    const actorId = await ensureActor(services, transaction, holder)
    return {
      counter,
      wish,
      asker: { actorId, offices: [counter.office_id], grants: [keyGrant(['ask'], [])] },
    }
  })
}

function assertInForce(
  counter: CounterTable | undefined,
  now: number,
): asserts counter is CounterTable {
  if (counter === undefined || counter.state === 'asked') throw fault('counter/not-found')
  if (counter.state === 'denied') throw fault('counter/denied')
  if ((counter.certificate_until ?? 0) <= now) throw fault('counter/expired')
}
