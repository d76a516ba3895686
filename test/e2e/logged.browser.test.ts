/** A licence that is shown with its receipt of the log: issued, shown with nobody reachable, and judged by a counter without a network. */
import { propertyOfZhao } from '@onetrip/fixtures'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { launchBrowser, loadAfresh, openPage, type WatchedPage } from './browser.ts'
import { type Demo, sharedDemo } from './demo.ts'
import { paste, readVerdict, receive, waitingOffers } from './people.ts'

let demo: Demo
let browser: Browser
let citizen: BrowserContext
let clerk: BrowserContext
let wallet: WatchedPage
let counter: WatchedPage

beforeAll(async () => {
  demo = await sharedDemo()
  browser = await launchBrowser()
  citizen = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
  clerk = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  const desk = await citizen.newPage()
  await issueAtDesk(desk)
  await desk.close()
})

afterAll(async () => {
  await browser?.close()
})

test('while the log does not answer, the wallet says that the receipt is missing, and gets it by itself', async () => {
  const offer = (await waitingOffers(demo)).at(-1)
  if (offer === undefined) throw new Error('the desk has no offer')
  wallet = await openPage(citizen, `${demo.wallet}/`)
  const { page } = wallet
  const asked: string[] = []
  await page.route('**/log/receipts/*', (route) => {
    asked.push(new URL(route.request().url()).pathname)
    return route.abort()
  })
  await receive(page, offer)
  await loadAfresh(page, `${demo.wallet}/#/`)
  await page.getByTestId('show-button').first().click()
  await page.getByTestId('receipt-missing').waitFor()
  await expectAccessible(page, 'a licence without its receipt')
  expect(await textOn(page, 'OT1:')).not.toBe('')
  await expect.poll(() => asked.length, { timeout: 60_000 }).toBeGreaterThan(0)
  // The hash of an entry, and nothing else.
  for (const path of asked) expect(path).toMatch(/^\/log\/receipts\/[\w-]{43}$/)
  const missing = page.getByTestId('receipt-missing')
  const before = asked.length
  await missing.getByRole('button').click()
  await expect.poll(() => asked.length).toBeGreaterThan(before)
  await page.unroute('**/log/receipts/*')
  // By the button or by itself, whichever is first: then there is none to press.
  const again = missing.getByRole('button').click({ timeout: 10_000 })
  await Promise.all([
    missing.waitFor({ state: 'detached', timeout: 20_000 }),
    again.catch((error: unknown) => expect(String(error)).toContain('Timeout')),
  ])
})

test('the code moves, and a counter without a network finds it genuine and on record', async () => {
  const { page } = wallet
  counter = await openPage(clerk, `${demo.counter}/`)
  await counter.page.getByTestId('ready-screen').waitFor()
  await expect
    .poll(() => counter.page.getByTestId('trust-refresh').first().getAttribute('aria-busy'))
    .not.toBe('true')
  await page.bringToFront()
  await loadAfresh(page, `${demo.wallet}/#/`)
  await Promise.all([citizen.setOffline(true), clerk.setOffline(true)])
  await page.getByTestId('show-button').first().click()
  const text = await textOn(page, 'OT1F:')
  await page.getByText('证照附带存证回执').waitFor()
  await counter.page.bringToFront()
  await paste(counter.page, text)
  expect(await readVerdict(counter.page)).toMatchObject({ outcome: 'valid', code: '' })
})

test('no page broke its content security policy', () => {
  expect([...wallet.complaints, ...counter.complaints]).toEqual([])
})

async function textOn(page: Page, start: string): Promise<string> {
  const code = page.locator(`[data-testid="qr"][data-text^="${start}"]`)
  await code.waitFor({ timeout: 20_000 })
  return (await code.getAttribute('data-text')) ?? ''
}

async function issueAtDesk(desk: Page): Promise<void> {
  await desk.goto(`${demo.api}/`)
  const samples = desk.locator('#sample')
  const labels = await samples.locator('option').allTextContents()
  await samples.selectOption({
    index: labels.findIndex((one) => one.includes(propertyOfZhao.holder)),
  })
  await desk.locator('form[action="/desk/issue"] button').click()
  await desk.waitForURL(/#offers$/)
}
