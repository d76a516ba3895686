/** A counter is enrolled: its short code is compared at the desk, verdicts name office and device, a lost device is denied. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { sampleOffices } from '@onetrip/fixtures'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { lookInPassing } from '../screens/look-in-passing.ts'
import { becomeControlled, launchBrowser, openPage, type WatchedPage } from './browser.ts'
import { type Demo, startDemo } from './demo.ts'
import { freshCode, receive, scanByHand, waitingOffers } from './people.ts'
import { PHONE } from './without-worker.ts'

const OFFICE = sampleOffices[1]
const NAME = '执法车 7 号平板'
const SLOW = { timeout: 30_000 } as const
const PICTURES = process.env['ONETRIP_LOOK']

let demo: Demo
let browser: Browser
let citizen: BrowserContext
let clerk: BrowserContext
let wallet: WatchedPage
let counter: WatchedPage
let desk: Page

beforeAll(async () => {
  demo = await startDemo()
  browser = await launchBrowser()
  citizen = await browser.newContext(PHONE)
  clerk = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  wallet = await openPage(citizen, `${demo.wallet}/`)
  counter = await openPage(clerk, `${demo.counter}/`)
  desk = await browser.newPage()
  const offers = await waitingOffers(demo)
  const last = offers.at(-1)
  if (last === undefined) throw new Error('the desk has no offer')
  await receive(wallet.page, last)
  await wallet.page.goto(`${demo.wallet}/#/`)
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

afterEach(() => clerk.setOffline(false))

describe('a counter comes to speak for an office', () => {
  test('not enrolled it verifies, and says that it speaks for no office', async () => {
    const { page } = counter
    expect(await scanByHand(page, await freshCode(wallet.page))).toMatchObject({ outcome: 'valid' })
    expect(await page.getByTestId('evidence-no-office').textContent()).toContain('不代表任何单位')
    await page.getByTestId('verdict-note').click()
    expect(await page.getByTestId('note-no-office').textContent()).toContain('不代表任何单位')
  })

  test('the device shows a code, the desk the same one, and confirms', async () => {
    const { page } = counter
    await page.getByTestId('place-settings').click()
    await page.getByTestId('enrol-ask').click()
    await expect.poll(() => page.getByTestId('enrolment').textContent()).toContain('请选择单位')
    await page.getByTestId('enrol-office').selectOption(OFFICE?.id ?? '')
    await page.getByTestId('enrol-name').fill(NAME)
    await page.getByTestId('enrol-ask').click()
    const shown = await page.getByTestId('enrol-code').textContent(SLOW)
    expect(shown).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    await lookInPassing(page, 'counter-enrolment-code')
    await look('asked')
    await page.reload()
    expect(await page.getByTestId('enrol-code').textContent()).toBe(shown)
    await desk.goto(`${demo.api}/`)
    const card = desk.locator('[data-counter]')
    expect(await card.locator('[data-code]').textContent()).toBe(shown)
    expect(await card.textContent()).toContain(NAME)
    await card.locator('[data-confirm]').click()
    expect(await page.getByTestId('enrolled-office').textContent(SLOW)).toBe(OFFICE?.name['zh-CN'])
    expect(await page.getByTestId('enrolled-device').textContent()).toBe(`01 · ${NAME}`)
    await lookInPassing(page, 'counter-enrolment-enrolled')
    await look('enrolled')
  })

  test('its key is in the browser, and cannot be taken out', async () => {
    const key = await counter.page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((done, fail) => {
        const opening = indexedDB.open('onetrip-enrolment')
        opening.onsuccess = () => done(opening.result)
        opening.onerror = () => fail(opening.error)
      })
      const record = await new Promise<{ key: { privateKey: CryptoKey } }>((done) => {
        const asked = database.transaction('enrolment').objectStore('enrolment').get('current')
        asked.onsuccess = () => done(asked.result)
      })
      database.close()
      const { privateKey } = record.key
      const taken = await crypto.subtle.exportKey('pkcs8', privateKey).then(
        () => true,
        () => false,
      )
      return { extractable: privateKey.extractable, taken }
    })
    expect(key).toEqual({ extractable: false, taken: false })
  })

  test('verdict, note and first screen name office and device, also offline', async () => {
    const { page } = counter
    await becomeControlled(page)
    await clerk.setOffline(true)
    await page.reload()
    await page.goto(`${demo.counter}/#/`)
    expect(await page.getByTestId('office-fixed').textContent(SLOW)).toBe(OFFICE?.name['zh-CN'])
    expect(await page.getByTestId('office-picker').count()).toBe(0)
    await lookInPassing(page, 'counter-ready-enrolled')
    expect(await scanByHand(page, await freshCode(wallet.page))).toMatchObject({ outcome: 'valid' })
    expect(await page.getByTestId('evidence-office').textContent()).toBe(OFFICE?.name['zh-CN'])
    expect(await page.getByTestId('evidence-device').textContent()).toBe(`01 · ${NAME}`)
    await lookInPassing(page, 'counter-verdict-enrolled')
    await look('verdict')
    await page.getByTestId('verdict-note').click()
    expect(await page.getByTestId('note-device').textContent()).toBe(`01 · ${NAME}`)
  })

  test('one that is cut off is enrolled, and later renewed, by the pack that is carried to it', async () => {
    const cellar = await browser.newContext({ locale: 'zh-CN' })
    const page = await cellar.newPage()
    await page.goto(`${demo.counter}/#/settings`)
    await page.getByTestId('enrol-office').selectOption(OFFICE?.id ?? '')
    await page.getByTestId('enrol-name').fill('地下车库')
    await page.getByTestId('enrol-ask').click()
    await page.getByTestId('enrol-code').waitFor(SLOW)
    await page.getByTestId('pack-input').waitFor({ state: 'attached' })
    await cellar.setOffline(true)
    await desk.goto(`${demo.api}/`)
    const card = desk.locator('[data-counter]').filter({ hasText: '地下车库' })
    await card.locator('[data-confirm]').click()
    const path = await card.locator('[data-pack]').getAttribute('href', SLOW)
    const answer = await fetch(new URL(path ?? '', demo.api))
    const buffer = Buffer.from(await answer.arrayBuffer())
    const pack = { name: 'counter.otpack', mimeType: 'application/octet-stream', buffer }
    await page.getByTestId('pack-input').setInputFiles(pack)
    await page.getByTestId('pack-done').waitFor(SLOW)
    expect(await page.getByTestId('enrolled-device').textContent(SLOW)).toBe('02 · 地下车库')
    // The pack of another counter brings nothing to this one, and harms nothing.
    await counter.page.goto(`${demo.counter}/#/settings`)
    await counter.page.getByTestId('pack-input').setInputFiles(pack)
    await counter.page.getByTestId('pack-done').waitFor(SLOW)
    expect(await counter.page.getByTestId('enrolled-device').textContent()).toBe(`01 · ${NAME}`)
    await cellar.close()
  })

  test('a lost device is denied: it is told, and speaks for no office', async () => {
    const { page } = counter
    await desk.goto(`${demo.api}/`)
    await desk.locator('[data-counter]').filter({ hasText: NAME }).locator('[data-deny]').click()
    await desk.locator('[data-counter] .state.revoked').waitFor()
    await page.goto(`${demo.counter}/#/settings`)
    await page.getByTestId('enrol-leave').click()
    await page.getByTestId('enrol-leave-yes').waitFor()
    await lookInPassing(page, 'counter-enrolment-leave')
    await page.reload()
    await page.getByTestId('enrol-refresh').click()
    const ended = page.getByTestId('enrolment-ended')
    await ended.waitFor(SLOW)
    expect(await ended.getAttribute('data-code')).toBe('counter/denied')
    await lookInPassing(page, 'counter-enrolment-denied')
    await look('denied')
    await page.reload()
    expect(await ended.getAttribute('data-code')).toBe('counter/denied')
    await page.getByTestId('place-ready').click()
    expect(await scanByHand(page, await freshCode(wallet.page))).toMatchObject({ outcome: 'valid' })
    expect(await page.getByTestId('evidence-no-office').textContent()).toContain('不代表任何单位')
  })

  test('no page broke its content security policy', () => {
    expect(counter.complaints).toEqual([])
  })
})

async function look(name: string): Promise<void> {
  if (PICTURES === undefined) return
  mkdirSync(PICTURES, { recursive: true })
  await counter.page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true })
}
