/**
 * An office asks over the network and a citizen answers with the wallet, by OpenID4VP: the link speaks to nobody before the person
 * says so, what is asked is shown as at a counter, and what was shown stands at the office's materials.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { identityOfChen, sampleOffices } from '@onetrip/fixtures'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { launchBrowser, openPage } from './browser.ts'
import { type Demo, startDemo } from './demo.ts'
import { deskOffers, receive } from './people.ts'

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
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
  })
  page = (await openPage(context, `${demo.wallet}/`)).page
  page.on('request', (request) => {
    if (request.url().includes('/openid4vp/')) reached.push(request.url())
  })
  const [identity] = await deskOffers(context, demo)
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

  test('a link to an address that is not configured is not followed (SSRF canary)', async () => {
    const opened = await ask({ wants: [{ material: 'identity' }] })
    const before = reached.length
    const away = opened.openid4vpUri.replace(
      encodeURIComponent(demo.api),
      encodeURIComponent('http://localhost:9'),
    )
    await page.goto(`${demo.wallet}/#/add`)
    await page.getByTestId('link-input').fill(away)
    await page.getByTestId('open-link').click()
    await page.getByTestId('online-refused').waitFor(SLOW)
    expect(reached.length).toBe(before)
  })
})

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
  const script = [join(import.meta.dirname, 'make-keys.ts'), JSON.stringify([order])]
  const { port } = new URL(demo.api)
  const env = { ...process.env, ONETRIP_PORT: port, ONETRIP_DATA_DIR: demo.dataDir }
  const printed = execFileSync(process.execPath, script, { env, encoding: 'utf8' })
  const [made = '']: readonly string[] = JSON.parse(printed.trim().split('\n').at(-1) ?? '[]')
  return made
}
