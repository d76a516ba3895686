/**
 * An office asks over the network and a citizen answers with the wallet, by OpenID4VP: the link speaks to nobody before the person
 * says so, what is asked is shown as at a counter, and what was shown stands at the office's materials.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { isObject, parseJson, type Signer } from '@onetrip/codec'
import { parsePresentation, parseVpRequest } from '@onetrip/credential'
import { identityOfChen, sampleOffices } from '@onetrip/fixtures'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openKeyStore } from '../../server/src/keys/key-store.ts'
import { childProgram } from '../../server/testing/child-program.ts'
import { openVpOffice, type VpOffice, type VpOfficeOptions } from '../peers/vp-office.ts'
import { lookInPassing } from '../screens/look-in-passing.ts'
import { expectAccessible } from './accessible.ts'
import { launchBrowser, openPage, type WatchedPage } from './browser.ts'
import { type Demo, startDemo } from './demo.ts'
import { enrolAtDesk, readVerdict, receive, waitingOffers } from './people.ts'
import { DESK, PHONE } from './without-worker.ts'

const [OFFICE] = sampleOffices
const SLOW = { timeout: 30_000 } as const
const PURPOSE = '办理食品经营许可新办'

let demo: Demo
let browser: Browser
let page: Page
let key = ''
/** Addresses below `/openid4vp` that the wallet spoke to. */
const reached: string[] = []

