/** Signing in over real HTTP at the demo's own provider, as a wallet and as a page of the API does. */
import { createHash, randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CookieBrowser, cookieBrowser, type Landing } from '../../testing/cookie-browser.ts'
import { freePort } from '../../testing/free-port.ts'
import { codeOf, openWorld, type World } from '../../testing/test-world.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { SESSION_COOKIE } from './citizen.ts'
import { relyingParty } from './relying-party.ts'
import { beginSignIn } from './sign-in.ts'
import { WALLET_CODE_SECONDS } from './wallet-code.ts'

const now = (): number => Math.floor(Date.now() / 1000)

let world: World
let server: RunningServer
let api: string
let wallet: string

beforeAll(async () => {
  world = await openWorld({ environment: { ONETRIP_PORT: String(await freePort()) } })
  world.setNow(now())
  server = await startServer({ services: world.services, closeMilliseconds: 0 })
  api = world.services.config.apiOrigin
  wallet = world.services.config.walletOrigin
})
afterAll(async () => {
  await server.close()
  rmSync(world.folder, { recursive: true })
})

function secret(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** From the wallet to the provider's page, and the person of that name chosen there. */
async function choose(
  browser: CookieBrowser,
  challenge: string,
  subject: string,
): Promise<Landing> {
  const page = await browser.open(`${api}/sign-in/wallet?challenge=${challenge}`)
  expect(page.status).toBe(200)
  expect(page.text).toContain('demo-chen')
  return browser.send(page.address, { subject })
}

function exchange(code: string, verifier: string, origin = wallet): Promise<Response> {
  return fetch(`${api}/sign-in/exchange`, {
    method: 'POST',
    headers: { Origin: origin, 'Content-Type': 'application/json' },
    body: JSON.stringify({ code, verifier }),
  })
}

function codeIn({ address }: Landing): string {
  const [, code = ''] = /^#sign_in_code=([\w-]{43})$/.exec(new URL(address).hash) ?? []
  return code
}

async function walletCode(challenge: string): Promise<string> {
  return codeIn(await choose(cookieBrowser(api), challenge, 'demo-chen'))
}

describe('a wallet signs in', () => {
  test('and gets a session for its code, of another origin than the cookies', async () => {
    const { verifier, challenge } = secret()
    const browser = cookieBrowser(api)
    const landing = await choose(browser, challenge, 'demo-chen')
    expect(landing.address.startsWith(`${wallet}/#sign_in_code=`)).toBe(true)
    expect([...browser.cookies.keys()]).not.toContain(SESSION_COOKIE)
    const response = await exchange(codeIn(landing), verifier)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(wallet)
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBeNull()
    const { bearer, endsAt }: { bearer: string; endsAt: number } = await response.json()
    expect(endsAt - now()).toBeLessThanOrEqual(900)
    const mine = await fetch(`${api}/api/my/licences`, {
      headers: { Authorization: `Bearer ${bearer}`, Origin: wallet },
    })
    expect(mine.status).toBe(200)
    const { licences }: { licences: { serial: string }[] } = await mine.json()
    expect(licences.length).toBeGreaterThan(0)
  })

  test('a code counts once, for a minute, for the window that began, and for the wallet alone', async () => {
    const { verifier, challenge } = secret()
    const once = await walletCode(challenge)
    expect((await exchange(once, verifier)).status).toBe(200)
    expect(await codeOf(await exchange(once, verifier))).toBe('sign-in/code')

    const stolen = await walletCode(challenge)
    expect(await codeOf(await exchange(stolen, secret().verifier))).toBe('sign-in/code')
    expect(await codeOf(await exchange(stolen, verifier))).toBe('sign-in/code')

    const late = await walletCode(challenge)
    world.setNow(now() + WALLET_CODE_SECONDS + 1)
    expect(await codeOf(await exchange(late, verifier))).toBe('sign-in/code')
    world.setNow(now())

    const elsewhere = await exchange(await walletCode(challenge), verifier, api)
    expect(await codeOf(elsewhere)).toBe('http/origin')
  })

  test('with a challenge of another form it is sent back, and only ever to the wallet', async () => {
    for (const query of ['', '?challenge=x', '?challenge=https://canary.example/&to=//canary']) {
      const landing = await cookieBrowser(api).open(`${api}/sign-in/wallet${query}`)
      expect(landing.address).toBe(`${wallet}/#sign_in_refused=input%2Finvalid`)
    }
  })

  test('whose real name is not known well enough is refused', async () => {
    const landing = await choose(cookieBrowser(api), secret().challenge, 'demo-wu')
    expect(landing.address).toBe(`${wallet}/#sign_in_refused=sign-in%2Flevel`)
  })

  test('who goes back at the provider is not signed in', async () => {
    const landing = await choose(cookieBrowser(api), secret().challenge, '')
    expect(landing.address).toBe(`${wallet}/#sign_in_refused=sign-in%2Frefused`)
  })

  test('as anybody, one after the other', async () => {
    const browser = cookieBrowser(api)
    await choose(browser, secret().challenge, 'demo-chen')
    expect(codeIn(await choose(browser, secret().challenge, 'demo-lin'))).not.toBe('')
  })
})

describe('a callback', () => {
  const refused = (code: string): string => `${wallet}/#sign_in_refused=${encodeURIComponent(code)}`

  test('that this browser did not begin, or began for another state, leads nowhere', async () => {
    const stranger = await cookieBrowser(api).open(`${api}/sign-in/callback?code=x&state=y`)
    expect(stranger.address).toBe(refused('sign-in/state'))
    const browser = cookieBrowser(api)
    await browser.open(`${api}/sign-in/wallet?challenge=${secret().challenge}`)
    for (const query of ['', '?code=x', '?code=x&state=y', '?state=y&state=z']) {
      const landing = await browser.open(`${api}/sign-in/callback${query}`)
      expect(landing.address).toBe(refused('sign-in/state'))
    }
  })

  test('counts once, within ten minutes, with the code that the provider gave', async () => {
    const answered = await interrupted()
    const browser = answered.browser()
    expect(codeIn(await browser.open(answered.callback))).not.toBe('')
    expect((await answered.browser().open(answered.callback)).address).toBe(
      refused('sign-in/state'),
    )

    const late = await interrupted()
    world.setNow(now() + 601)
    expect((await late.browser().open(late.callback)).address).toBe(refused('sign-in/state'))
    world.setNow(now())

    const other = await interrupted()
    const forged = new URL(other.callback)
    forged.searchParams.set('code', 'x'.repeat(43))
    expect((await other.browser().open(forged.href)).address).toBe(refused('sign-in/refused'))
  })
})

describe('a page of the API', () => {
  test('gets a session of the browser, and goes on where its route said', async () => {
    const begun = await beginSignIn(world.services, { kind: 'page', path: '/healthz?from=1' })
    const browser = cookieBrowser(api)
    const [pair = ''] = (begun.headers.getSetCookie()[0] ?? '').split(';')
    browser.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    const page = await browser.open(begun.headers.get('Location') ?? '')
    const landing = await browser.send(page.address, { subject: 'demo-lin' })
    expect(landing).toMatchObject({ address: `${api}/healthz?from=1`, status: 200 })
    expect(browser.cookies.has(SESSION_COOKIE)).toBe(true)
  })

  test('never leads to another host', async () => {
    for (const path of ['//canary.example/', '/\\canary.example', 'https://canary.example', '']) {
      await expect(beginSignIn(world.services, { kind: 'page', path })).rejects.toThrow(TypeError)
    }
  })
})

describe('a provider', () => {
  const secrets = { state: 's', nonce: 'n', codeVerifier: 'v'.repeat(43) }

  test('authenticates the person anew, whoever is signed in there', async () => {
    const party = relyingParty(provider(), `${api}/sign-in/callback`)
    const { searchParams } = await party.authorize(secrets)
    expect(searchParams.get('prompt')).toBe('login')
    expect(searchParams.get('max_age')).toBe('60')
    expect(searchParams.get('code_challenge_method')).toBe('S256')
  })

  test('that does not answer is unavailable', async () => {
    const issuer = `http://localhost:${await freePort()}`
    const party = relyingParty({ ...provider(), issuer }, `${api}/sign-in/callback`)
    await expect(party.authorize(secrets)).rejects.toThrow('sign-in/unavailable')
  })

  test('with another client secret refuses ours', async () => {
    const party = relyingParty({ ...provider(), clientSecret: 'another' }, `${api}/x`)
    const search = `?code=${'x'.repeat(43)}&state=s&iss=${encodeURIComponent(`${api}/idp`)}`
    await expect(party.finish(search, secrets)).rejects.toThrow('sign-in/refused')
  })
})

function provider(): Parameters<typeof relyingParty>[0] {
  return {
    issuer: `${api}/idp`,
    clientId: 'onetrip',
    scope: 'openid',
    holderClaim: 'sub',
    levelClaim: 'acr',
    levels: ['x'],
    applyLevels: ['x'],
  }
}

/** A sign-in up to the answer of the provider, which is not taken yet; `browser` has the cookies of that moment. */
async function interrupted(): Promise<{
  readonly callback: string
  readonly browser: () => CookieBrowser
}> {
  const browser = cookieBrowser(api)
  const page = await browser.open(`${api}/sign-in/wallet?challenge=${secret().challenge}`)
  const Cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const chosen = await fetch(page.address, {
    method: 'POST',
    headers: { Cookie, Origin: api, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'subject=demo-chen',
    redirect: 'manual',
  })
  const resumed = await fetch(chosen.headers.get('Location') ?? '', {
    headers: { Cookie },
    redirect: 'manual',
  })
  const kept = [...browser.cookies]
  return {
    callback: resumed.headers.get('Location') ?? '',
    browser: () => {
      const same = cookieBrowser(api)
      for (const [name, value] of kept) same.cookies.set(name, value)
      return same
    },
  }
}
