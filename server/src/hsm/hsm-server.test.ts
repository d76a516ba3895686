/** A server whose keys are in an HSM: from its first start to licences and seals that a verifier takes, and without it in between. */

import { sha256 } from '@onetrip/codec'
import { parseSealFile, verifyImpressions } from '@onetrip/seal'
import { verify } from '@onetrip/verifier'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { follower } from '../../testing/follow-world.ts'
import { DIGEST, LETTER, openSealWorld, type SealWorld } from '../../testing/seal-world.ts'
import { hasSoftHsm, hsmProcesses, makeSoftHsm, type SoftHsm } from '../../testing/soft-hsm.ts'
import {
  codeOf,
  credentialIn,
  holderSigner,
  issueFood,
  MARKET,
  post,
  proofOf,
  redeem,
  requestCredential,
  TYPES,
} from '../../testing/test-world.ts'
import { listKeys } from '../trust-data/key-lives.ts'

const OFFICE = '11339901XYN000049P'
/** After a fault nothing is tried for a second. */
const PAUSE_MILLISECONDS = 1_100

describe.skipIf(!hasSoftHsm())('a server with an HSM', () => {
  let token: SoftHsm
  let seals: SealWorld

  beforeAll(async () => {
    token = makeSoftHsm()
    seals = await openSealWorld({
      ONETRIP_PKCS11_MODULE: token.module,
      ONETRIP_PKCS11_TOKEN: token.tokenLabel,
      ONETRIP_PKCS11_PIN: token.pin,
      ONETRIP_PKCS11_KEYS: 'licence,seal,status',
    })
  }, 60_000)
  afterAll(async () => {
    await seals.world.close()
    token.remove()
  })

  const printed = async (serial: string): Promise<Response> => {
    const { id } = await issueFood(seals.world, { serial })
    return post(seals.world, `/api/licences/${id}/paper`, {})
  }

  test('issues what a verifier takes, under keys that are there alone', async () => {
    const { services } = seals.world
    const names = (await listKeys(services))
      .filter(({ owner, purpose }) => owner === MARKET && purpose.startsWith('issue-'))
      .map(({ id }) => id)
    expect(names).toHaveLength(2)
    for (const name of names) expect(services.keys.hsmKeys().has(name)).toBe(true)
    expect(services.keys.hsmKeys().has('record')).toBe(false)
    const metrics = await services.metrics.write(undefined, services)
    expect(metrics).toMatch(/^onetrip_hsm_up 1$/m)
    expect(metrics).toMatch(/^onetrip_hsm_signatures_total [1-9]/m)
    const { text }: { text: string } = await (await printed('HSM1')).json()
    const trust = await follower().follow(seals.world)
    const { reason } = await verify(text, {
      trust,
      now: services.now(),
      office: OFFICE,
      accept: ['paper'],
    })
    expect(reason).toBe('presentation/paper')
  })

  test('seals: the seal, its key and the impression', async () => {
    const sealId = await seals.sealInUse()
    const useId = await seals.ask(sealId)
    await seals.approve(useId, [DIGEST])
    const file = parseSealFile(await seals.impression(useId))
    const stated = { sha256: sha256(LETTER), length: LETTER.length, mediaType: 'text/plain' }
    const trust = await follower().follow(seals.world)
    const [judged] = await verifyImpressions(file, { file: stated, trust, now: seals.now() })
    expect(judged?.passed).toBe(true)
    expect(seals.world.services.keys.hsmKeys().has(`seal-${sealId}`)).toBe(true)
  })

  test('without it what needs its keys is 503 and waits, the rest goes on; back, it is done once', async () => {
    const { world } = seals
    const issued = await issueFood(world, { serial: 'HSM2' })
    const accessToken = await redeem(world, issued)
    const holder = holderSigner('Ed25519')
    const ask = async (): Promise<Response> => {
      const proof = await proofOf(world, holder)
      const configuration = `${TYPES.food}.dc+sd-jwt`
      return requestCredential(world, { accessToken, configuration, proof })
    }
    token.unplug()
    for (const pid of hsmProcesses()) process.kill(pid, 'SIGKILL')
    await new Promise((done) => setTimeout(done, PAUSE_MILLISECONDS))
    const refused = await ask()
    expect(refused.status).toBe(503)
    expect(await refused.json()).toMatchObject({ code: 'key/unavailable' })
    const { id } = await issueFood(world, { serial: 'HSM3' })
    const paper = (): Promise<Response> => post(world, `/api/licences/${id}/paper`, {})
    expect(await codeOf(await paper())).toBe('key/unavailable')
    const ready = await world.app.request('/readyz')
    expect(ready.status).toBe(200)
    expect(await ready.json()).toMatchObject({ hsm: 'unavailable' })
    expect(world.logLines.join()).not.toContain('canary')
    token.plugIn()
    await new Promise((done) => setTimeout(done, PAUSE_MILLISECONDS))
    expect(await credentialIn(await ask())).toMatch(/^eyJ/)
    expect((await paper()).status).toBe(201)
    expect(await (await world.app.request('/readyz')).json()).not.toHaveProperty('hsm')
    const rows = await world.services.storage
      .selectFrom('credential')
      .select(['state'])
      .where('licence_id', 'in', [issued.id])
      .where('state', 'in', ['pending', 'issued'])
      .execute()
    expect(rows).toEqual([{ state: 'issued' }])
  })
})
