/** Camera, a suspension that reaches both faces, and axe on every screen in both languages and several modes. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleOffices } from '@onetrip/fixtures'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lookInPassing } from '../screens/look-in-passing.ts'
import { expectAccessible } from './accessible.ts'
import { launchBrowser, openPage, type WatchedPage } from './browser.ts'
import { writeCameraFile } from './camera.ts'
import { type Demo, startDemo } from './demo.ts'
import {
  readVerdict,
  receive,
  refreshCounter,
  scanByHand,
  showFirst,
  waitingOffers,
} from './people.ts'
import { DESK, PHONE, WITHOUT_WORKER } from './without-worker.ts'

const OFFICE = sampleOffices[0]?.id ?? ''

let folder: string
let demo: Demo
let browser: Browser
let citizen: BrowserContext
let clerk: BrowserContext
let wallet: WatchedPage
let counter: WatchedPage

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-camera-'))
  demo = await startDemo()
  browser = await launchBrowser()
  citizen = await browser.newContext(PHONE)
  clerk = await browser.newContext(DESK)
  wallet = await openPage(citizen, `${demo.wallet}/`)
  counter = await openPage(clerk, `${demo.counter}/`)
  const offers = await waitingOffers(demo)
  const last = offers.at(-1)
  if (last === undefined) throw new Error('the desk has no offer')
  await receive(wallet.page, last)
  await wallet.page.goto(`${demo.wallet}/`)
  await counter.page.getByTestId('office-picker').selectOption(OFFICE)
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

test('a camera reads the live code from the wallet', async () => {
  const cameraFile = join(folder, 'live.y4m')
  writeCameraFile(cameraFile, await showFirst(wallet.page))
  const withCamera = await launchBrowser({ cameraFile })
  try {
    const context = await withCamera.newContext({
      ...WITHOUT_WORKER,
      permissions: ['camera'],
      locale: 'zh-CN',
    })
    const { page, complaints } = await openPage(context, `${demo.counter}/`)
    // Permission was given before, so the camera runs at once.
    expect(await readVerdict(page)).toMatchObject({ outcome: 'valid' })
    expect(complaints).toEqual([])
  } finally {
    await withCamera.close()
  }
})

test('the recent scan is kept, and erased when asked', async () => {
  await wallet.page.goto(`${demo.wallet}/#/`)
  const text = await showFirst(wallet.page)
  expect(await scanByHand(counter.page, text)).toMatchObject({ outcome: 'valid' })
  await counter.page.goto(`${demo.counter}/#/recent`)
  const list = counter.page.getByTestId('recent-list')
  await list.waitFor()
  expect(await list.locator('li, tr').count()).toBeGreaterThan(0)
  await counter.page.getByTestId('recent-erase').click()
  await counter.page.getByTestId('recent-erase-yes').click()
  await list.waitFor({ state: 'detached' })
})

test('axe finds nothing on the desk', async () => {
  const page = await clerk.newPage()
  await page.goto(`${demo.api}/`)
  await expectAccessible(page, 'desk')
  await page.close()
})

test('a suspension at the desk reaches counter and wallet with the next refresh, and is lifted again', async () => {
  const desk = await clerk.newPage()
  await setStatus(desk, 'suspended')
  await refreshCounter(counter.page, demo)
  await wallet.page.goto(`${demo.wallet}/#/`)
  const text = await showFirst(wallet.page)
  expect(await scanByHand(counter.page, text)).toMatchObject({
    outcome: 'invalid',
    code: 'status/suspended',
  })
  await lookInPassing(counter.page, 'counter-verdict-lapsed')
  await setStatus(desk, 'valid')
  await refreshCounter(counter.page, demo)
  await wallet.page.goto(`${demo.wallet}/#/`)
  const fresh = await showFirst(wallet.page)
  expect(await scanByHand(counter.page, fresh)).toMatchObject({ outcome: 'valid' })
})

async function setStatus(desk: Page, status: string): Promise<void> {
  await desk.goto(`${demo.api}/`)
  const licence = desk.locator('[data-licence]', { hasText: 'JY23399010000012' }).first()
  const form = licence.locator(`form:has([name="status"][value="${status}"])`).first()
  await form.locator('button').click()
  await desk.waitForURL(/#licence-/)
}
