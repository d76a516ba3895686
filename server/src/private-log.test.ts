/**
 * A story from the issue of a licence to a verdict and a lost phone: nothing that anybody sent, and no secret that was drawn or
 * derived, stands in the log (O16, T13).
 */
import { toBase64url, toHex } from '@onetrip/codec'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enrolmentDesk } from '../testing/enrolment-desk.ts'
import { askAs, memberWith, sessionCookie } from '../testing/staff-world.ts'
import {
  codeIn,
  holderSigner,
  issueFood,
  MARKET,
  openWorld,
  POLICE,
  post,
  redeem,
  TYPES,
  type World,
} from '../testing/test-world.ts'
import {
  answer,
  askApi,
  askingKey,
  fetchRequest,
  openVerification,
  presentFor,
  receiveLicences,
} from '../testing/vp-wallet.ts'
import { HOLDER, signedIn } from '../testing/wallet-client.ts'

/** Shorter ones stand in ids and times by chance. */
const MIN_CHARS = 3
const MIN_DRAWN_BYTES = 8
/** What names a closed set of ours, and may be logged. */
const WORDS: ReadonlySet<string> = new Set(['suspended'])

let world: World
const sent = new Set<string>()
const drawn = new Set<string>()

beforeAll(async () => {
  const opened = await openWorld({
    random: (length) => {
      const bytes = crypto.getRandomValues(new Uint8Array(length))
      if (length >= MIN_DRAWN_BYTES) drawn.add(toBase64url(bytes)).add(toHex(bytes))
      return bytes
    },
  })
  world = watched(opened)
})
afterAll(() => world.close())

/** The same world; what is sent to its app is kept. */
function watched(opened: World): World {
  const app: World['app'] = Object.create(opened.app)
  app.request = (input, init, ...rest) => {
    for (const [, value] of new Headers(init?.headers)) {
      for (const part of value.split(/[\s=;]+/)) keep(part)
    }
    if (typeof init?.body === 'string') keepBody(init.body)
    if (typeof input === 'string') keepQuery(input)
    return opened.app.request(input, init, ...rest)
  }
  return { ...opened, app }
}

function keepQuery(path: string): void {
  for (const [, value] of new URL(path, 'http://localhost').searchParams) keep(value)
}

function keepBody(body: string): void {
  if (body.startsWith('{')) keepLeaves(JSON.parse(body))
  else for (const [, value] of new URLSearchParams(body)) keep(value)
}

function keepLeaves(value: unknown): void {
  if (typeof value === 'string') keep(value)
  else if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) keepLeaves(member)
  }
}

function keep(value: string): void {
  if (value.length < MIN_CHARS || WORDS.has(value)) return
  sent.add(value).add(encodeURIComponent(value))
}

test('O16: the log of a whole story holds no personal value, key, nonce or code', async () => {
  const issued = await issueFood(world, { serial: 'JY2339901CANARY' })
  await redeem(world, issued)
  await post(world, `/api/licences/${issued.id}/status`, {
    status: 'suspended',
    reason: '金丝雀的理由',
  })
  await world.app.request(`/api/licences/金丝雀?name=${encodeURIComponent('金丝雀之名')}`)

  const licences = await receiveLicences(world)
  const key = await askingKey(world)
  const opened = await openVerification(world, key)
  const request = await fetchRequest(world, opened)
  await answer(world, request, await presentFor(world, request, licences))
  await askApi(world, key, { path: `/${opened.id}` })

  const desk = enrolmentDesk(() => world)
  await desk.collect(holderSigner('ES256')).catch(() => undefined)
  await desk.ask(holderSigner('ES256'))

  const cookie = await signedIn(world, HOLDER)
  const headers = { Cookie: cookie, Origin: world.services.config.apiOrigin }
  expect((await world.app.request('/api/my/licences', { headers })).status).toBe(200)
  const lost = await world.app.request('/api/my/phone-lost', { method: 'POST', headers })
  expect(lost.status).toBe(200)

  const clerk = { name: '金丝雀员', role: 'clerk', agencyId: POLICE } as const
  const session = await sessionCookie(world, await memberWith(world, clerk))
  expect((await askAs(world, session, { path: '/api/staff/me' })).status).toBe(200)

  const secrets = [
    codeIn(issued.offer.uri),
    world.apiKey,
    ...['陈样例', '金丝雀', clerk.name, MARKET, POLICE, TYPES.food],
    ...licences.map(({ credential }) => credential),
    ...[opened.requestUri, opened.uri, request.nonce],
  ]
  expect(world.logLines.length).toBeGreaterThan(20)
  expect(sent.size).toBeGreaterThan(30)
  expect(drawn.size).toBeGreaterThan(30)
  for (const route of ['/api/licences/:id/status', '/api/my/phone-lost', '/enrolment/requests']) {
    expect(world.logLines.some((line) => line.includes(`"route":"${route}"`))).toBe(true)
  }
  const log = world.logLines.join('\n')
  for (const secret of [...secrets, ...drawn, ...sent]) {
    expect(holds(log, secret), secret).toBe(false)
  }
})

/** As a word of its own where it is one of digits: times and ids hold any six of them. */
function holds(log: string, value: string): boolean {
  if (!/^\d+$/.test(value)) return log.includes(value)
  return new RegExp(`(?<![\\w.-])${value}(?![\\w.-])`).test(log)
}
