/** The counter beyond one verdict: recent scans, files and notes, continuous mode, help, kiosk, two windows. */
import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lookInPassing } from '../screens/look-in-passing.ts'
import { launchBrowser, loadAfresh, openPage, openWindow, type WatchedPage } from './browser.ts'
import { type Demo, sharedDemo } from './demo.ts'
import { freshCode, paste, readVerdict, receive, scanByHand, typeScan } from './people.ts'
import { issueOffer } from './stored-rows.ts'
import { DESK, PHONE } from './without-worker.ts'

/** Within what a counter says that a licence ends soon. */
const SOON_MILLISECONDS = 12 * 86_400_000

let demo: Demo
let browser: Browser
let citizen: BrowserContext
let clerk: BrowserContext
let wallet: WatchedPage
let counter: WatchedPage

beforeAll(async () => {
  demo = await sharedDemo()
  browser = await launchBrowser()
  citizen = await browser.newContext(PHONE)
  clerk = await browser.newContext(DESK)
  wallet = await openPage(citizen, `${demo.wallet}/`)
  counter = await openPage(clerk, `${demo.counter}/`)
  const validTo = new Date(Date.now() + SOON_MILLISECONDS).toISOString().slice(0, 10)
  await receive(wallet.page, await issueOffer(demo, { validTo }))
  await wallet.page.goto(`${demo.wallet}/#/`)
})

afterAll(async () => {
  await browser?.close()
})

