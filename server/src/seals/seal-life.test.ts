/** The life of a seal from its application to its end, over the API. */
import { fromBase64url, isObject, type JsonObject } from '@onetrip/codec'
import { sampleSealMaker } from '@onetrip/fixtures'
import { parseSeal, sealStatus } from '@onetrip/seal'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { follower } from '../../testing/follow-world.ts'
import {
  APPLICATION,
  letter,
  openSealWorld,
  type SealPerson,
  type SealWorld,
} from '../../testing/seal-world.ts'
import { MARKET, POLICE } from '../../testing/test-world.ts'
import { createApiKey } from '../actors/api-keys.ts'
import { auditRecord } from '../record/audit.ts'
import { integrate } from '../record/integrate.ts'
import { type Actor, keyGrant } from '../rights/actor.ts'
import { makeSeal } from './make-seal.ts'

let seals: SealWorld

beforeAll(async () => {
  seals = await openSealWorld()
})
afterAll(() => seals.world.close())

describe('the life of a seal', () => {
  test('applied for, made, registered; each step with who, when and why', async () => {
    const { id } = await seals.done('owner', '', APPLICATION)
    expect((await seals.call('maker', `/${id}/register`, { reason: 'x' })).body['code']).toBe(
      'seal/state',
    )
    const made = await seals.done('maker', `/${id}/make`, { days: 365, reason: '按申请制作' })
    expect(made).toMatchObject({
      state: 'made',
      validFrom: seals.now(),
      validTo: seals.now() + 365 * 86_400,
    })
    const { facts } = parseSeal(fromBase64url(String(made['cose'])))
    expect(facts).toMatchObject({
      id: made['number'],
      maker: sampleSealMaker.id,
      owner: { uscc: MARKET, name: '虚构市云栖区市场监督管理局' },
      image: { mediaType: 'image/svg+xml', widthMm: 45, heightMm: 45 },
    })
    expect(facts.id).toMatch(/^339901\d{8}$/)
    expect((await seals.done('maker', `/${id}/register`, { reason: '已备案' }))['state']).toBe(
      'in-use',
    )
    const { body } = await seals.call('owner', `/${id}`)
    expect(body['steps']).toEqual([
      { act: 'apply', reason: '发文用印', at: seals.now(), by: '钱主任' },
      { act: 'make', reason: '按申请制作', at: seals.now(), by: '周制章' },
      { act: 'register', reason: '已备案', at: seals.now(), by: '周制章' },
    ])
  })

  test('asked to be made again, it is the same seal', async () => {
    const { id } = await seals.done('owner', '', APPLICATION)
    const [one, other] = await Promise.all([
      seals.call('maker', `/${id}/make`, { reason: 'x' }),
      seals.call('maker', `/${id}/make`, { reason: 'x' }),
    ])
    const codes = [one, other].map(({ status, body }) =>
      status === 200 ? body['cose'] : body['code'],
    )
    const cose = (await seals.call('owner', `/${id}`)).body['cose']
    expect(codes.every((code) => code === cose || code === 'seal/state')).toBe(true)
    expect(codes).toContain(cose)
  })

  test('an application may be refused, and is then nothing', async () => {
    const { id } = await seals.done('owner', '', APPLICATION)
    expect((await seals.done('maker', `/${id}/refuse`, { reason: '名称不符' }))['state']).toBe(
      'refused',
    )
    expect((await seals.call('maker', `/${id}/make`, { reason: 'x' })).body['code']).toBe(
      'seal/state',
    )
  })

  test('nobody else learns of it, and nobody steps outside of what a key allows', async () => {
    const id = await seals.sealInUse()
    for (const path of [`/${id}`, `/${id}/record`]) {
      expect((await seals.call('stranger', path)).body['code']).toBe('seal/not-found')
    }
    expect((await seals.call('stranger', '')).body['seals']).toEqual([])
    expect((await seals.call('owner', `/${id}/make`, { reason: 'x' })).body['code']).toBe(
      'auth/forbidden',
    )
    expect((await seals.call('maker', `/${id}/suspend`, { reason: 'x' })).body['code']).toBe(
      'auth/forbidden',
    )
    expect((await seals.call('clerk', '', APPLICATION)).body['code']).toBe('auth/forbidden')
    const uses = { purpose: 'x', files: [letter()] }
    expect((await seals.call('keeper', `/${id}/uses`, uses)).body['code']).toBe('auth/forbidden')
  })

  test('suspended, resumed, changed and cancelled reach the status list of its maker', async () => {
    const id = await seals.sealInUse()
    const { body } = await seals.call('owner', `/${id}`)
    const { facts } = parseSeal(fromBase64url(String(body['cose'])))
    const { follow } = follower()
    const status = async () => {
      const list = (await follow(seals.world)).statusList(sampleSealMaker.id, facts.status.uri)
      return sealStatus(facts, list?.list)
    }
    expect(await status()).toBeUndefined()
    await seals.done('owner', `/${id}/suspend`, { reason: '印章保管人离岗' })
    expect(await status()).toBe('seal/suspended')
    await seals.resume(id)
    expect(await status()).toBeUndefined()
    await seals.sealInUse({ replaces: id, reason: '名称变更' })
    expect(await status()).toBe('seal/revoked')
    expect((await seals.call('owner', `/${id}`)).body['state']).toBe('changed')
    expect((await seals.call('owner', `/${id}/resume`, { reason: 'x' })).body['code']).toBe(
      'seal/state',
    )
  })

  test('a suspension is lifted by two people, and the asking can be taken back', async () => {
    const id = await seals.sealInUse()
    const take = async (who: SealPerson, step: string) =>
      (await seals.done(who, `/${id}/${step}`, { reason: 'x' }))['state']
    await take('owner', 'suspend')
    // Asked for again by whoever asked, nothing more is done.
    for (const who of ['owner', 'owner'] as const) {
      expect(await take(who, 'resume')).toBe('suspended')
    }
    expect(await take('deputy', 'suspend')).toBe('suspended')
    expect(await take('deputy', 'resume')).toBe('suspended')
    // Nobody agreed in a week: it is asked for anew.
    seals.later(7 * 86_400)
    expect(await take('deputy', 'resume')).toBe('suspended')
    expect(await take('owner', 'resume')).toBe('in-use')
    expect(await take('owner', 'resume')).toBe('in-use')
    const { steps } = (await seals.call('owner', `/${id}`)).body
    const taken = Array.isArray(steps) ? steps.filter(isObject) : []
    expect(taken.slice(3).map(({ act, by }) => [act, by])).toEqual([
      ['suspend', '钱主任'],
      ['ask-resume', '钱主任'],
      ['suspend', '郑副主任'],
      ['ask-resume', '郑副主任'],
      ['ask-resume', '郑副主任'],
      ['resume', '钱主任'],
    ])
    await integrate(seals.world.services)
    expect(await auditRecord(seals.world.services)).toBeUndefined()
  })

  test('a system may ask for it, and is neither of the two', async () => {
    const { services, app } = seals.world
    const id = await seals.sealInUse()
    await seals.done('owner', `/${id}/suspend`, { reason: 'x' })
    const holder = { name: '印章系统', kind: 'system' } as const
    const of = { agencyId: MARKET, types: [], roles: ['own-seals'] } as const
    const key = await createApiKey(services, { ...of, holder })
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
    const body = JSON.stringify({ reason: 'x' })
    const bySystem = async (): Promise<JsonObject> =>
      (await app.request(`/api/seals/${id}/resume`, { method: 'POST', headers, body })).json()
    expect(await bySystem()).toMatchObject({ state: 'suspended' })
    // One person and a key of theirs are not two people.
    const first = await seals.done('owner', `/${id}/resume`, { reason: 'x' })
    expect(first['state']).toBe('suspended')
    expect((await bySystem())['code']).toBe('approval/same-person')
    const second = await seals.done('deputy', `/${id}/resume`, { reason: 'x' })
    expect(second['state']).toBe('in-use')
  })

  test('an agency issues licences under one seal at a time', async () => {
    const wish = { ...APPLICATION, licences: true, reason: '发证用印' }
    const [one, two] = [await seals.done('owner', '', wish), await seals.done('owner', '', wish)]
    for (const { id } of [one, two]) await seals.done('maker', `/${id}/make`, { reason: 'x' })
    const answers = await Promise.all(
      [one, two].map(({ id }) => seals.call('maker', `/${id}/register`, { reason: 'x' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.body['code']).toBe('seal/state')
    const [first, second] = answers[0]?.status === 200 ? [one, two] : [two, one]
    expect((await seals.call('owner', `/${second['id']}`)).body['state']).toBe('made')
    await seals.done('owner', `/${first['id']}/suspend`, { reason: 'x' })
    const path = `/${second['id']}/register`
    expect((await seals.call('maker', path, { reason: 'x' })).body['code']).toBe('seal/state')
    const next = await seals.sealInUse({ licences: true, replaces: String(first['id']) })
    const { body } = await seals.call('owner', `/${next}`)
    expect(body).toMatchObject({ state: 'in-use', licences: true, replaces: first['id'] })
    expect((await seals.call('owner', `/${first['id']}`)).body['state']).toBe('changed')
    await seals.done('owner', `/${next}/cancel`, { reason: 'x' })
    expect(await seals.done('maker', path, { reason: 'x' })).toMatchObject({ state: 'in-use' })
    await seals.done('owner', `/${second['id']}/cancel`, { reason: 'x' })
  })

  test('without its font a seal is not made, and stays applied for', async () => {
    const { services } = seals.world
    const { id } = await seals.done('owner', '', APPLICATION)
    const missing = { ...services, config: { ...services.config, sealFont: '/nowhere.ttc' } }
    const maker: Actor = {
      actorId: 'x',
      agencyId: POLICE,
      grants: [keyGrant(['make-seals'], [])],
      offices: [],
      sealMakers: [sampleSealMaker.id],
    }
    const order = { actor: maker, sealId: String(id), days: 1, reason: 'x' }
    await expect(makeSeal(missing, order)).rejects.toMatchObject({ code: 'seal/font-missing' })
    expect((await seals.done('maker', `/${id}/make`, { reason: 'x' }))['state']).toBe('made')
  })

  test('whoever makes seals ends none of another organisation by one of their own', async () => {
    const { services, app } = seals.world
    const id = await seals.sealInUse()
    const key = await createApiKey(services, {
      agencyId: POLICE,
      holder: { name: '周制章', kind: 'person' },
      types: [],
      roles: ['own-seals', 'make-seals'],
      sealMakers: [sampleSealMaker.id],
    })
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
    const body = JSON.stringify({ ...APPLICATION, replaces: id })
    const answer = await app.request('/api/seals', { method: 'POST', headers, body })
    expect([answer.status, (await answer.json())['code']]).toEqual([403, 'auth/forbidden'])
  })

  test('bad applications are refused by name', async () => {
    for (const [changes, code] of [
      [{ maker: MARKET }, 'seal/maker-unknown'],
      [{ kind: '06' }, 'input/invalid'],
      [{ kind: '05', name: '一个太长的法定代表人名章' }, 'input/invalid'],
      [{ name: ' x' }, 'input/invalid'],
      [{ image: { png: 'AAAA', widthMm: 40, heightMm: 40 } }, 'seal/image-format'],
      [{ replaces: '01a2bff4-7a00-78ae-847c-3c3409ceb140' }, 'seal/not-found'],
      [{ licences: 'yes' }, 'input/invalid'],
      [{ colour: 'blue' }, 'input/unknown-field'],
    ] as const) {
      expect((await seals.call('owner', '', { ...APPLICATION, ...changes })).body['code']).toBe(
        code,
      )
    }
  })
})
