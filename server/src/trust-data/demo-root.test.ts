/** Roots as years go by: a demonstration renews its own, and verifiers come along; an installation says when one ends. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPack, openRoot, packInMemory } from '@onetrip/trust'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { follower } from '../../testing/follow-world.ts'
import { openWorld, START, type World } from '../../testing/test-world.ts'
import { ensureDemoRoot } from './demo-root.ts'
import { currentRoot } from './offline-roles.ts'
import { publishedPack } from './publish-pack.ts'
import { metadataFile } from './serve-repository.ts'

const DAY = 86_400
let world: World

beforeEach(async () => {
  world = await openWorld()
}, 60_000)
afterEach(() => world.close())

async function rootVersion(): Promise<number> {
  return (await openRoot(await currentRoot(world.services))).signed.version
}

describe('a demonstration that runs on', () => {
  test('renews its root at half life; who follows now and then, and who has an old root, come along', async () => {
    const first = await currentRoot(world.services)
    const verifier = follower()
    const versions: number[] = []
    for (let day = 0; day <= 700; day += 100) {
      world.setNow(START + day * DAY)
      expect((await verifier.follow(world)).faults).toEqual([])
      versions.push(await rootVersion())
    }
    expect(versions).toEqual([1, 1, 2, 2, 3, 3, 4, 4])
    const { body } = await publishedPack(world.services)
    for (const version of [1, 2, 4]) {
      const initialRoot = (await metadataFile(world.services, `${version}.root.json`)).body
      const trust = await openPack({ source: packInMemory(body), initialRoot })
      expect(trust.faults).toEqual([])
    }
    expect((await metadataFile(world.services, '1.root.json')).body).toEqual(first)
  }, 60_000)

  test('and was asked nothing in between: the next root is there when somebody comes', async () => {
    const verifier = follower()
    await verifier.follow(world)
    world.setNow(START + 500 * DAY)
    expect((await verifier.follow(world)).faults).toEqual([])
    expect(await rootVersion()).toBe(2)
  })

  test('renews it once, however many processes see that it is time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'onetrip-root-'))
    const [one, other] = [await openWorld({ folder }), await openWorld({ folder })]
    for (const { setNow } of [one, other]) setNow(START + 200 * DAY)
    await Promise.all([one, other, one, other].map(({ services }) => ensureDemoRoot(services)))
    const root = await openRoot(await currentRoot(one.services))
    expect(root.signed.version).toBe(2)
    await one.close()
    await other.close()
    rmSync(folder, { recursive: true, force: true })
  })
})

describe('an installation whose offline roles end', () => {
  const ready = async (): Promise<unknown> => (await world.app.request('/readyz')).json()
  const endAfter = async (role: string, seconds: number): Promise<void> => {
    await world.services.storage
      .updateTable('tuf_metadata')
      .set({ expires_at: START + seconds })
      .where('role', '=', role)
      .execute()
  }

  test('says so beforehand, and goes on serving', async () => {
    await follower().follow(world)
    expect(await ready()).toEqual({ status: 'ready' })
    await endAfter('targets', 30 * DAY)
    await endAfter('root', 60 * DAY + 1)
    const targets = { role: 'targets', expiresAt: START + 30 * DAY }
    expect(await ready()).toEqual({ status: 'ready', endsSoon: [targets] })
    await endAfter('root', -DAY)
    const root = { role: 'root', expiresAt: START - DAY }
    expect(await ready()).toEqual({ status: 'ready', endsSoon: [root, targets] })
  })
})