describe('recent scans', () => {
  test('are counted, found by their number, and open a note that proves nothing', async () => {
    const { page } = counter
    const text = await freshCode(wallet.page)
    expect(await scanByHand(page, text)).toMatchObject({ outcome: 'valid' })
    await lookInPassing(page, 'counter-verdict-ends-soon')
    expect(await scanByHand(page, text)).toMatchObject({ outcome: 'invalid' })
    await page.getByTestId('verdict-note').click()
    await page.getByTestId('note').waitFor()
    const number = (await page.getByTestId('note-number').textContent()) ?? ''
    expect(number).toMatch(/^\d{4} \d{4}$/)
    expect(await page.getByTestId('note').textContent()).toContain('不证明任何事项')
    await page.getByTestId('place-recent').click()
    await page.getByTestId('recent-find').fill(number)
    await expect.poll(() => page.getByTestId('note-link').count()).toBe(1)
    expect(await page.getByTestId('note-link').getAttribute('aria-label')).toContain(number)
    await page.getByTestId('recent-find').fill('')
    await expect.poll(() => page.getByTestId('note-link').count()).toBe(2)
    expect(await page.getByTestId('recent-today').textContent()).toContain('2')
    expect(await page.getByTestId('day-counts').textContent()).toContain('未通过 1')
  })

  test('a note survives a reload, and prints without the frame of the page', async () => {
    const { page } = counter
    await page.getByTestId('note-link').first().click()
    await page.reload()
    await page.getByTestId('note').waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByTestId('note').isVisible()).toBe(true)
    expect(await page.getByTestId('note-print').isVisible()).toBe(false)
    expect(await page.getByTestId('place-ready').isVisible()).toBe(false)
    expect((await page.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(1000)
    await page.emulateMedia({ media: 'screen' })
    await page.goto(`${demo.counter}/#/note/unknown`)
    await page.getByTestId('note-gone').waitFor()
  })

  test('are exported as CSV with a BOM and as JSON, and erased', async () => {
    const { page } = counter
    await page.goto(`${demo.counter}/#/recent`)
    const csv = await exported(page, 'export-csv')
    expect(csv.name).toMatch(/^onetrip-scans-\d{8}-\d{6}\.csv$/)
    expect(csv.text.charCodeAt(0)).toBe(0xfeff)
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(3)
    const json: unknown = JSON.parse((await exported(page, 'export-json')).text)
    expect(json).toMatchObject({ kind: 'onetrip-recent-scans', format: 1 })
    await page.getByTestId('recent-erase').click()
    await page.getByTestId('recent-erase-yes').click()
    await page.getByTestId('recent-screen').waitFor({ state: 'detached' })
    await page.reload()
    await page.getByTestId('place-recent').waitFor()
    expect(await page.getByTestId('recent-list').count()).toBe(0)
  })
})

describe('a result that is not believed', () => {
  test('is reported in one step: kept without a network, sent with one, under a number', async () => {
    const { page } = counter
    await page.goto(`${demo.counter}/#/`)
    const text = await freshCode(wallet.page)
    await scanByHand(page, text)
    expect(await page.getByTestId('report').count()).toBe(0)
    expect(await scanByHand(page, text)).toMatchObject({ outcome: 'invalid' })
    await clerk.setOffline(true)
    await page.getByTestId('report').click()
    const told = page.getByTestId('report-told')
    await expect.poll(() => told.getAttribute('data-state')).toBe('waiting')
    await clerk.setOffline(false)
    await expect.poll(() => told.getAttribute('data-state')).toBe('sent')
    const number = await page.getByTestId('report-number').textContent()
    const kept = await fetch(`${demo.api}/reports/${number}`)
    expect(await kept.json()).toMatchObject({ id: number, state: 'open' })
    await page.getByTestId('next-scan').click()
  })
})

describe('continuous mode', () => {
  test('goes back to scanning by itself, but holds a red result until it is acknowledged', async () => {
    const page = await freshCounter()
    await page.goto(`${demo.counter}/#/settings`)
    await page.getByTestId('continuous').check()
    await page.getByTestId('continuous-after').selectOption('2')
    await page.getByTestId('place-ready').click()
    await page.getByTestId('continuous-on').waitFor()
    await lookInPassing(page, 'counter-continuous')
    const text = await freshCode(wallet.page)
    await scanByHand(page, text)
    await page.getByTestId('ready-screen').waitFor({ timeout: 6000 })
    expect(await scanByHand(page, text)).toMatchObject({ outcome: 'invalid' })
    const fresh = await freshCode(wallet.page)
    await typeScan(page, fresh)
    await expect.poll(() => page.getByTestId('held').textContent()).not.toBe('')
    expect(await readVerdict(page)).toMatchObject({ outcome: 'invalid' })
    await page.waitForTimeout(2500)
    expect(await readVerdict(page)).toMatchObject({ outcome: 'invalid' })
    await lookInPassing(page, 'counter-verdict-held')
    await page.keyboard.press('Escape')
    await page.getByTestId('ready-screen').waitFor()
    expect(await scanByHand(page, fresh)).toMatchObject({ outcome: 'valid' })
    await page.context().close()
  })

  test('sound and vibration are switched each by itself', async () => {
    const page = await freshCounter()
    await page.addInitScript(() => {
      navigator.vibrate = (pattern) => {
        document.documentElement.dataset['vibrated'] = String(pattern)
        return true
      }
      const start = OscillatorNode.prototype.start
      OscillatorNode.prototype.start = function count(...when) {
        const { dataset } = document.documentElement
        dataset['tones'] = String(Number(dataset['tones'] ?? 0) + 1)
        start.apply(this, when)
      }
    })
    await page.goto(`${demo.counter}/`)
    await page.reload()
    const tones = () => page.locator('html').getAttribute('data-tones')
    // Nobody has touched the page: a tone now would wait, and be heard with all others at the first touch.
    await page.getByTestId('ready-screen').waitFor()
    await paste(page, 'https://verify.example/')
    await page.getByTestId('verdict').waitFor()
    expect(await tones()).toBeNull()
    await page.getByTestId('next-scan').click()
    await scanByHand(page, 'https://verify.example/')
    expect(await vibrated(page)).toBe('60,80,60')
    expect(await tones()).toBe('1')
    await page.getByTestId('next-scan').click()
    await page.getByTestId('place-settings').click()
    await page.getByTestId('vibration').uncheck()
    expect(await page.getByTestId('sound').isChecked()).toBe(true)
    await page.evaluate(() => document.documentElement.removeAttribute('data-vibrated'))
    await page.getByTestId('place-ready').click()
    await scanByHand(page, 'https://verify.example/')
    expect(await vibrated(page)).toBeNull()
    expect(await tones()).toBe('2')
    await page.context().close()
  })
})

test('a kiosk has one place, survives a reload, resets when idle, and opens with its code', async () => {
  const page = await freshCounter()
  await page.addInitScript(() => {
    navigator.wakeLock.request = async () => {
      document.documentElement.dataset['awake'] = 'yes'
      throw new DOMException('no screen', 'NotAllowedError')
    }
  })
  const other = await openWindow(page)
  await other.goto(`${demo.counter}/#/settings`)
  await other.getByTestId('place-settings').waitFor()
  await page.bringToFront()
  await page.goto(`${demo.counter}/#/settings`)
  await page.getByTestId('kiosk-code').fill('258')
  await page.getByTestId('kiosk-start').click()
  await page.getByText('退出码须为 4 至 12 位数字。').waitFor()
  await page.getByTestId('kiosk-code').fill('2580')
  await page.getByTestId('kiosk-idle').selectOption('15')
  await page.getByTestId('kiosk-start').click()
  await page.getByTestId('kiosk-exit').waitFor()
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true)
  // A window that fills the screen has one size, and what follows is looked at in several.
  await page.addInitScript(() => {
    Element.prototype.requestFullscreen = () => Promise.resolve()
  })
  await page.evaluate(() => document.exitFullscreen())
  // A window that was open before is a kiosk too.
  await other.getByTestId('kiosk-exit').waitFor()
  await other.getByTestId('settings-screen').waitFor({ state: 'detached' })
  await page.reload()
  await page.getByTestId('ready-screen').waitFor()
  await page.getByTestId('kiosk-exit').waitFor()
  await lookInPassing(page, 'counter-kiosk')
  expect(await page.locator('html').getAttribute('data-awake')).toBe('yes')
  for (const hidden of ['place-settings', 'office-picker', 'upload-input', 'recent-list']) {
    expect(await page.getByTestId(hidden).count(), hidden).toBe(0)
  }
  await page.evaluate(() => {
    location.hash = '#/settings'
  })
  await page.getByTestId('ready-screen').waitFor()
  expect(await page.getByTestId('settings-screen').count()).toBe(0)
  await page.getByTestId('language-switch').click()
  await scanByHand(page, 'https://verify.example/')
  expect(await page.getByTestId('verdict-note').count()).toBe(0)
  await lookInPassing(page, 'counter-kiosk-verdict')
  await page.getByTestId('verdict').waitFor({ state: 'detached', timeout: 25_000 })
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
  await page.goBack()
  expect(await page.getByTestId('verdict').count()).toBe(0)
  await page.goto(`${demo.counter}/`)
  await page.getByTestId('kiosk-exit').click()
  await page.getByTestId('kiosk-exit-code').waitFor()
  await lookInPassing(page, 'counter-kiosk-exit')
  await page.getByTestId('kiosk-exit-code').fill('0000')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.getByTestId('kiosk-error').textContent()).toContain('退出码不对')
  await lookInPassing(page, 'counter-kiosk-wrong')
  await page.getByTestId('kiosk-exit-code').fill('2580')
  await page.keyboard.press('Enter')
  await page.getByTestId('place-settings').waitFor()
  await other.getByTestId('place-settings').waitFor()
  await page.reload()
  await page.getByTestId('place-settings').waitFor()
  await page.context().close()
})

