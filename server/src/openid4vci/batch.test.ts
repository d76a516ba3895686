/** Batches: copies of one licence for several keys, each with its own place in a status list (OpenID4VCI 1.0 §8.2; case T12). */
import { fromBase64url, type Signer } from '@onetrip/codec'
import { parseTypeDefinition, receiveSdCwt, receiveSdJwt } from '@onetrip/credential'
import { foodBusinessLicenceType } from '@onetrip/fixtures'
import { STATUS } from '@onetrip/status'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  codeOf,
  credentialsIn,
  holderSigner,
  issueFood,
  nonceOf,
  openWorld,
  post,
  proofOf,
  redeem,
  requestBatch,
  requestCredential,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import { MAX_COPIES } from './bind-copies.ts'

const SD_CWT = `${TYPES.food}.dc+sd-cwt`
const SD_JWT = `${TYPES.food}.dc+sd-jwt`
const TYPE = parseTypeDefinition(JSON.parse(JSON.stringify(foodBusinessLicenceType)))

let world: World

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const holders = (count: number) => Array.from({ length: count }, () => holderSigner('ES256'))

const ask = async (accessToken: string, signers: readonly Signer[], configuration = SD_CWT) =>
  requestBatch(world, {
    accessToken,
    configuration,
    proofs: await Promise.all(signers.map((signer) => proofOf(world, signer))),
  })

describe('a batch', () => {
  test('is as large as the metadata say, and not larger', async () => {
    const response = await world.app.request('/.well-known/openid-credential-issuer')
    const metadata: Record<string, unknown> = await response.json()
    expect(metadata['batch_credential_issuance']).toEqual({ batch_size: MAX_COPIES })
    const accessToken = await redeem(world, await issueFood(world, { serial: 'BATCH1' }))
    const refused = await ask(accessToken, holders(MAX_COPIES + 1))
    expect(refused.status).toBe(400)
    expect(await codeOf(refused)).toBe('openid/proof')
    const credentials = await credentialsIn(await ask(accessToken, holders(MAX_COPIES)))
    expect(new Set(credentials).size).toBe(MAX_COPIES)
  })

  test('has a copy for each key in order, each with an index of its own', async () => {
    const accessToken = await redeem(world, await issueFood(world, { serial: 'BATCH2' }))
    const signers = holders(3)
    const cwts = await credentialsIn(await ask(accessToken, signers))
    const jwts = await credentialsIn(await ask(accessToken, signers, SD_JWT))
    const claims = signers.flatMap(({ publicKey: holderKey }, at) => [
      receiveSdCwt({ credential: fromBase64url(cwts[at] ?? ''), holderKey, type: TYPE }).claims,
      receiveSdJwt({ credential: jwts[at] ?? '', holderKey, type: TYPE }).claims,
    ])
    expect(claims.map(({ serial }) => serial)).toEqual(claims.map(() => 'BATCH2'))
    const places = claims.map(({ status }) => `${status.uri} ${status.index}`)
    expect(new Set(places).size).toBe(claims.length)
  })

  test('may have one nonce in all its proofs', async () => {
    const accessToken = await redeem(world, await issueFood(world, { serial: 'BATCH3' }))
    const payload = { nonce: await nonceOf(world) }
    const [one, other] = holders(2)
    if (one === undefined || other === undefined) throw new TypeError('two keys')
    const proofs = [
      await proofOf(world, one, { payload }),
      await proofOf(world, other, { payload }),
    ]
    const wanted = { accessToken, configuration: SD_CWT, proofs }
    expect(await credentialsIn(await requestBatch(world, wanted))).toHaveLength(proofs.length)
    const again = await requestBatch(world, wanted)
    expect(await codeOf(again)).toBe('openid/nonce')
  })

  test('names no key twice', async () => {
    const accessToken = await redeem(world, await issueFood(world, { serial: 'BATCH4' }))
    const [key] = holders(1)
    if (key === undefined) throw new TypeError('one key')
    expect(await codeOf(await ask(accessToken, [key, key]))).toBe('openid/proof')
  })

  test('is the same when asked for again, whole or in part, and other keys get nothing', async () => {
    const accessToken = await redeem(world, await issueFood(world, { serial: 'BATCH5' }))
    const signers = holders(3)
    const first = await credentialsIn(await ask(accessToken, signers))
    expect(await credentialsIn(await ask(accessToken, signers))).toEqual(first)
    expect(await credentialsIn(await ask(accessToken, signers.slice(1)))).toEqual(first.slice(1))
    const refused = await ask(accessToken, [...signers.slice(1), ...holders(1)])
    expect(await codeOf(refused)).toBe('openid/denied')
  })

  test('asked for twice at once is given once', async () => {
    const issued = await issueFood(world, { serial: 'BATCH6' })
    const accessToken = await redeem(world, issued)
    const answers = await Promise.all([
      ask(accessToken, holders(MAX_COPIES)),
      ask(accessToken, holders(MAX_COPIES)),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400])
    const rows = await world.services.storage
      .selectFrom('credential')
      .select('id')
      .where('licence_id', '=', issued.id)
      .where('form', '=', 'sd-cwt')
      .execute()
    expect(rows).toHaveLength(MAX_COPIES)
  })

  test('follows every change of its licence, and is born with its status', async () => {
    const issued = await issueFood(world, { serial: 'BATCH7' })
    const accessToken = await redeem(world, issued)
    const setStatus = (status: string) =>
      post(world, `/api/licences/${issued.id}/status`, { status, reason: '测试' })
    const statuses = async () => {
      const rows = await world.services.storage
        .selectFrom('credential')
        .select('status')
        .where('licence_id', '=', issued.id)
        .execute()
      return new Set(rows.map(({ status }) => status))
    }
    expect((await setStatus('suspended')).status).toBe(200)
    await credentialsIn(await ask(accessToken, holders(4)))
    expect(await statuses()).toEqual(new Set([STATUS.suspended]))
    expect((await setStatus('revoked')).status).toBe(200)
    expect(await statuses()).toEqual(new Set([STATUS.revoked]))
    const proof = await proofOf(world, holderSigner('ES256'))
    const wanted = { accessToken, configuration: SD_CWT, proof }
    expect(await codeOf(await requestCredential(world, wanted))).toBe('licence/revoked')
  })
})
