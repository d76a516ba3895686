/** Key attestations in a proof and as one (OpenID4VCI 1.0, appendices D and F). */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type JsonObject, publicKeyToJwk, type Signer, signJws } from '@onetrip/codec'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  codeOf,
  credentialsIn,
  holderSigner,
  issueFood,
  nonceOf,
  openWorld,
  proofOf,
  redeem,
  START,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { send } from '../../testing/wallet-client.ts'
import { loadConfig } from '../config.ts'

const CONFIGURATION = `${TYPES.food}.dc+sd-jwt`
const attester = holderSigner('ES256')
const keys = [holderSigner('ES256'), holderSigner('ES256')] as const

let world: World
/** The same server, where nobody's attestations count. */
let trusting: World
let serial = 0

beforeAll(async () => {
  trusting = await openWorld()
  const file = join(trusting.folder, 'attesters.json')
  writeFileSync(file, JSON.stringify({ keys: [publicKeyToJwk(attester.publicKey)] }))
  world = await openWorld({ environment: { ONETRIP_KEY_ATTESTERS: file } })
})
afterAll(async () => {
  await world.close()
  await trusting.close()
})

function attestation(
  changes: {
    readonly payload?: JsonObject
    readonly header?: JsonObject
    readonly by?: Signer
  } = {},
): Promise<string> {
  const { payload, header, by = attester } = changes
  return signJws({
    header: { typ: 'key-attestation+jwt', ...header },
    payload: {
      iat: START,
      exp: START + 60,
      attested_keys: keys.map(({ publicKey }) => publicKeyToJwk(publicKey)),
      ...payload,
    },
    signer: by,
  })
}

async function ask(at: World, proofs: JsonObject): Promise<Response> {
  serial += 1
  const accessToken = await redeem(at, await issueFood(at, { serial: `ATT${serial}` }))
  const body = { credential_configuration_id: CONFIGURATION, proofs }
  return send(at, { path: '/openid/credential', accessToken, body })
}

async function proofWith(at: World, text: unknown, signer: Signer = keys[0]): Promise<JsonObject> {
  const header = { key_attestation: String(text) }
  return { jwt: [await proofOf(at, signer, { header })] }
}

describe('an attestation in a proof', () => {
  test('of an attester that counts gives a copy for each attested key', async () => {
    const given = await ask(world, await proofWith(world, await attestation()))
    expect(await credentialsIn(given)).toHaveLength(keys.length)
  })

  test('where nobody counts changes nothing', async () => {
    const stranger = await attestation({ by: holderSigner('ES256') })
    const given = await ask(trusting, await proofWith(trusting, stranger))
    expect(await credentialsIn(given)).toHaveLength(1)
  })

  const faults = {
    'of another type': { header: { typ: 'JWT' } },
    'that has ended': { payload: { exp: START } },
    'of no time': { payload: { iat: 'now' } },
    'of no key': { payload: { attested_keys: [] } },
    'of one key twice': {
      payload: { attested_keys: [keys[0], keys[0]].map((key) => publicKeyToJwk(key.publicKey)) },
    },
  } as const
  test.each(Object.entries(faults))('%s is refused, wherever', async (_, changes) => {
    for (const at of [world, trusting]) {
      const response = await ask(at, await proofWith(at, await attestation(changes)))
      expect(await codeOf(response)).toBe('openid/proof')
    }
  })

  test('of a stranger is refused where others count, and of other keys everywhere', async () => {
    const stranger = await attestation({ by: holderSigner('ES256') })
    expect(await codeOf(await ask(world, await proofWith(world, stranger)))).toBe('openid/proof')
    const other = await proofWith(trusting, await attestation(), holderSigner('ES256'))
    expect(await codeOf(await ask(trusting, other))).toBe('openid/proof')
  })
})

describe('an attestation as proof', () => {
  test('gives a copy for each attested key, with a nonce, once', async () => {
    const nonce = await nonceOf(world)
    const proofs = { attestation: [await attestation({ payload: { nonce } })] }
    expect(await credentialsIn(await ask(world, proofs))).toHaveLength(keys.length)
    expect(await codeOf(await ask(world, proofs))).toBe('openid/nonce')
    const without = { attestation: [await attestation()] }
    expect(await codeOf(await ask(world, without))).toBe('openid/nonce')
  })

  test('is taken, and offered, only where an attester counts', async () => {
    const nonce = await nonceOf(trusting)
    const proofs = { attestation: [await attestation({ payload: { nonce } })] }
    expect(await codeOf(await ask(trusting, proofs))).toBe('openid/proof')
    for (const at of [world, trusting]) {
      const response = await at.app.request('/.well-known/openid-credential-issuer')
      const text = await response.text()
      expect(text.includes('"attestation"')).toBe(at === world)
    }
  })

  test('beside other proofs is refused', async () => {
    const proofs = { ...(await proofWith(world, await attestation())), attestation: ['x'] }
    expect(await codeOf(await ask(world, proofs))).toBe('openid/proof')
  })
})

test('a file that holds no key set is a fault of the configuration', () => {
  expect(() => loadConfig({ ONETRIP_KEY_ATTESTERS: '/nowhere' })).toThrow('ONETRIP_KEY_ATTESTERS')
})
