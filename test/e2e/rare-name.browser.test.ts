/** A name with a character that this device cannot draw: the licence's own picture stands in its place. */
import { identityOfShi } from '@onetrip/fixtures'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lookInPassing } from '../screens/look-in-passing.ts'
import { expectAccessible } from './accessible.ts'
import { launchBrowser, openPage, type WatchedPage } from './browser.ts'
import { type Demo, sharedDemo } from './demo.ts'
import { codeOn, receive, scanByHand, waitingOffers } from './people.ts'
import { PHONE, WITHOUT_WORKER } from './without-worker.ts'

const RARE = '\u{2e1ea}'

let demo: Demo
let browser: Browser
let wallet: WatchedPage
let counter: WatchedPage

beforeAll(async () => {
  demo = await sharedDemo()
  browser = await launchBrowser()
  const citizen = await browser.newContext(PHONE)
  const clerk = await browser.newContext({
    ...WITHOUT_WORKER,
    viewport: { width: 1280, height: 800 },
    locale: 'en',
  })
  const desk = await citizen.newPage()
  await issueAtDesk(desk)
  await desk.close()
  const offer = (await waitingOffers(demo)).at(-1)
  if (offer === undefined) throw new Error('the desk has no offer')
  wallet = await openPage(citizen, `${demo.wallet}/`)
  await receive(wallet.page, offer)
  counter = await openPage(clerk, `${demo.counter}/`)
})

afterAll(async () => {
  await browser?.close()
})

test('on the card and on the licence’s page', async () => {
  const { page } = wallet
  await page.goto(`${demo.wallet}/#/`)
  await expectPicture(page.getByTestId('card').first(), '生僻字 U+2E1EA')
  await page.getByTestId('details-link').click()
  await page.getByTestId('details-screen').waitFor()
  await expectPicture(page.getByTestId('licence'), '生僻字 U+2E1EA')
  await expectAccessible(page, 'details with a picture in the name')
})

test('while it is shown, and in the counter’s verdict', async () => {
  await wallet.page.getByTestId('show-button').click()
  const text = await codeOn(wallet.page)
  await expectPicture(wallet.page.getByTestId('disclosed-list'), '生僻字 U+2E1EA')
  expect(await scanByHand(counter.page, text)).toMatchObject({ outcome: 'valid' })
  const verdict = counter.page.getByTestId('verdict')
  await expectPicture(verdict, 'rare character U+2E1EA')
  expect(await verdict.textContent()).not.toContain('AuHq')
  await lookInPassing(counter.page, 'counter-verdict-valid-person')
})

test('no page broke its content security policy', () => {
  expect([...wallet.complaints, ...counter.complaints]).toEqual([])
})

/** In every place of the character: its picture and words for it, no framed code, and itself for copying. */
async function expectPicture(part: Locator, words: string): Promise<void> {
  const rare = part.getByTestId('rare').first()
  await rare.getByTestId('rare-picture').waitFor()
  expect(await rare.getAttribute('aria-label')).toBe(words)
  expect(await rare.textContent()).toBe(RARE)
  expect(await rare.locator('path').getAttribute('d')).toMatch(/^M5 1h1v1h-1zM16 1h2v1h-2z/)
  expect(await part.locator('.rare-code').count()).toBe(0)
  const { width, height } = (await rare.getByTestId('rare-picture').boundingBox()) ?? {}
  expect(width).toBeGreaterThan(12)
  expect(height).toBeCloseTo(width ?? 0)
}

async function issueAtDesk(desk: Page): Promise<void> {
  await desk.goto(`${demo.api}/`)
  const samples = desk.locator('#sample')
  const labels = await samples.locator('option').allTextContents()
  await samples.selectOption({
    index: labels.findIndex((one) => one.includes(identityOfShi.holder)),
  })
  await desk.locator('form[action="/desk/issue"] button').click()
  await desk.waitForURL(/#offers$/)
}
