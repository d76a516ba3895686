/** What the wallet shows, in real Chromium: whose licence, what is disclosed before and while, one tap from the lock. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, loadAfresh, openPage, type WatchedPage } from './browser.ts'
import { type Demo, startDemo } from './demo.ts'
import { codeOn, type DeskOffer, receive, waitingOffers } from './people.ts'
import { WITHOUT_WORKER } from './without-worker.ts'

const PASSCODE = '开门 2468'
const PHONE = { width: 390, height: 844 }
const MM_64 = (64 / 25.4) * 96

let demo: Demo
let browser: Browser
let citizen: BrowserContext
let wallet: WatchedPage
let page: Page
let offers: readonly DeskOffer[]

beforeAll(async () => {
  demo = await startDemo()
  browser = await launchBrowser({ whole: true })
  citizen = await browser.newContext({
    ...WITHOUT_WORKER,
    viewport: PHONE,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  await citizen.addInitScript(noteWakeLock)
  offers = await waitingOffers(demo)
  wallet = await openPage(citizen, `${demo.wallet}/`)
  page = wallet.page
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

test('one holder: no groups; several: each one under a name, the most used first', async () => {
  const [first, ...others] = offers
  if (first === undefined) throw new Error('the desk has no offer')
  await receive(page, first)
  await page.goto(`${demo.wallet}/`)
  await page.getByTestId('card').first().waitFor()
  expect(await page.getByTestId('holder-group').count()).toBe(0)
  for (const offer of others) await receive(page, offer)
  await page.goto(`${demo.wallet}/`)
  await expect.poll(() => page.getByTestId('card').count(), { timeout: 20_000 }).toBe(offers.length)
  const holders = await page.getByTestId('holder-group').locator('h2').allTextContents()
  expect(holders).toContain('陈样例 的证照')
  expect(holders).toContain('林测试 的证照')
  expect(new Set(holders).size).toBe(holders.length)
})

describe('what is disclosed', () => {
  test('is said on the card, by the button that shows it', async () => {
    const card = cardOf('林测试')
    await expect
      .poll(() => card.getByTestId('discloses').textContent(), { timeout: 20_000 })
      .toBe('出示时对方会看到：姓名、编号、有效期、发证机关')
    const describing = await card.getByTestId('show-button').getAttribute('aria-describedby')
    expect(await page.locator(`[id="${describing}"]`).textContent()).toContain('姓名')
  })

  test('is said while it is shown, and is what the card said', async () => {
    await cardOf('林测试').getByTestId('show-button').click()
    await codeOn(page)
    expect(await page.getByTestId('show-holder').textContent()).toBe('林测试')
    const terms = await page.locator('[data-testid="disclosed-list"] dt').allTextContents()
    expect(terms).toEqual(['证照编号', '有效期', '发证机关', '姓名'])
  })
})

test('the screen stays on while a code is on it, and no longer', async () => {
  const html = page.locator('html')
  await expect.poll(() => html.getAttribute('data-awake')).toBe('yes')
  await page.getByTestId('close-show').click()
  await expect.poll(() => html.getAttribute('data-awake')).toBe('no')
  await cardOf('林测试').getByTestId('show-button').click()
  await codeOn(page)
})

test('the code is as wide as the phone and at least 64 mm, on white, with a ring of seconds', async () => {
  const box = await page.getByTestId('qr').boundingBox()
  expect(box?.width).toBeGreaterThanOrEqual(MM_64)
  expect(box?.width).toBe(PHONE.width)
  const ground = await page
    .getByTestId('show-screen')
    .evaluate((element) => getComputedStyle(element).backgroundColor)
  expect(ground).toBe('rgb(255, 255, 255)')
  const seconds = Number(await page.getByTestId('countdown').getAttribute('data-seconds'))
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThanOrEqual(30)
  expect(await page.getByTestId('ring').getAttribute('aria-label')).toMatch(/^剩余 \d+ 秒$/)
})

describe('from the lock to the code', () => {
  test('the place asked for before the lock is where unlocking leads: no tap at all', async () => {
    const shown = new URL(page.url()).hash
    await page.goto(`${demo.wallet}/#/lock`)
    await page.getByTestId('passcode-new').fill(PASSCODE)
    await page.getByTestId('passcode-repeat').fill(PASSCODE)
    await page.getByTestId('set-passcode').click()
    await page.getByTestId('lock-done').waitFor({ timeout: 20_000 })
    await restartAt(shown)
    await unlock()
    await codeOn(page)
    expect(new URL(page.url()).hash).toBe(shown)
  })

  test('from home one tap shows the licence used most', async () => {
    await restartAt('#/')
    await unlock()
    await page.getByTestId('card').first().waitFor()
    await page.getByTestId('show-button').first().click()
    await codeOn(page)
    expect(await page.getByTestId('show-holder').textContent()).toBe('林测试')
  })

  test('the shortcut of the icon is in the manifest, and shows it without a tap', async () => {
    const manifest = await page.evaluate(async () => (await fetch('/manifest.webmanifest')).json())
    const [shortcut] = manifest.shortcuts
    expect(shortcut.url).toBe('/#/quick')
    await restartAt('#/quick')
    await unlock()
    await codeOn(page)
    expect(await page.getByTestId('show-holder').textContent()).toBe('林测试')
    await page.getByTestId('close-show').click()
    await page.getByTestId('card').first().waitFor()
  })
})

test('no page broke its content security policy', () => {
  expect(wallet.complaints).toEqual([])
})

function cardOf(holder: string) {
  return page.getByTestId('card').filter({ hasText: holder }).first()
}

async function restartAt(hash: string): Promise<void> {
  await loadAfresh(page, `${demo.wallet}/${hash}`)
}

async function unlock(): Promise<void> {
  await page.getByTestId('lock-passcode').fill(PASSCODE)
  await page.getByTestId('unlock').click()
  await page.getByTestId('lock-screen').waitFor({ state: 'detached', timeout: 20_000 })
}

/** Runs in the page: says whether the browser's own wake lock is held. */
function noteWakeLock(): void {
  const request = navigator.wakeLock.request.bind(navigator.wakeLock)
  navigator.wakeLock.request = async (type) => {
    const lock = await request(type)
    const { dataset } = document.documentElement
    dataset['awake'] = 'yes'
    lock.addEventListener('release', () => {
      dataset['awake'] = 'no'
    })
    return lock
  }
}
