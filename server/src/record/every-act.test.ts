/**
 * Every act is an entry: each route that may change something is walked once, and what it added to the record is compared with this
 * table. A route that the table does not know fails, and so does one that it knows and the router does not.
 */
import { sha256, sha256Base64url, toBase64url } from '@onetrip/codec'
import { JOSE_TYP } from '@onetrip/credential'
import {
  handwrittenPdf,
  matterCatalogue,
  SAMPLE_LETTER_PDF,
  sampleOffices,
} from '@onetrip/fixtures'
import { parseEntry } from '@onetrip/log'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  approve,
  approver,
  batchFile,
  batchRow,
  requestRows,
  sendFile,
  step as stepBatch,
} from '../../testing/batch-world.ts'
import { walkCases } from '../../testing/case-acts.ts'
import { caseWorldIn } from '../../testing/case-world.ts'
import { enrolmentDesk } from '../../testing/enrolment-desk.ts'
import { factsIn } from '../../testing/facts-in.ts'
import { ROUTE_ACTS } from '../../testing/route-acts.ts'
import { APPLICATION, letter, openSealWorld, type SealWorld } from '../../testing/seal-world.ts'
import { walkKeys, walkStaff } from '../../testing/staff-acts.ts'
import { askAs } from '../../testing/staff-world.ts'
import {
  codeIn as codeOfOffer,
  foodRequest,
  holderSigner,
  issueFood,
  nonceOf,
  post,
  proofOf,
  redeem,
  requestCredential,
  requestToken,
  TYPES,
  type World,
} from '../../testing/test-world.ts'
import {
  ASKED,
  askApi,
  askingKey,
  CENTRE,
  fetchRequest,
  openVerification,
} from '../../testing/vp-wallet.ts'
import {
  authorised,
  consent,
  HOLDER,
  push,
  redeemCode,
  send,
  WALLETS,
} from '../../testing/wallet-client.ts'
import { makeWalletCode } from '../citizens/wallet-code.ts'
import { deskUses } from '../demo/desk-seals.ts'
import { registerOffice } from '../trust-data/agencies.ts'
import { registerCatalogue } from '../trust-data/recognition.ts'
import { recordLength } from './append.ts'

/** What follows a change wherever the trust data are read next. */
const FOLLOWING = 'trust/publish'

let seals: SealWorld
let world: World
const added = new Map<string, Set<string>>()

beforeAll(async () => {
  seals = await openSealWorld({ ONETRIP_WALLETS: WALLETS })
  world = seals.world
  listen()
}, 60_000)
afterAll(() => world.close())

/** Notes what each request adds. Some are asked at once: they come one after the other, or one's acts would count as another's. */
function listen(): void {
  const { app, services } = world
  const request = app.request.bind(app)
  let before: Promise<unknown> = Promise.resolve()
  const noted = async (of: Parameters<typeof request>): Promise<Response> => {
    const length = await recordLength(services.storage)
    const response = await request(...of)
    const route = routeOf(of[1]?.method ?? 'GET', String(of[0]))
    const kinds = await kindsFrom(length)
    added.set(route, new Set([...(added.get(route) ?? []), ...kinds]))
    return response
  }
  app.request = (...of) => {
    const answer = before.then(() => noted(of))
    before = answer.catch(() => undefined)
    return answer
  }
}

function changingRoutes(): readonly string[] {
  const routes = world.app.routes
    .filter(({ method }) => !['GET', 'ALL', 'OPTIONS'].includes(method))
    .map(({ method, path }) => `${method} ${path}`)
  return [...new Set(routes)].sort()
}

