/** Licences state the seal that their agency has in use when they are drafted, and wait while it has none. */
import { decodeQrText, fromBase64url } from '@onetrip/codec'
import { parsePaper, parseSdCwt, parseSdJwt, sealReference } from '@onetrip/credential'
import { sampleSealMaker } from '@onetrip/fixtures'
import { verify } from '@onetrip/verifier'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { follower } from '../../testing/follow-world.ts'
import { APPLICATION, openSealWorld, type SealWorld } from '../../testing/seal-world.ts'
import {
  codeIn,
  codeOf,
  credentialIn,
  holderSigner,
  issueFood,
  MARKET,
  post,
  proofOf,
  redeem,
  requestCredential,
  requestToken,
  TYPES,
} from '../../testing/test-world.ts'

const CENTRE = '12339901XYN0000570'

let seals: SealWorld

beforeEach(async () => {
  seals = await openSealWorld()
})
afterEach(() => seals.world.close())

/** The agency's seal for licences: its id at the API, and what licences state of it. */
async function licenceSeal(changes = {}): Promise<{ id: string; stated: Uint8Array }> {
  const id = await seals.sealInUse({ licences: true, ...changes })
  const { body } = await seals.call('owner', `/${id}`)
  return { id, stated: sealReference(fromBase64url(String(body['cose']))) }
}

async function ask(accessToken: string, form: 'sd-cwt' | 'sd-jwt'): Promise<Response> {
  const { world } = seals
  const signer = holderSigner('ES256')
  const configuration = `${TYPES.food}.dc+${form}`
  return requestCredential(world, {
    accessToken,
    configuration,
    proof: await proofOf(world, signer),
  })
}

async function statedIn(response: Response, form: 'sd-cwt' | 'sd-jwt') {
  const credential = await credentialIn(response)
  const parsed = form === 'sd-cwt' ? parseSdCwt(fromBase64url(credential)) : parseSdJwt(credential)
  return parsed.claims.seal
}

async function paper(id: string, key: string): Promise<Response> {
  return post(seals.world, `/api/licences/${id}/paper`, {}, { 'Idempotency-Key': key })
}

async function statedOnPaper(response: Response) {
  const { text }: { text: string } = await response.json()
  return parsePaper(decodeQrText(text)).claims.seal
}

test('both securings and the paper code state the seal; without one nothing is stated', async () => {
  const before = await issueFood(seals.world, { serial: 'LS1' })
  expect(await statedIn(await ask(await redeem(seals.world, before), 'sd-cwt'), 'sd-cwt')).toBe(
    undefined,
  )
  // An application, and a seal that is made but not registered, are no seal yet.
  const { id } = await seals.done('owner', '', { ...APPLICATION, licences: true })
  await seals.done('maker', `/${id}/make`, { reason: 'x' })
  expect(await statedOnPaper(await paper(before.id, 'a'))).toBe(undefined)
  await seals.done('owner', `/${id}/cancel`, { reason: 'x' })
  expect(await statedOnPaper(await paper(before.id, 'b'))).toBe(undefined)
  // Nor is another seal of the agency, or one of another agency.
  await seals.sealInUse()
  const { stated } = await licenceSeal()
  const issued = await issueFood(seals.world, { serial: 'LS2' })
  const accessToken = await redeem(seals.world, issued)
  expect(await statedIn(await ask(accessToken, 'sd-cwt'), 'sd-cwt')).toEqual(stated)
  expect(await statedIn(await ask(accessToken, 'sd-jwt'), 'sd-jwt')).toEqual(stated)
  expect(await statedOnPaper(await paper(issued.id, 'c'))).toEqual(stated)
})

test('while it is suspended nothing is drafted and nothing is lost; resumed, all goes on', async () => {
  const { id, stated } = await licenceSeal()
  const [waiting, redeemed] = [
    await issueFood(seals.world, { serial: 'LS3' }),
    await issueFood(seals.world, { serial: 'LS4' }),
  ]
  const accessToken = await redeem(seals.world, redeemed)
  await seals.done('owner', `/${id}/suspend`, { reason: 'x' })
  const refused = await requestToken(seals.world, codeIn(waiting.offer.uri), waiting.txCode)
  expect(refused.status).toBe(503)
  expect(await refused.json()).toMatchObject({
    error: 'temporarily_unavailable',
    code: 'seal/state',
  })
  expect((await ask(accessToken, 'sd-cwt')).status).toBe(202)
  expect(await codeOf(await paper(redeemed.id, 'a'))).toBe('seal/state')
  // The licence itself is granted all the same, and waits as an offer.
  await issueFood(seals.world, { serial: 'LS5' })
  await seals.resume(id)
  expect(await statedIn(await ask(accessToken, 'sd-cwt'), 'sd-cwt')).toEqual(stated)
  const token = await redeem(seals.world, waiting)
  expect(await statedIn(await ask(token, 'sd-jwt'), 'sd-jwt')).toEqual(stated)
  expect(await statedOnPaper(await paper(redeemed.id, 'a'))).toEqual(stated)
})