beforeAll(async () => {
  demo = await startDemo()
  key = makeKey()
  browser = await launchBrowser()
  const context = await browser.newContext(PHONE)
  page = (await openPage(context, `${demo.wallet}/`)).page
  page.on('request', (request) => {
    if (request.url().includes('/openid4vp/')) reached.push(request.url())
  })
  const [identity] = await waitingOffers(demo)
  if (identity === undefined) throw new Error('the desk has no offer')
  await receive(page, identity)
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

describe('an office asks over the network', () => {
  test('the citizen sees where the link leads, fetches, agrees, and the office reads what was shown', async () => {
    const opened = await ask({ wants: [{ material: 'identity' }] })
    await page.goto(opened.uri)
    await page.getByTestId('online-origin').waitFor(SLOW)
    expect(await page.getByTestId('online-origin').textContent()).toBe(demo.api)
    expect(page.url()).toBe(`${demo.wallet}/#/online`)
    expect(reached).toEqual([])
    await page.getByTestId('fetch-request').click()
    await page.getByTestId('wanted').waitFor(SLOW)
    const words = (await page.getByTestId('online-screen').textContent()) ?? ''
    for (const said of [OFFICE?.name['zh-CN'], '开餐馆一件事', PURPOSE, new URL(demo.api).host]) {
      expect(words).toContain(said)
    }
    expect(words).toContain(String(identityOfChen.facts.claims['idNumber']))
    expect(words).not.toContain(String(identityOfChen.facts.claims['address']))
    await expectAccessible(page, 'the consent to a request over the network')
    expect(reached).toEqual([opened.requestUri])
    await page.getByTestId('agree').click()
    await page.getByTestId('online-given').waitFor(SLOW)
    expect(await read(opened.id)).toMatchObject({
      state: 'answered',
      result: {
        outcome: 'valid',
        materials: [{ licence: { claims: { name: identityOfChen.facts.claims['name'] } } }],
      },
    })
    await page.goto(`${demo.wallet}/#/history`)
    await page
      .getByText(OFFICE?.name['zh-CN'] ?? '')
      .first()
      .waitFor(SLOW)
  })

  test('a pasted link is opened too; a request that was answered is refused when it is sent', async () => {
    const opened = await ask({ wants: [{ material: 'identity' }] })
    await page.goto(`${demo.wallet}/#/add`)
    await page.getByTestId('link-input').fill(opened.openid4vpUri)
    await page.getByTestId('open-link').click()
    await page.getByTestId('fetch-request').click()
    await page.getByTestId('wanted').waitFor(SLOW)
    const { pathname } = new URL(opened.requestUri)
    await fetch(`${demo.api}${pathname.replace('requests', 'responses')}`, {
      method: 'POST',
      body: new URLSearchParams({ error: 'access_denied' }),
    })
    await page.getByTestId('agree').click()
    await page.getByTestId('consent-trouble').waitFor(SLOW)
    expect(await page.getByTestId('online-given').count()).toBe(0)
  })

  test('a verifier of another maker on another origin, which the configuration names, is answered', async () => {
    const office = await theirOffice({})
    try {
      await openLink(office.link)
      expect(await page.getByTestId('online-origin').textContent()).toBe(demo.elsewhere)
      expect(office.hits()).toBe(0)
      await page.getByTestId('fetch-request').click()
      await page.getByTestId('wanted').waitFor(SLOW)
      expect(await page.getByTestId('online-screen').textContent()).toContain(OFFICE?.name['zh-CN'])
      await page.getByTestId('agree').click()
      await page.getByTestId('online-given').waitFor(SLOW)
      const { identity = '' } = await office.presentations()
      expect(parsePresentation(identity).keyBinding).toBeDefined()
    } finally {
      await office.close()
    }
  })

  describe('an address that is not configured hears nothing (SSRF canary)', () => {
    let canary: Server
    let address = ''
    let heard = 0
    beforeAll(async () => {
      canary = createServer((_, answer) => {
        heard += 1
        answer.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end()
      })
      await new Promise<void>((listening) => canary.listen(0, '127.0.0.1', listening))
      const bound = canary.address()
      if (bound === null || typeof bound === 'string') throw new TypeError('not listening')
      address = `http://localhost:${bound.port}`
    })
    afterAll(() => {
      canary.close()
    })

    test('as the place of a request, or of another origin’s answers, or of a redirect', async () => {
      const before = reached.length
      const opened = await ask({ wants: [{ material: 'identity' }] })
      const [here, away] = [demo.api, address].map(encodeURIComponent)
      await openLink(opened.openid4vpUri.replace(here ?? '', away ?? ''))
      await page.getByTestId('online-refused').waitFor(SLOW)
      for (const changes of [
        { responseUri: `${address}/response` },
        { redirectTo: `${address}/request` },
      ]) {
        const office = await theirOffice(changes)
        try {
          await openLink(office.link)
          await page.getByTestId('fetch-request').click()
          await page.getByTestId('online-trouble').waitFor(SLOW)
          expect(await page.getByTestId('wanted').count()).toBe(0)
          expect(office.hits()).toBe(1)
        } finally {
          await office.close()
        }
      }
      expect([heard, reached.length]).toEqual([0, before])
    })
  })
})

describe('a counter asks over the network', () => {
  let counter: WatchedPage
  beforeAll(async () => {
    const clerk = await browser.newContext(DESK)
    counter = await openPage(clerk, `${demo.counter}/#/settings`)
    await enrolAtDesk(counter.page, demo, { office: OFFICE?.id ?? '', name: '三号窗口' })
  })

  async function askOnline(): Promise<string> {
    const clerk = counter.page
    await clerk.bringToFront()
    await clerk.goto(`${demo.counter}/#/ask`)
    await clerk.getByTestId('ask-choose').waitFor(SLOW)
    for (const material of ['premises', 'business-licence']) {
      await clerk.getByTestId(`ask-material-${material}`).uncheck()
    }
    await clerk.getByTestId('ask-online').click()
    const code = clerk.getByTestId('online-qr')
    await code.waitFor(SLOW)
    const link = (await code.getAttribute('data-text')) ?? ''
    expect(await clerk.getByTestId('online-link').getAttribute('href')).toBe(link)
    return link
  }

  async function open(link: string): Promise<void> {
    await page.bringToFront()
    await page.goto(link)
    await page.getByTestId('fetch-request').click()
    await page.getByTestId('wanted').waitFor(SLOW)
  }

  test('shows code and link, waits, and judges the answer itself', async () => {
    const link = await askOnline()
    await lookInPassing(counter.page, 'counter-ask-online')
    await open(link)
    await page.getByTestId('agree').click()
    await page.getByTestId('online-given').waitFor(SLOW)
    await counter.page.bringToFront()
    const { outcome, code } = await readVerdict(counter.page)
    expect([outcome, code]).toEqual(['valid', ''])
    const [identity = '', ...others] = await counter.page
      .getByTestId('answer-material')
      .allTextContents()
    expect(identity).toContain(String(identityOfChen.facts.claims['idNumber']))
    expect(others).toEqual([])
    for (const [part, there] of [
      ['request', 1],
      ['answer', 1],
      ['receipt', 1],
    ] as const) {
      expect(await counter.page.getByTestId(`proof-${part}`).count(), part).toBe(there)
    }
    await lookInPassing(counter.page, 'counter-ask-online-answer')
  })

  test('gives a receipt, which the wallet on the same device takes by a link, and keeps', async () => {
    await counter.page.getByTestId('give-receipt').click()
    const code = counter.page.getByTestId('receipt-qr')
    await code.waitFor(SLOW)
    await expectAccessible(counter.page, 'the receipt for an answer over the network')
    const link = (await counter.page.getByTestId('receipt-link').getAttribute('href')) ?? ''
    expect(new URL(link).origin).toBe(demo.wallet)
    await page.bringToFront()
    await page.goto(link)
    await page.getByTestId('receipt-kept').waitFor(SLOW)
    expect(page.url()).toBe(`${demo.wallet}/#/receipt`)
    await page.getByTestId('to-history').click()
    await page.getByTestId('record-receipt').first().waitFor(SLOW)
    expect(await page.getByTestId('record-bound').count()).toBeGreaterThan(0)
    expect(await page.getByTestId('record-unproven').count()).toBe(0)
    // Scanned from the screen it is the same.
    await page.goto(`${demo.wallet}/#/receipt`)
    await page.getByTestId('receipt-input').fill((await code.getAttribute('data-text')) ?? '')
    await page.getByTestId('open-receipt').click()
    await page.getByTestId('receipt-kept').waitFor(SLOW)
    await counter.page.bringToFront()
    await counter.page.getByTestId('next-scan').click()
  })

  test('goes on waiting when its page is loaded again; what the clerk ends takes no answer', async () => {
    const link = await askOnline()
    await counter.page.reload()
    const code = counter.page.getByTestId('online-qr')
    await code.waitFor(SLOW)
    expect(await code.getAttribute('data-text')).toBe(link)
    await open(link)
    await counter.page.bringToFront()
    const ended = counter.page.waitForResponse(
      (response) =>
        response.url() === `${demo.api}/asking/closings` && response.request().method() === 'POST',
    )
    await counter.page.getByTestId('ask-cancel').click()
    expect((await ended).status()).toBe(200)
    await page.bringToFront()
    await page.getByTestId('agree').click()
    await page.getByTestId('consent-trouble').waitFor(SLOW)
    expect(await page.getByTestId('online-given').count()).toBe(0)
    await counter.page.reload()
    await counter.page.goto(`${demo.counter}/#/ask`)
    await counter.page.getByTestId('ask-choose').waitFor(SLOW)
  })

  test('says when nobody agrees, and asks again', async () => {
    await open(await askOnline())
    await page.getByTestId('decline-request').click()
    await counter.page.bringToFront()
    await counter.page.getByTestId('online-over').waitFor(SLOW)
    await lookInPassing(counter.page, 'counter-ask-online-over')
    await counter.page.getByTestId('ask-again').click()
    await counter.page.getByTestId('online-qr').waitFor(SLOW)
    await counter.page.getByTestId('ask-cancel').click()
    expect(counter.complaints).toEqual([])
  })
})

/** Opens a link as if it had been scanned. */
async function openLink(text: string): Promise<void> {
  await page.goto(`${demo.wallet}/#/add`)
  await page.getByTestId('link-input').fill(text)
  await page.getByTestId('open-link').click()
}

/** The same office asks the same with software of another maker, on the other origin that the wallet may reach. */
async function theirOffice(
  changes: Pick<VpOfficeOptions, 'redirectTo' | 'responseUri'>,
): Promise<VpOffice> {
  const { requestUri } = await ask({ wants: [{ material: 'identity' }] })
  const { jws, certificates, matter = '' } = parseVpRequest(await (await fetch(requestUri)).text())
  const [certificate = new Uint8Array()] = certificates
  const payload = parseJson(jws.payload)
  const query = isObject(payload) ? payload['dcql_query'] : undefined
  if (query === undefined || !isObject(query)) throw new TypeError('a request has a query')
  return openVpOffice({
    certificate,
    signer: requestSigner(),
    now: () => Math.floor(Date.now() / 1000),
    query,
    matter,
    purpose: PURPOSE,
    port: Number(new URL(demo.elsewhere).port),
    ...changes,
  })
}

/** The key with which the demo signs the office's requests: a certificate names a host, and ports are all the same to it. */
function requestSigner(): Signer {
  const random = readFileSync(join(demo.dataDir, 'demo-passphrase'), 'utf8').trim()
  const keys = openKeyStore(join(demo.dataDir, 'keys'), { random })
  return keys.signer(`${OFFICE?.id.toLowerCase()}-request-1`)
}

interface Opened {
  readonly id: string
  readonly uri: string
  readonly openid4vpUri: string
  readonly requestUri: string
}

async function ask(changes: object): Promise<Opened> {
  const response = await fetch(`${demo.api}/api/verifications`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ matter: 'open-restaurant', purpose: PURPOSE, ...changes }),
  })
  if (response.status !== 201) throw new Error(await response.text())
  return response.json()
}

async function read(id: string): Promise<unknown> {
  const headers = { Authorization: `Bearer ${key}` }
  return (await fetch(`${demo.api}/api/verifications/${id}`, { headers })).json()
}

/** A key that asks in the office's name. */
function makeKey(): string {
  const order = {
    agencyId: '11339901XYN000014M',
    holder: { name: '孙窗口', kind: 'person' },
    types: [],
    roles: ['ask'],
    offices: [OFFICE?.id],
  }
  const script = [childProgram('make-keys'), JSON.stringify([order])]
  const { port } = new URL(demo.api)
  const env = { ...process.env, ONETRIP_PORT: port, ONETRIP_DATA_DIR: demo.dataDir }
  const printed = execFileSync(process.execPath, script, { env, encoding: 'utf8' })
  const [made = '']: readonly string[] = JSON.parse(printed.trim().split('\n').at(-1) ?? '[]')
  return made
}
