/** Each key of the world signs what is not its to sign: a key is scoped by owner, use, types and environment. */
import type { Signer } from '@onetrip/codec'
import { sampleOffices } from '@onetrip/fixtures'
import { issueCounterCertificate } from '@onetrip/issuer'
import { openCounterCertificate, verify } from '@onetrip/verifier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { follower } from '../../testing/follow-world.ts'
import {
  holderSigner,
  issueFood,
  MARKET,
  openWorld,
  POLICE,
  START,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import {
  completeDraft,
  draftPaper,
  paperCodeOf,
  signingInputOf,
} from '../licences/credential-draft.ts'
import { securingOrder } from '../licences/securing-order.ts'
import { loadType } from './agencies.ts'

const [CENTRE = '', BUREAU = ''] = sampleOffices.map(({ id }) => id)
const key = (owner: string, purpose: string): string => `${owner.toLowerCase()}-${purpose}-1`
let world: World
let licenceId: string

beforeAll(async () => {
  world = await openWorld()
  licenceId = (await issueFood(world, { serial: 'SCOPE1' })).id
}, 60_000)
afterAll(() => world.close())

function signer(keyId: string): Signer {
  return world.services.keys.signer(keyId)
}

/** A paper code of the market regulator's licence, made as the server does, but under any key. */
async function paperBy(signer: Signer): Promise<string> {
  const { storage, config, now } = world.services
  const licence = await storage
    .selectFrom('licence')
    .selectAll()
    .where('id', '=', licenceId)
    .executeTakeFirstOrThrow()
  const place = await storage
    .selectFrom('credential')
    .innerJoin('status_list', 'status_list.id', 'credential.list_id')
    .select(['uri', 'idx'])
    .where('licence_id', '=', licenceId)
    .executeTakeFirstOrThrow()
  const type = await loadType(storage, licence.type_code, licence.type_version)
  const draft = draftPaper({
    ...securingOrder({ config, type, licence, seal: undefined, now: now() }),
    issuerKey: signer.publicKey,
    status: { uri: place.uri, index: place.idx },
  })
  return paperCodeOf(completeDraft(draft, await signer.sign(signingInputOf(draft))))
}

async function reasonFor(code: string, environment = 'demo'): Promise<string | undefined> {
  const trust = await follower().follow(world)
  const question = { trust, now: START, office: CENTRE, environment, accept: ['paper'] } as const
  return (await verify(code, question)).reason
}

describe('a licence of the market regulator', () => {
  test.for([
    ['its issuing key', key(MARKET, 'issue-cbor'), 'presentation/paper'],
    ['its status key', key(MARKET, 'status-cbor'), 'key/unknown'],
    ["another agency's issuing key", key(POLICE, 'issue-cbor'), 'key/unknown'],
    ["an office's key of use enrol", key(CENTRE, 'enrol'), 'key/unknown'],
    ["the repository's own key", 'trust-timestamp', 'key/unknown'],
  ] as const)('under %s', async ([, keyId, reason]) => {
    expect(await reasonFor(await paperBy(signer(keyId)))).toBe(reason)
  })

  test('is nothing in production: a test key never passes there', async () => {
    const code = await paperBy(signer(key(MARKET, 'issue-cbor')))
    expect(await reasonFor(code, 'production')).toBe('trust/wrong-environment')
    const { services } = world
    const config = { ...services.config, environment: 'production' }
    const elsewhere = { app: world.app, services: { ...services, config } }
    await expect(follower().follow(elsewhere)).rejects.toMatchObject({
      code: 'trust/wrong-environment',
    })
  })

  test('of a type that its keys no longer issue is refused', async () => {
    const code = await paperBy(signer(key(MARKET, 'issue-cbor')))
    const { storage } = world.services
    const row = { agency_id: MARKET, type_code: TYPES.food }
    const named = storage.deleteFrom('agency_type').where('agency_id', '=', MARKET)
    await named.where('type_code', '=', TYPES.food).execute()
    expect(await reasonFor(code)).toBe('issuer/type-not-allowed')
    await storage.insertInto('agency_type').values(row).execute()
    expect(await reasonFor(code)).toBe('presentation/paper')
  })
})

describe('a certificate of a counter', () => {
  const open = async (signer: Signer) => {
    const device = { number: '01', name: '一号窗口', key: holderSigner('Ed25519').publicKey }
    const life = { issuedAt: START, expiresAt: START + 3600 }
    const order = { office: CENTRE, device, matters: [], ...life }
    const certificate = await issueCounterCertificate(order, signer)
    const trust = await follower().follow(world)
    return openCounterCertificate({ certificate, trust, now: START })
  }

  test("opens under its office's key", async () => {
    expect(await open(signer(key(CENTRE, 'enrol')))).toMatchObject({ office: { id: CENTRE } })
  })

  test.for([
    ["another office's key", key(BUREAU, 'enrol')],
    ["an agency's issuing key", key(MARKET, 'issue-cbor')],
    ["an agency's status key", key(MARKET, 'status-cbor')],
    ["the repository's own key", 'trust-targets'],
  ] as const)('does not under %s', async ([, keyId]) => {
    await expect(open(signer(keyId))).rejects.toMatchObject({ code: 'key/unknown' })
  })
})