test('what two windows set, both keep', async () => {
  const page = await freshCounter()
  const other = await openWindow(page)
  for (const window of [page, other]) {
    await window.goto(`${demo.counter}/#/settings`)
    await window.getByTestId('sound').waitFor()
  }
  await page.getByTestId('sound').uncheck()
  await expect.poll(() => other.getByTestId('sound').isChecked()).toBe(false)
  await other.getByTestId('wedge-gap').selectOption('200')
  await page.reload()
  await page.getByTestId('wedge-gap').waitFor()
  expect(await page.getByTestId('sound').isChecked()).toBe(false)
  expect(await page.getByTestId('wedge-gap').inputValue()).toBe('200')
  await page.context().close()
})

test('a second window sees what the first one scanned and erased; what could not be erased stays', async () => {
  const page = await freshCounter()
  const other = await openWindow(page)
  await other.goto(`${demo.counter}/#/recent`)
  await page.bringToFront()
  await scanByHand(page, 'https://verify.example/')
  await other.getByTestId('recent-list').waitFor()
  await page.goto(`${demo.counter}/#/recent`)
  await page.evaluate(() => {
    IDBObjectStore.prototype.clear = () => {
      throw new DOMException('broken', 'UnknownError')
    }
  })
  const erase = async () => {
    await page.getByTestId('recent-erase').click()
    await page.getByTestId('recent-erase-yes').click()
  }
  await erase()
  await page.getByTestId('recent-not-erased').waitFor()
  await lookInPassing(page, 'counter-recent-not-erased')
  expect(await page.getByTestId('recent-list').count()).toBe(1)
  await page.reload()
  await page.getByTestId('recent-list').waitFor()
  await erase()
  await page.getByTestId('recent-list').waitFor({ state: 'detached' })
  await other.getByTestId('recent-list').waitFor({ state: 'detached' })
  await page.context().close()
})

