/**
 * A new phone: the first holds the licence; on the second the same person signs in with the demo's identity provider and moves it
 * there. With the counter's next refresh the first phone's copy is refused as revoked, and the second's is green.
 */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { identityOfChen, sampleOffices } from '@onetrip/fixtures'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lookInPassing } from '../screens/look-in-passing.ts'
import { expectAccessible } from './accessible.ts'
import { launchBrowser, openPage, type WatchedPage } from './browser.ts'
import { type Demo, startDemo } from './demo.ts'
import { receive, refreshCounter, scanByHand, showFirst, waitingOffers } from './people.ts'
import { DESK, WITHOUT_WORKER } from './without-worker.ts'

const PHONE = { ...WITHOUT_WORKER, viewport: { width: 390, height: 844 }, locale: 'zh-CN' } as const
const OFFICE = sampleOffices[0]?.id ?? ''
const NUMBER = identityOfChen.facts.serial

let demo: Demo
let browser: Browser
let first: WatchedPage
let second: WatchedPage
let counter: WatchedPage

beforeAll(async () => {
  demo = await startDemo()
  browser = await launchBrowser()
  const context = (): Promise<BrowserContext> => browser.newContext(PHONE)
  first = await openPage(await context(), `${demo.wallet}/`)
  second = await openPage(await context(), `${demo.wallet}/`)
  counter = await openPage(await browser.newContext(DESK), `${demo.counter}/`)
  await counter.page.getByTestId('office-picker').selectOption(OFFICE)
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

test('the second phone gets the licence after a sign-in, and the first phone’s copy is void', async () => {
  const [offer] = await waitingOffers(demo)
  if (offer === undefined) throw new Error('the desk has no offer')
  await receive(first.page, offer)

  const { page } = second
  await page.goto(`${demo.wallet}/#/agency`)
  await page.getByTestId('sign-in').click()
  await page.getByTestId('demo-chen').waitFor()
  await expectAccessible(page, 'demo identity provider')
  await page.getByTestId('demo-chen').click()
  const row = page.getByTestId(`agency-${NUMBER}`)
  await row.waitFor()
  await lookInPassing(page, 'wallet-agency-licences')
  ageSessions(demo)
  await row.getByTestId('move-here').click()
  await page.getByTestId('move-here-yes').click()
  await page.getByTestId('sign-in-refused').getByText('5 分钟').waitFor()
  await page.getByTestId('sign-in').click()
  await page.getByTestId('demo-chen').click()
  await row.getByTestId('move-here').click()
  // Its code is out of the address, and so out of the history.
  expect(page.url()).toBe(`${demo.wallet}/#/agency`)
  await page.getByTestId('move-here-yes').click()
  await page.getByTestId('agency-note').waitFor({ timeout: 60_000 })
  expect(await row.textContent()).toContain('在这台设备上')
  await page.getByTestId('phone-lost').click()
  await page.getByTestId('phone-lost-yes').waitFor()
  await lookInPassing(page, 'wallet-agency-lost')

  await refreshCounter(counter.page, demo)
  await first.page.goto(`${demo.wallet}/#/`)
  expect(await scanByHand(counter.page, await showFirst(first.page))).toMatchObject({
    outcome: 'invalid',
    code: 'status/revoked',
  })
  await page.goto(`${demo.wallet}/#/`)
  expect(await scanByHand(counter.page, await showFirst(page))).toMatchObject({ outcome: 'valid' })
})

/** Everybody who is signed in did so more than five minutes ago. */
function ageSessions({ dataDir }: Demo): void {
  const database = new DatabaseSync(join(dataDir, 'onetrip.sqlite'), { timeout: 5000 })
  database.exec('update session set signed_in_at = signed_in_at - 301')
  database.close()
}

test('a return that this window did not leave for signs nobody in', async () => {
  const { page } = second
  await page.goto(`${demo.wallet}/?stranger#sign_in_code=${'c'.repeat(43)}`)
  await page.getByTestId('sign-in').waitFor()
  expect(new URL(page.url()).hash).toBe('#/agency')
  expect(await page.getByTestId('sign-in-refused').count()).toBe(0)
})

test('whose real name is not proven is told so, and how to go on', async () => {
  const { page } = second
  await page.getByTestId('sign-in').click()
  await page.getByTestId('demo-wu').click()
  const refused = page.getByTestId('sign-in-refused')
  await refused.waitFor()
  expect(await refused.textContent()).toContain('实名')
})

test('no page broke its content security policy', () => {
  expect([first, second, counter].flatMap(({ complaints }) => complaints)).toEqual([])
})
