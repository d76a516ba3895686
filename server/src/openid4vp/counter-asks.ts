/**
 * A counter asks over the network by its own key: no API key lies at a counter. What it asks is part of what it signs, and its
 * certificate says in which matters it may. It gets the presentations and judges them by its own trust data.
 */
import { fault, jwkThumbprint } from '@onetrip/codec'
import * as v from 'valibot'
import { ensureActor } from '../actors/api-keys.ts'
import { spendNonce } from '../enrolment/ask-enrolment.ts'
import { type CounterWish, verifyCounterProof } from '../enrolment/counter-proof.ts'
import { mattersOf } from '../enrolment/office-counters.ts'
import { parseInput } from '../http/read-request.ts'
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
export async function openForCounter(
  services: Services,
  proof: string,
): Promise<OpenedVerification> {
  const { counter, asker, wish } = await provedCounter(services, proof, 'ask')
  if (wish.act !== 'ask') throw new TypeError('a proof of another act')
  const request = parseInput(OPEN_REQUEST, wish.request)
  // The office is the counter's, and the answer comes to the counter.
  if (request.office !== undefined || request.redirectUri !== undefined)
    throw fault('input/invalid')
  if (!mattersOf(counter).includes(request.matter)) throw fault('request/matter')
  return openVerification(services, { actor: asker, request, forCounter: true })
}

/** The answer to a request of this counter. Throws as {@link openForCounter}, and `request/not-found`. */
export async function answerForCounter(services: Services, proof: string): Promise<CounterAnswer> {
  const { asker, wish } = await provedCounter(services, proof, 'answer')
  if (wish.act !== 'answer') throw new TypeError('a proof of another act')
  const row = await ownRow(services, asker, wish.id)
  const state = stateOf(services, row)
  const { id, result } = row
  return result === null
    ? { state }
    : { state, ...v.parse(SHOWN, openResult(services, { id, result })) }
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
