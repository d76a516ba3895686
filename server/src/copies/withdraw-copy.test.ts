/** A holder takes a delegation back by its copy's key: the delegation is over, the licence and its other copies are not. */
import { fromBase64url, type JsonObject, jwkThumbprint, type Signer } from '@onetrip/codec'
import {
  delegateCode,
  JOSE_TYP,
  makeDelegation,
  parseTypeDefinition,
  presentLive,
} from '@onetrip/credential'
import { foodBusinessLicenceType } from '@onetrip/fixtures'
import { openPack, packInMemory, type Trust } from '@onetrip/trust'
import { verify } from '@onetrip/verifier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  codeOf,
  credentialIn,
  holderSigner,
  issueFood,
  openWorld,
  post,
  proofOf,
  redeem,
  requestCredential,
  START,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { currentRoot } from '../trust-data/offline-roles.ts'

const TYPE = parseTypeDefinition(JSON.parse(JSON.stringify(foodBusinessLicenceType)))
const DAY = 86_400

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

interface Copy {
  readonly credential: Uint8Array
  readonly signer: Signer
}

async function receive(issued: Parameters<typeof redeem>[1]): Promise<Copy> {
  const accessToken = await redeem(world, issued)
  const signer = holderSigner('Ed25519')
  const answer = await requestCredential(world, {
    accessToken,
    configuration: `${TYPES.food}.dc+sd-cwt`,
    proof: await proofOf(world, signer),
  })
  return { credential: fromBase64url(await credentialIn(answer)), signer }
}

async function withdrawal(signer: Signer, changes: Parameters<typeof proofOf>[2] = {}) {
  const { header, payload } = changes
  const typ = { typ: JOSE_TYP.withdrawal, ...header }
  return proofOf(world, signer, { header: typ, ...(payload === undefined ? {} : { payload }) })
}

function send(proof: string): Promise<Response> {
  return Promise.resolve(
    world.app.request('/copies/withdrawals', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ proof }),
    }),
  )
}

async function packTrust(): Promise<Trust> {
  const bytes = new Uint8Array(await (await world.app.request('/trust/pack')).arrayBuffer())
  const initialRoot = await currentRoot(world.services)
  return openPack({ source: packInMemory(bytes), initialRoot })
}

describe('a copy is taken back', () => {
  test('and the delegation made from it; the licence stays in force on its other copy', async () => {
    const issued = await issueFood(world, { serial: 'DELEGATE1' })
    const own = await receive(issued)
    const again = await post(world, `/api/licences/${issued.id}/offers`, {})
    const lent = await receive({ ...issued, ...(await again.json()) })
    const delegation = await makeDelegation({
      ...lent,
      type: TYPE,
      disclose: [],
      delegate: delegateCode(holderSigner('Ed25519').publicKey),
      matter: 'open-restaurant',
      endDay: '2026-12-20',
      now: START,
    })
    const live = await presentLive({ ...own, type: TYPE, disclose: [], now: START })
    const judge = async () => {
      const options = {
        trust: await packTrust(),
        now: START,
        accept: ['delegate', 'live'],
      } as const
      const verdicts = [await verify(delegation, options), await verify(live, options)]
      return verdicts.map(({ outcome, reason }) => [outcome, reason])
    }
    expect(await judge()).toEqual([
      ['caution', 'presentation/delegation'],
      ['valid', undefined],
    ])
    const answer = await send(await withdrawal(lent.signer))
    expect([answer.status, await answer.json()]).toEqual([200, { withdrawn: 1 }])
    expect(await judge()).toEqual([
      ['invalid', 'delegation/revoked'],
      ['valid', undefined],
    ])
  })

  test('once; asked again the answer is the same, and the list is not made anew', async () => {
    const copy = await receive(await issueFood(world, { serial: 'DELEGATE2' }))
    expect((await send(await withdrawal(copy.signer))).status).toBe(200)
    const revisions = async () =>
      world.services.storage.selectFrom('status_list').select(['id', 'revision']).execute()
    const before = await revisions()
    const answer = await send(await withdrawal(copy.signer))
    expect([answer.status, await answer.json()]).toEqual([200, { withdrawn: 1 }])
    expect(await revisions()).toEqual(before)
  })

  test('and stays so whatever becomes of the licence', async () => {
    const issued = await issueFood(world, { serial: 'DELEGATE3' })
    const copy = await receive(issued)
    await send(await withdrawal(copy.signer))
    for (const status of ['suspended', 'valid']) {
      await post(world, `/api/licences/${issued.id}/status`, { status, reason: 'x' })
    }
    const row = await world.services.storage
      .selectFrom('credential')
      .select('status')
      .where('holder_key', '=', jwkThumbprint(copy.signer.publicKey))
      .executeTakeFirstOrThrow()
    expect(row.status).toBe(1)
  })
})

describe('is refused', () => {
  const cases: readonly [string, { header?: JsonObject; payload?: JsonObject }, string][] = [
    [
      'a proof for obtaining a credential',
      { header: { typ: 'openid4vci-proof+jwt' } },
      'openid/proof',
    ],
    ['a proof for another server', { payload: { aud: 'https://other.example' } }, 'openid/proof'],
    ['a proof of another day', { payload: { iat: START - DAY } }, 'openid/proof'],
    ['a nonce that nobody gave out', { payload: { nonce: 'made-up' } }, 'openid/nonce'],
  ]
  test.each(cases)('%s', async (why, changes, code) => {
    const copy = await receive(await issueFood(world, { serial: `R${why.length}` }))
    const answer = await send(await withdrawal(copy.signer, changes))
    expect([answer.status, await codeOf(answer)]).toEqual([400, code])
  })

  test('a second use of a proof', async () => {
    const copy = await receive(await issueFood(world, { serial: 'TWICE1' }))
    const proof = await withdrawal(copy.signer)
    await send(proof)
    expect(await codeOf(await send(proof))).toBe('openid/nonce')
  })

  test('a key that nothing was issued to', async () => {
    const answer = await send(await withdrawal(holderSigner('Ed25519')))
    expect([answer.status, await codeOf(answer)]).toEqual([404, 'licence/not-found'])
  })
})
