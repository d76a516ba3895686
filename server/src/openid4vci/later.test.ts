/** What comes after a credential request: waiting for it, and telling what became of it (OpenID4VCI 1.0 §9, §11). */
import type { JsonObject } from '@onetrip/codec'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSealWorld, type SealWorld } from '../../testing/seal-world.ts'
import {
  codeOf,
  credentialsIn,
  holderSigner,
  issueFood,
  proofOf,
  redeem,
  requestBatch,
  TYPES,
} from '../../testing/test-world.ts'
import { send } from '../../testing/wallet-client.ts'
import { DEFERRED_INTERVAL_SECONDS } from './deferred.ts'

const CONFIGURATION = `${TYPES.food}.dc+sd-jwt`

let seals: SealWorld

beforeAll(async () => {
  seals = await openSealWorld()
})
afterAll(() => seals.world.close())

const tell = (accessToken: string, body: JsonObject) =>
  send(seals.world, { path: '/openid/notification', accessToken, body })
const comeAgain = (accessToken: string, body: JsonObject) =>
  send(seals.world, { path: '/openid/deferred', accessToken, body })

async function ask(accessToken: string, signers: readonly ReturnType<typeof holderSigner>[]) {
  const proofs = await Promise.all(signers.map((signer) => proofOf(seals.world, signer)))
  return requestBatch(seals.world, { accessToken, configuration: CONFIGURATION, proofs })
}

describe('a licence that waits for its seal', () => {
  test('is given later to the keys that asked, once, and is the same for who asks anew', async () => {
    const { world } = seals
    const id = await seals.sealInUse({ licences: true })
    const accessToken = await redeem(world, await issueFood(world, { serial: 'WAIT1' }))
    const signers = [holderSigner('ES256'), holderSigner('ES256')]
    await seals.done('owner', `/${id}/suspend`, { reason: 'x' })
    const waiting = await ask(accessToken, signers)
    expect(waiting.status).toBe(202)
    const told: { transaction_id: string; interval: number } = await waiting.json()
    expect(told.interval).toBe(DEFERRED_INTERVAL_SECONDS)
    // An access token lives ten minutes, but for what waits.
    seals.later(1)
    const again = await comeAgain(accessToken, { transaction_id: told.transaction_id })
    expect(again.status).toBe(202)
    expect(await again.json()).toEqual(told)
    await seals.resume(id)
    const given = await credentialsIn(
      await comeAgain(accessToken, { transaction_id: told.transaction_id }),
    )
    expect(new Set(given).size).toBe(signers.length)
    const over = await comeAgain(accessToken, { transaction_id: told.transaction_id })
    expect(over.status).toBe(400)
    expect(await over.json()).toEqual({
      error: 'invalid_transaction_id',
      code: 'openid/transaction',
    })
    expect(await credentialsIn(await ask(accessToken, signers))).toEqual(given)
  })

  test('is given to nobody else', async () => {
    const { world } = seals
    const accessToken = await redeem(world, await issueFood(world, { serial: 'WAIT2' }))
    expect(await codeOf(await comeAgain(accessToken, { transaction_id: 'x' }))).toBe(
      'openid/transaction',
    )
    expect(await codeOf(await comeAgain(accessToken, {}))).toBe('openid/credential-request')
    expect((await comeAgain('none', { transaction_id: 'x' })).status).toBe(401)
  })
})

describe('a notification', () => {
  test('is kept once for each event, and the agency sees it', async () => {
    const { world } = seals
    const issued = await issueFood(world, { serial: 'TOLD1' })
    const accessToken = await redeem(world, issued)
    const answer: { notification_id: string } = await (
      await ask(accessToken, [holderSigner('ES256')])
    ).json()
    const { notification_id: id } = answer
    const event = { notification_id: id, event: 'credential_accepted', event_description: '陈样例' }
    for (const _ of [1, 2]) expect((await tell(accessToken, event)).status).toBe(204)
    const deleted = { notification_id: id, event: 'credential_deleted' }
    expect((await tell(accessToken, deleted)).status).toBe(204)
    const response = await world.app.request(`/api/licences/${issued.id}`, {
      headers: { Authorization: `Bearer ${world.apiKey}` },
    })
    const { offers }: { offers: { told: { form: string; event: string }[] }[] } =
      await response.json()
    expect(offers[0]?.told.map(({ form, event: name }) => `${form} ${name}`)).toEqual([
      'sd-jwt credential_accepted',
      'sd-jwt credential_deleted',
    ])
    expect(world.logLines.join('')).not.toContain('陈样例')
  })

  test('is refused for another offer, and for an event that there is not', async () => {
    const { world } = seals
    const accessToken = await redeem(world, await issueFood(world, { serial: 'TOLD2' }))
    const answer: { notification_id: string } = await (
      await ask(accessToken, [holderSigner('ES256')])
    ).json()
    const { notification_id: id } = answer
    const other = await redeem(world, await issueFood(world, { serial: 'TOLD3' }))
    const strange = await tell(other, { notification_id: id, event: 'credential_accepted' })
    expect(strange.status).toBe(400)
    expect(await strange.json()).toEqual({
      error: 'invalid_notification_id',
      code: 'openid/notification-id',
    })
    const unknown = await tell(accessToken, { notification_id: id, event: 'credential_liked' })
    expect(await unknown.json()).toEqual({
      error: 'invalid_notification_request',
      code: 'openid/notification',
    })
  })
})