function routeOf(method: string, address: string): string {
  const { pathname } = new URL(address, world.services.config.apiOrigin)
  const asked = `${method} ${pathname}`
  const fits = (route: string): boolean =>
    new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`).test(asked)
  // A name of a path stands before one that any may take.
  const [best = asked] = changingRoutes()
    .filter(fits)
    .sort((one, other) => one.split(':').length - other.split(':').length)
  return best
}

async function kindsFrom(first: number, but: string = FOLLOWING): Promise<readonly string[]> {
  const rows = await world.services.storage
    .selectFrom('log_entry')
    .select('entry')
    .where('idx', '>=', first)
    .execute()
  return rows
    .map(({ entry }) => parseEntry(Buffer.from(entry, 'base64url')))
    .map((entry) => (entry.kind === 'act' ? entry.act : entry.kind))
    .filter((kind) => kind !== but)
}

function form(
  path: string,
  fields: Readonly<Record<string, string>> | FormData = {},
): Promise<Response> {
  const headers = { Origin: world.services.config.apiOrigin }
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields)
  return Promise.resolve(world.app.request(path, { method: 'POST', headers, body }))
}

function json(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers } }
  return Promise.resolve(world.app.request(path, { ...init, body: JSON.stringify(body) }))
}

/** Each has to be done: what is refused adds nothing, which would be another finding. */
async function done(answer: Promise<Response> | Response): Promise<Response> {
  const response = await answer
  if (response.status >= 400) throw new Error(`${response.status} ${await response.text()}`)
  return response
}

const SD_CWT = `${TYPES.food}.dc+sd-cwt`

async function receive(accessToken: string, signer = holderSigner('Ed25519')): Promise<Response> {
  const proof = await proofOf(world, signer)
  return done(requestCredential(world, { accessToken, configuration: SD_CWT, proof }))
}

describe('each route that changes something', () => {
  test('stands in the table', () => {
    expect(changingRoutes()).toEqual(Object.keys(ROUTE_ACTS).sort())
  })

  test('licences: issued, received, told of, printed, suspended, offered again, taken back', async () => {
    const issued = await issueFood(world, { serial: 'ACT1' })
    const accessToken = await redeem(world, issued)
    const signer = holderSigner('Ed25519')
    const answer: { notification_id: string } = await (await receive(accessToken, signer)).json()
    const { notification_id } = answer
    const event = 'credential_accepted'
    const notification = {
      path: '/openid/notification',
      accessToken,
      body: { notification_id, event },
    }
    await done(send(world, notification))
    const typ = { typ: JOSE_TYP.withdrawal }
    const proof = await proofOf(world, signer, { header: typ })
    await done(json('/copies/withdrawals', { proof }))
    await done(post(world, `/api/licences/${issued.id}/paper`, {}))
    await done(post(world, `/api/licences/${issued.id}/pdf`, { format: 'a4' }))
    const again: typeof issued = await (
      await done(post(world, `/api/licences/${issued.id}/offers`, { withdrawEarlier: true }))
    ).json()
    expect((await requestToken(world, codeOfOffer(again.offer.uri), '000000')).status).toBe(400)
    await done(post(world, '/api/licences/search', {}))
    await done(post(world, '/api/licences/export', { type: TYPES.food }))
    const next = { validFrom: '2026-11-21', reason: '变更' }
    const { id: old } = await issueFood(world, { serial: 'ACT6' })
    const repeatable = { 'Idempotency-Key': 'act6' }
    await done(post(world, `/api/licences/${old}/versions`, next, repeatable))
    const status = { status: 'suspended', reason: '测试' }
    await done(post(world, `/api/licences/${issued.id}/status`, status))
  })

  test('citizens: signed in, a new phone, a lost one, signed out; another wallet by consent', async () => {
    const person = { subject: 'sub-chen', holderReference: HOLDER, level: 'real-name' }
    const verifier = 'v'.repeat(43)
    const challenge = sha256Base64url(verifier)
    const code = await makeWalletCode(world.services, { person, challenge })
    const Origin = world.services.config.walletOrigin
    const { bearer }: { bearer: string } = await (
      await done(json('/sign-in/exchange', { code, verifier }, { Origin }))
    ).json()
    const headers = { Authorization: `Bearer ${bearer}`, Origin }
    const { id, ...issued } = await issueFood(world, { serial: 'ACT2', holderReference: HOLDER })
    await receive(await redeem(world, issued))
    const offer: typeof issued = await (
      await done(json(`/api/my/licences/${id}/rebind`, {}, headers))
    ).json()
    await receive(await redeem(world, offer))
    const { code: authorisation, signer } = await authorised(world, { id, scope: TYPES.food })
    expect((await redeemCode(world, authorisation, { signer })).status).toBe(400)
    const refused: { request_uri: string } = await (
      await push(world, { scope: TYPES.food }, { signer })
    ).json()
    await done(consent(world, refused.request_uri, undefined))
    await done(json('/api/my/phone-lost', {}, headers))
    await done(json('/api/my/sign-out', {}, headers))
  })

  test('counters: asked, confirmed, certified, denied, from the desk too', async () => {
    const desk = enrolmentDesk(() => world)
    const key = await desk.keyFor([CENTRE])
    const device = holderSigner('Ed25519')
    const counterId = await desk.enrol(device, key)
    await done(desk.collect(device))
    await done(desk.administer(`${counterId}/deny`, {}, key))
    const { id, code } = await desk.ask(holderSigner('Ed25519'))
    await done(form(`/desk/counters/${id}/confirm`, { code }))
    await done(form(`/desk/counters/${id}/deny`))
  })

  test('verifications: opened, fetched, declined, read', async () => {
    const key = await askingKey(world)
    const opened = await openVerification(world, key)
    const request = await fetchRequest(world, opened, 'w1')
    await done(form(new URL(request.responseUri).pathname, { error: 'access_denied' }))
    await askApi(world, key, { path: `/${opened.id}/result`, body: { responseCode: 'x' } })
    const desk = enrolmentDesk(() => world)
    const counter = holderSigner('Ed25519')
    await desk.enrol(counter, await desk.keyFor([CENTRE]))
    await desk.certificateFor(counter)
    const asking = await desk.proof(counter, {
      act: 'ask',
      request: JSON.parse(JSON.stringify(ASKED)),
    })
    const { id, stateToken }: { id: string; stateToken: string } = await (
      await done(desk.post('/asking/requests', { proof: asking }))
    ).json()
    await done(desk.post('/asking/states', { id, stateToken }))
    const fetching = await desk.proof(counter, { act: 'answer', id })
    await done(desk.post('/asking/answers', { proof: fetching }))
    const closing = await desk.proof(counter, { act: 'close', id })
    await done(desk.post('/asking/closings', { proof: closing }))
    await nonceOf(world)
  })

  test('cases: brought, returned, reviewed, refused, granted, sealed, issued, rated', async () => {
    await walkCases(await caseWorldIn(world))
  }, 60_000)

  test('seals: applied for, refused, made, registered, used, suspended, cancelled', async () => {
    const refused = await seals.done('owner', '', { ...APPLICATION })
    await seals.done('maker', `/${refused['id']}/refuse`, { reason: 'x' })
    const id = await seals.sealInUse()
    const use = await seals.ask(id)
    await seals.approve(use)
    await seals.impression(use)
    const pdf = handwrittenPdf(['BT /F 20 Tf 300 300 Td (Seal here) Tj ET'])
    const digest = toBase64url(sha256(pdf))
    const place = { page: 1, x: 300, y: 400 }
    const file = letter({ sha256: digest, length: pdf.length, mediaType: 'application/pdf', place })
    const other = await seals.ask(id, [file])
    await seals.approve(other, [digest])
    await done(seals.request('clerk', `/uses/${other}/files/${digest}/pdf`, pdf))
    await seals.done('owner', `/${id}/suspend`, { reason: 'x' })
    await seals.resume(id)
    await seals.done('owner', `/${id}/cancel`, { reason: 'x' })
  })

  test('a licence that waits for its seal', async () => {
    const id = await seals.sealInUse({ licences: true })
    const accessToken = await redeem(world, await issueFood(world, { serial: 'ACT3' }))
    await seals.done('owner', `/${id}/suspend`, { reason: 'x' })
    const waiting: { transaction_id: string } = await (await receive(accessToken)).json()
    await seals.resume(id)
    const { transaction_id } = waiting
    await done(send(world, { path: '/openid/deferred', accessToken, body: { transaction_id } }))
  })

  test('staff: registered, given a role and taken it, signed out, gone', () => walkStaff(world))

  test('keys: announced, retired, what is due published', () => walkKeys(world))

  test('batches: tried, requested, approved, stopped, gone on with', async () => {
    const rows = [batchRow('ACT5')]
    await done(sendFile(world, '/trial', batchFile(rows)))
    const batch = await requestRows(world, rows)
    const cookie = await approver(world)
    await done(approve(world, cookie, batch))
    const { id } = batch
    await done(stepBatch(world, cookie, { id, name: 'stop', body: { reason: '测试' } }))
    await done(stepBatch(world, cookie, { id, name: 'resume' }))
  })

  test('orders: asked for by one, decided by another', async () => {
    const { id: licence } = await issueFood(world, { serial: 'ACT7' })
    const { claims, validFrom } = foodRequest()
    const to = { claims, validFrom, holderReference: 'ref-next' }
    const order = { kind: 'transfer', licence, reason: '转让', to }
    const asked = await done(post(world, '/api/orders', order, { 'Idempotency-Key': 'act7' }))
    const { id, digest }: { id: string; digest: string } = await asked.json()
    const path = `/api/orders/${id}/decision`
    const body = { decision: 'approve', digest }
    await done(askAs(world, await approver(world), { path, body }))
  })

  test('the desk: as the others', async () => {
    await done(form('/desk/issue', { sample: '0' }))
    const { id } = await issueFood(world, { serial: 'ACT4' })
    await done(form(`/desk/licences/${id}/status`, { status: 'suspended' }))
    await done(form(`/desk/licences/${id}/status`, { status: 'valid' }))
    await done(form(`/desk/licences/${id}/paper`))
    await done(form(`/desk/licences/${id}/offers`))
    const seal = await seals.sealInUse()
    const file = new FormData()
    file.set('file', new File([new Uint8Array(SAMPLE_LETTER_PDF)], 'letter.pdf'))
    const fields = { seal, purpose: '答复来函', keyword: '' }
    for (const [name, value] of Object.entries(fields)) file.set(name, value)
    await done(form('/desk/uses', file))
    const [use] = await deskUses(world.services)
    await done(form(`/desk/uses/${use?.id}/decision`, { decision: 'approve' }))
    await done(form(`/desk/uses/${use?.id}/file`))
    await done(form(`/desk/seals/${seal}/step`, { step: 'suspend' }))
  })

  for (const [route, due] of Object.entries(ROUTE_ACTS)) {
    const kinds = typeof due === 'string' ? [] : due
    test(`${route}: ${kinds.join(', ') || due}`, () => {
      expect([...(added.get(route) ?? ['it was not asked'])].sort()).toEqual([...kinds].sort())
    })
  }
})

describe('the acts of who has the server', () => {
  test('registrations are recorded once, publications and keys as well', async () => {
    const acts = new Set(await kindsFrom(0, ''))
    for (const act of [
      'agency/register',
      'api-key/create',
      'catalogue/register',
      'guide/register',
      'office/register',
      'seal-maker/register',
      'trust/bring',
      'trust/publish',
      'type/register',
    ]) {
      expect(acts).toContain(act)
    }
    const before = await recordLength(world.services.storage)
    for (const office of sampleOffices) await registerOffice(world.services, office)
    await registerCatalogue(world.services, JSON.parse(JSON.stringify(matterCatalogue)))
    expect(await recordLength(world.services.storage)).toBe(before)
    const [office] = sampleOffices
    if (office === undefined) throw new Error('no office')
    await registerOffice(world.services, { ...office, name: { ...office.name, en: 'Another' } })
    expect(await kindsFrom(before)).toEqual(['office/register'])
  })

  test('a person is named by none of their own names, and each fact by one that is known', async () => {
    const { said, unknown } = await factsIn(world)
    for (const name of ['sub-chen', 'sub-holder', HOLDER]) expect(said).not.toContain(name)
    expect(unknown).toEqual([])
  })
})