test('a changed seal gives way to its successor; what was drafted stays as it was', async () => {
  const first = await licenceSeal()
  const issued = await issueFood(seals.world, { serial: 'LS6' })
  const accessToken = await redeem(seals.world, issued)
  const signer = holderSigner('ES256')
  const again = async () =>
    requestCredential(seals.world, {
      accessToken,
      configuration: `${TYPES.food}.dc+sd-cwt`,
      proof: await proofOf(seals.world, signer),
    })
  const credential = await credentialIn(await again())
  const second = await licenceSeal({ replaces: first.id })
  expect(await credentialIn(await again())).toBe(credential)
  expect(parseSdCwt(fromBase64url(credential)).claims.seal).toEqual(first.stated)
  expect(await statedIn(await ask(accessToken, 'sd-jwt'), 'sd-jwt')).toEqual(second.stated)
  await seals.done('owner', `/${second.id}/cancel`, { reason: 'x' })
  expect(await codeOf(await paper(issued.id, 'a'))).toBe('seal/state')
  expect(await credentialIn(await again())).toBe(credential)
})

test('past its last day it is no seal any more', async () => {
  const { id } = await seals.done('owner', '', { ...APPLICATION, licences: true })
  await seals.done('maker', `/${id}/make`, { days: 1, reason: 'x' })
  await seals.done('maker', `/${id}/register`, { reason: 'x' })
  const issued = await issueFood(seals.world, { serial: 'LS7' })
  seals.later(86_400)
  expect((await paper(issued.id, 'a')).status).toBe(201)
  seals.later(1)
  expect(await codeOf(await paper(issued.id, 'b'))).toBe('seal/expired')
})

test('a verdict shows the seal as it is now; what was issued before it was taken out of use stays good', async () => {
  const { world } = seals
  const { follow } = follower()
  const first = await licenceSeal()
  const issued = await issueFood(world, { serial: 'LS8' })
  const { text }: { text: string } = await (await paper(issued.id, 'a')).json()
  const verdictOn = async (code: string) => {
    const trust = await follow(world)
    const question = { trust, now: seals.now(), office: CENTRE, environment: 'demo' }
    const { outcome, reason, licences } = await verify(code, { ...question, accept: ['paper'] })
    return { outcome, reason, seal: licences[0]?.seal }
  }
  const good = { outcome: 'caution', reason: 'presentation/paper' }
  const { body } = await seals.call('owner', `/${first.id}`)
  expect(await verdictOn(text)).toMatchObject({
    ...good,
    seal: {
      id: body['number'],
      name: APPLICATION['name'],
      owner: { uscc: MARKET },
      maker: { id: sampleSealMaker.id },
      state: 'in-use',
      asOf: seals.now(),
    },
  })
  seals.later(60)
  await seals.done('owner', `/${first.id}/suspend`, { reason: 'x' })
  const suspended = { state: 'suspended', since: seals.now() }
  expect(await verdictOn(text)).toMatchObject({ ...good, seal: suspended })
  seals.later(7_200)
  await seals.resume(first.id)
  expect(await verdictOn(text)).toMatchObject({ ...good, seal: { state: 'in-use' } })
  const second = await licenceSeal({ replaces: first.id, name: '虚构市云栖区市场监督管理局新章' })
  const ended = { state: 'ended', since: seals.now(), name: APPLICATION['name'] }
  expect(await verdictOn(text)).toMatchObject({ ...good, seal: ended })
  const next: { text: string } = await (await paper(issued.id, 'b')).json()
  const { body: other } = await seals.call('owner', `/${second.id}`)
  expect(await verdictOn(next.text)).toMatchObject({ ...good, seal: { id: other['number'] } })
})