test('help stands at /help and by keyboard', async () => {
  const { page } = counter
  await page.goto(`${demo.counter}/help`)
  await page.getByTestId('help-screen').waitFor()
  await page.getByTestId('place-ready').focus()
  await page.keyboard.press('Enter')
  await page.getByTestId('ready-screen').waitFor()
  await page.getByTestId('place-help').focus()
  await page.keyboard.press('Enter')
  await page.getByTestId('help-screen').waitFor()
  await page.getByTestId('skip').focus()
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  expect(await page.getByTestId('help-screen').isVisible()).toBe(true)
})

test('a storage that cannot be written is said, and lets no repeated code pass', async () => {
  const { page } = counter
  await loadAfresh(page, `${demo.counter}/#/`)
  await page.evaluate(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  const code = await freshCode(wallet.page)
  expect(await scanByHand(page, code)).toMatchObject({ outcome: 'valid' })
  expect(await scanByHand(page, code)).toMatchObject({ code: 'presentation/replayed' })
  await page.getByTestId('next-scan').click()
  await page.getByTestId('scan-trouble-storage').waitFor()
})

test('a check that breaks off leaves no verdict of the scan before', async () => {
  const { page } = counter
  await loadAfresh(page, `${demo.counter}/#/`)
  expect(await scanByHand(page, await freshCode(wallet.page))).toMatchObject({ outcome: 'valid' })
  await page.evaluate(() => {
    crypto.randomUUID = () => {
      throw new Error('broken')
    }
  })
  await typeScan(page, await freshCode(wallet.page))
  await page.getByTestId('scan-trouble-check').waitFor()
  expect(await page.getByTestId('verdict').count()).toBe(0)
})

test('no page broke its content security policy', () => {
  expect(counter.complaints).toEqual([])
})

/** A counter of its own: other settings, other records. */
async function freshCounter(): Promise<Page> {
  const context = await browser.newContext(DESK)
  const page = await context.newPage()
  await page.goto(`${demo.counter}/`)
  await page.getByTestId('ready-screen').waitFor()
  return page
}

async function vibrated(page: Page): Promise<string | null> {
  return page.locator('html').getAttribute('data-vibrated')
}

async function exported(
  page: Page,
  testId: string,
): Promise<{ readonly name: string; readonly text: string }> {
  const waiting = page.waitForEvent('download')
  await page.getByTestId(testId).click()
  const download = await waiting
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') }
}
