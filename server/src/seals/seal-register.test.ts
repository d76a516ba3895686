/** What the published register says of the seals under which licences are issued, through their lives. */
import { fromBase64url, utf8Decode } from '@onetrip/codec'
import { sampleSealMaker } from '@onetrip/fixtures'
import { openSealRegister, parseSeal, type SealRegister } from '@onetrip/seal'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Follower, follower } from '../../testing/follow-world.ts'
import { APPLICATION, openSealWorld, type SealWorld } from '../../testing/seal-world.ts'
import { publishRepository } from '../trust-data/publish-repository.ts'

let seals: SealWorld
let verifier: Follower

beforeEach(async () => {
  seals = await openSealWorld()
  verifier = follower()
})
afterEach(() => seals.world.close())

async function registers(): Promise<readonly SealRegister[]> {
  const trust = await verifier.follow(seals.world)
  const maker = trust.sealMakers.find(({ id }) => id === sampleSealMaker.id)
  return Promise.all(trust.sealRegisters.map((bytes) => openSealRegister(bytes, maker)))
}

/** States by the seals' numbers. */
async function states(): Promise<Readonly<Record<string, readonly (string | number)[]>>> {
  const [register, ...others] = await registers()
  expect(others).toEqual([])
  return Object.fromEntries(
    (register?.facts.seals ?? []).map((one) => [
      parseSeal(one.seal).facts.id,
      'since' in one ? [one.state, one.since] : [one.state],
    ]),
  )
}

async function numberOf(id: string): Promise<string> {
  return String((await seals.call('owner', `/${id}`)).body['number'])
}

const step = (id: string, name: string) => seals.done('owner', `/${id}/${name}`, { reason: 'x' })

test('there is none before a seal for licences is registered, and other seals never stand in it', async () => {
  await seals.sealInUse()
  const { id } = await seals.done('owner', '', { ...APPLICATION, licences: true })
  await seals.done('maker', `/${id}/make`, { reason: 'x' })
  expect(await registers()).toEqual([])
  await step(String(id), 'cancel')
  expect(await registers()).toEqual([])
  seals.later(60)
  const inUse = await seals.sealInUse({ licences: true })
  expect(await states()).toEqual({ [await numberOf(inUse)]: ['in-use'] })
  const { body } = await seals.world.services.storage
    .selectFrom('tuf_target')
    .select('body')
    .where('path', '=', 'status/names.json')
    .orderBy('added_at', 'desc')
    .executeTakeFirstOrThrow()
  expect(utf8Decode(fromBase64url(body)).match(/\.seals"/g)).toHaveLength(1)
})

test('suspended, resumed, changed, cancelled: the next publication says so, and since when', async () => {
  const first = await seals.sealInUse({ licences: true })
  const number = await numberOf(first)
  seals.later(60)
  await step(first, 'suspend')
  const suspendedAt = seals.now()
  expect(await states()).toEqual({ [number]: ['suspended', suspendedAt] })
  seals.later(60)
  await step(first, 'resume')
  expect(await states()).toEqual({ [number]: ['suspended', suspendedAt] })
  await seals.resume(first)
  expect(await states()).toEqual({ [number]: ['in-use'] })
  seals.later(60)
  const second = await seals.sealInUse({ licences: true, replaces: first })
  const changedAt = seals.now()
  const next = await numberOf(second)
  expect(await states()).toEqual({ [number]: ['ended', changedAt], [next]: ['in-use'] })
  seals.later(60)
  await step(second, 'suspend')
  const since = seals.now()
  seals.later(60)
  await step(second, 'cancel')
  expect(await states()).toEqual({ [number]: ['ended', changedAt], [next]: ['ended', since] })
})

test('one register for a list, whoever owns its seals; nothing else is signed anew when one of them changes', async () => {
  const { services } = seals.world
  const first = await seals.sealInUse({ licences: true })
  await registers()
  const rolesNow = async () => {
    await publishRepository(services)
    const rows = await services.storage
      .selectFrom('tuf_metadata')
      .select((columns) => ['role', columns.fn.max('version').as('version')])
      .groupBy('role')
      .execute()
    return new Map(rows.map(({ role, version }) => [role, version]))
  }
  const before = await rolesNow()
  await step(first, 'suspend')
  const after = await rolesNow()
  const signed = [...after].filter(([role, version]) => before.get(role) !== version)
  const list = await services.storage
    .selectFrom('status_list')
    .select('id')
    .where('seal_maker_id', 'is not', null)
    .executeTakeFirstOrThrow()
  const role = `status-${((list.id - 1) % 16) + 1}`
  expect(signed.map(([name]) => name).sort()).toEqual(['snapshot', role, 'timestamp'].sort())
})
