/** A later release of the wallet: it waits, is offered by prompt, never on the show screen, and takes over when told. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lookInPassing } from '../screens/look-in-passing.ts'
import { becomeControlled, launchBrowser, openPage, openWindow } from './browser.ts'
import { type Demo, startDemo } from './demo.ts'
import { serveFace } from './face-server.ts'
import { codeOn, nextCode, receive, showFirst } from './people.ts'
import { issueOffer } from './stored-rows.ts'

const WAIT = { timeout: 40_000 }
const LONG_TEST_MS = 180_000

let demo: Demo
let browser: Browser
let page: Page
let release: string
let server: Server | undefined

beforeAll(async () => {
  demo = await startDemo()
  browser = await launchBrowser()
  const citizen = await browser.newContext({ locale: 'zh-CN' })
  const opened = await openPage(citizen, `${demo.wallet}/`)
  page = opened.page
  await receive(page, await issueOffer(demo))
  await page.goto(`${demo.wallet}/`)
  await becomeControlled(page)
  await page.getByTestId('card').first().waitFor(WAIT)
  release = mkdtempSync(join(tmpdir(), 'onetrip-release-'))
  cpSync(join(demo.dataDir, 'faces', 'wallet'), release, { recursive: true })
  makeLaterRelease(release)
})

afterAll(async () => {
  await browser?.close()
  await new Promise((done) => (server === undefined ? done(0) : server.close(done)))
  await demo?.stop()
  if (release) rmSync(release, { recursive: true, force: true })
})

test(
  'a later release waits while a code is on the screen, is offered after it, and takes over when told',
  async () => {
    await demo.kill()
    server = await serveFace({ folder: release, origin: demo.wallet, reaches: [demo.api] })
    const other = await openWindow(page)
    await other.goto(`${demo.wallet}/`)
    await showFirst(other)
    await page.bringToFront()
    const shown = await showFirst(page)
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration()
      await registration?.update()
    })
    await page.waitForFunction(async () => {
      const registration = await navigator.serviceWorker.getRegistration()
      return registration?.waiting != null
    })
    // Through the next signing the code stays, and nothing asks or reloads.
    await nextCode(page, shown)
    expect(await page.getByTestId('update-now').count()).toBe(0)
    expect(await page.locator('html[data-release]').count()).toBe(0)
    await page.reload()
    await codeOn(page)
    expect(await page.locator('html[data-release]').count()).toBe(0)
    expect(await page.getByTestId('update-now').count()).toBe(0)
    await page.getByTestId('close-show').click()
    await page.getByTestId('update-now').waitFor(WAIT)
    await lookInPassing(page, 'wallet-update')
    expect(await page.locator('html[data-release]').count()).toBe(0)
    await page.getByTestId('update-now').click()
    await page.locator('html[data-release="2"]').waitFor({ ...WAIT, state: 'attached' })
    await page.getByTestId('card').first().waitFor(WAIT)
    expect(await page.getByTestId('update-now').count()).toBe(0)
    // The window that was left behind goes on with its code, and follows when it is told.
    await codeOn(other)
    expect(await other.locator('html[data-release]').count()).toBe(0)
    await other.getByTestId('close-show').click()
    await other.getByTestId('update-now').click(WAIT)
    await other.locator('html[data-release="2"]').waitFor({ ...WAIT, state: 'attached' })
    await other.getByTestId('card').first().waitFor(WAIT)
  },
  LONG_TEST_MS,
)

/** The same build with another page, listed in the service worker under another revision. */
function makeLaterRelease(folder: string): void {
  const index = join(folder, 'index.html')
  writeFileSync(index, readFileSync(index, 'utf8').replace('<html', '<html data-release="2"'))
  const worker = join(folder, 'sw.js')
  const before = readFileSync(worker, 'utf8')
  const entry = /"revision":"[0-9a-f]{32}","url":"index\.html"/
  const after = before.replace(entry, `"revision":"${'2'.repeat(32)}","url":"index.html"`)
  if (after === before) throw new Error('sw.js does not list index.html')
  writeFileSync(worker, after)
}
