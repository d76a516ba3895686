/** What is judged here and carries no receipt of its own: the record gives it, by what the trust data publish. */
import { fromBase64url } from '@onetrip/codec'
import { openReceipt } from '@onetrip/log'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueFood, openWorld, redeem, type World } from '../../testing/test-world.ts'
import { publishedTrust } from '../trust-data/published-trust.ts'
import { integrate, recordKey } from './integrate.ts'
import { ownReceipts } from './own-receipts.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
  await redeem(world, await issueFood(world, { serial: 'OWN1' }))
})
afterAll(() => world.close())

async function newestLeaf(): Promise<Uint8Array> {
  const { leaf } = await world.services.storage
    .selectFrom('log_entry')
    .select('leaf')
    .orderBy('idx', 'desc')
    .executeTakeFirstOrThrow()
  return fromBase64url(leaf)
}

test('an entry has a receipt once a checkpoint covers it, and what is none has none', async () => {
  const find = ownReceipts(world.services, await publishedTrust(world.services))
  await issueFood(world, { serial: 'OWN2' })
  const leaf = await newestLeaf()
  expect(await find(leaf)).toBeUndefined()
  await integrate(world.services)
  const receipt = (await find(leaf)) ?? new Uint8Array()
  await expect(openReceipt(receipt, leaf, recordKey(world.services))).resolves.toHaveLength(32)
  expect(await find(new Uint8Array(32))).toBeUndefined()
})
