import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  holderSigner,
  issueFood,
  openWorld,
  proofOf,
  redeem,
  requestCredential,
  TYPES,
} from '../../testing/test-world.ts'
import { openServices } from '../services.ts'

test('a pending credential whose key is gone is void and reads revoked', async () => {
  const world = await openWorld()
  const accessToken = await redeem(world, await issueFood(world, { serial: 'VOID1' }))
  await requestCredential(world, {
    accessToken,
    configuration: `${TYPES.food}.dc+sd-cwt`,
    proof: await proofOf(world, holderSigner('Ed25519')),
  })
  const { storage, config, now } = world.services
  const row = await storage
    .updateTable('credential')
    .set({ state: 'pending', credential: null })
    .where('state', '=', 'issued')
    .returning(['id', 'key_id'])
    .executeTakeFirstOrThrow()
  await storage.destroy()
  rmSync(join(world.folder, 'keys', `${row.key_id}.json`))

  const services = await openServices({ config, now, writeLog: () => {} })
  const settled = await services.storage
    .selectFrom('credential')
    .select(['state', 'status'])
    .where('id', '=', row.id)
    .executeTakeFirst()
  expect(settled).toMatchObject({ state: 'void', status: 1 })
  await services.close()
  rmSync(world.folder, { recursive: true })
})
