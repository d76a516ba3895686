/**
 * The story of the README, in real Chromium: an agency issues, a citizen receives, the server is killed after
 * each face's second start, the licence is shown, and a counter, also offline, says what it is worth.
 */
import { sampleOffices } from '@onetrip/fixtures'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { altered } from '../screens/codes.ts'
import { lookInPassing } from '../screens/look-in-passing.ts'
import {
  becomeControlled,
  launchBrowser,
  loadAfresh,
  openPage,
  type WatchedPage,
} from './browser.ts'
import { type Demo, startDemo } from './demo.ts'
import { deskOffers, receive, scanByHand, scanPicture, showAgain, showFirst } from './people.ts'

const OFFICE = sampleOffices[0]?.id ?? ''
const MINUTE_MILLISECONDS = 60_000
const DAY_MILLISECONDS = 86_400_000

let demo: Demo
let browser: Browser
let citizen: BrowserContext
let clerk: BrowserContext
let wallet: WatchedPage
let counter: WatchedPage

beforeAll(async () => {
  demo = await startDemo()
  browser = await launchBrowser()
  citizen = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  clerk = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  wallet = await openPage(citizen, `${demo.wallet}/`)
  counter = await openPage(clerk, `${demo.counter}/`)
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

describe('a licence goes from the desk to a counter with no network', () => {
  test('the citizen receives what the agency issued', async () => {
    const offers = await deskOffers(citizen, demo)
    expect(offers.length).toBeGreaterThanOrEqual(3)
    for (const offer of offers.slice(-2)) await receive(wallet.page, offer)
    await lookInPassing(wallet.page, 'wallet-offer-done')
    await wallet.page.goto(`${demo.wallet}/`)
    await expect.poll(() => wallet.page.getByTestId('card').count()).toBe(2)
  })

  test('a receiving code that is wrong, and an offer used twice, change nothing', async () => {
    const [first] = await deskOffers(citizen, demo)
    const page = await citizen.newPage()
    await loadAfresh(page, first?.link ?? '')
    await page.getByTestId('txcode-input').fill(first?.txCode === '000000' ? '000001' : '000000')
    await lookInPassing(page, 'wallet-offer-asking')
    await page.getByTestId('accept-offer').click()
    await page.getByTestId('offer-trouble').waitFor()
    await lookInPassing(page, 'wallet-offer-wrong-code')
    await page.goto(`${demo.wallet}/`)
    await page.getByTestId('card').first().waitFor()
    expect(await page.getByTestId('card').count()).toBe(2)
    await page.close()
  })

  test('second start: both faces are under their service worker, the counter knows its office', async () => {
    await becomeControlled(wallet.page)
    await counter.page.getByTestId('office-picker').selectOption(OFFICE)
    await becomeControlled(counter.page)
    await counter.page.getByTestId('ready-screen').waitFor()
  })

  test('the server is killed; the wallet shows, the counter says genuine and as of when', async () => {
    await demo.kill()
    await citizen.setOffline(true)
    await clerk.setOffline(true)
    await wallet.page.goto(`${demo.wallet}/`)
    await counter.page.goto(`${demo.counter}/`)
    const text = await showFirst(wallet.page)
    const verdict = await scanByHand(counter.page, text)
    expect(verdict).toMatchObject({ outcome: 'valid', code: '' })
    expect(verdict.words).toContain('有效')
    expect(await counter.page.getByTestId('evidence-age').textContent()).toMatch(/截至.*\d\d:\d\d/)
    expect(await counter.page.getByTestId('office-picker').count()).toBe(0)
    await lookInPassing(counter.page, 'counter-verdict-valid')
  })

  test('the same code again: shown before', async () => {
    const fresh = await showAgain(wallet.page)
    expect(await scanByHand(counter.page, fresh)).toMatchObject({ outcome: 'valid' })
    expect(await scanByHand(counter.page, fresh)).toMatchObject({
      outcome: 'invalid',
      code: 'presentation/replayed',
    })
    await lookInPassing(counter.page, 'counter-verdict-repeated')
  })

  test('one character changed: not genuine', async () => {
    const text = await showAgain(wallet.page)
    expect(await scanByHand(counter.page, altered(text))).toMatchObject({ outcome: 'invalid' })
    expect(await counter.page.locator('.verdict-forged').count()).toBe(1)
    await lookInPassing(counter.page, 'counter-verdict-forged')
  })

  test('a screenshot: genuine at once, clocks that differ minutes later, refused after ten', async () => {
    await showAgain(wallet.page)
    const picture = await wallet.page.screenshot()
    const now = Date.now()
    await counter.page.clock.install({ time: now })
    await counter.page.reload()
    await counter.page.clock.setFixedTime(now + 3 * MINUTE_MILLISECONDS)
    expect(await scanPicture(counter.page, picture)).toMatchObject({
      outcome: 'unverifiable',
      code: 'clock/differs',
    })
    await lookInPassing(counter.page, 'counter-verdict-clock')
    await counter.page.clock.setFixedTime(now + 12 * MINUTE_MILLISECONDS)
    const refused = await scanPicture(counter.page, picture)
    expect(refused).toMatchObject({ outcome: 'invalid', code: 'presentation/expired' })
  })

  test('a copy is amber for its recipient, red elsewhere, and too old to say three days later', async () => {
    const page = await clerk.newPage()
    await page.goto(`${demo.counter}/`)
    await wallet.page.goto(`${demo.wallet}/`)
    await wallet.page.getByTestId('details-link').first().click()
    await wallet.page.getByTestId('copy-button').click()
    await wallet.page.getByTestId('copy-purpose').fill('办理户外招牌设置')
    await wallet.page.getByTestId('copy-recipient').selectOption(OFFICE)
    await wallet.page.getByTestId('make-copy').click()
    const code = wallet.page.locator('[data-testid="qr"][data-text^="OT1:"]').first()
    await code.waitFor()
    const text = (await code.getAttribute('data-text')) ?? ''
    expect(await scanByHand(page, text)).toMatchObject({
      outcome: 'caution',
      code: 'presentation/copy',
    })
    await lookInPassing(page, 'counter-verdict-copy')
    await page.getByTestId('next-scan').click()
    await page.getByTestId('office-picker').selectOption(sampleOffices[1]?.id ?? '')
    expect(await scanByHand(page, text)).toMatchObject({
      outcome: 'invalid',
      code: 'presentation/recipient',
    })
    await lookInPassing(page, 'counter-verdict-not-for-here')
    await page.clock.setFixedTime(Date.now() + 3 * DAY_MILLISECONDS)
    await loadAfresh(page, `${demo.counter}/#/`)
    await page.getByTestId('office-picker').selectOption(OFFICE)
    await lookInPassing(page, 'counter-ready-stale')
    expect((await scanByHand(page, text)).code).toMatch(/^(?:trust|status)\/stale$/)
    await lookInPassing(page, 'counter-verdict-stale')
    await page.close()
  })

  test('what is not ours is refused and opens nothing', async () => {
    const page = await clerk.newPage()
    await page.goto(`${demo.counter}/`)
    for (const foreign of ['WIFI:S:x;T:WPA;P:y;;', 'OT1:', 'https://verify.example/valid']) {
      expect(await scanByHand(page, foreign)).toMatchObject({ outcome: 'unverifiable' })
      expect(new URL(page.url()).origin).toBe(demo.counter)
    }
    await lookInPassing(page, 'counter-verdict-not-ours')
    await page.close()
  })

  test('no page broke its content security policy', () => {
    expect(wallet.complaints).toEqual([])
    expect(counter.complaints).toEqual([])
  })
})
