/** A wallet outlives its phone: a backup of one profile is restored in another, and received again there (WA01, WA05). */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { agencyOf, type Issued } from '../screens/agency.ts'
import { lookInPassing } from '../screens/look-in-passing.ts'
import { type Backup, makeBackup, restore } from './backups.ts'
import { launchBrowser, openPage, type WatchedPage } from './browser.ts'
import { type Demo, sharedDemo } from './demo.ts'
import { receive, showFirst } from './people.ts'
import { crash, holdWrites, isHeld, rows, storedIn } from './stored-rows.ts'
import { WITHOUT_WORKER } from './without-worker.ts'

const PHONE = {
  ...WITHOUT_WORKER,
  viewport: { width: 390, height: 844 },
  locale: 'zh-CN',
  acceptDownloads: true,
}
const WAIT = { timeout: 40_000 }

let demo: Demo
let browser: Browser
let issued: Issued
let backup: Backup
let phone: WatchedPage
let next: BrowserContext

beforeAll(async () => {
  demo = await sharedDemo()
  browser = await launchBrowser()
  issued = await agencyOf(demo).issueFood({ serial: 'JY23399010017001' })
  const old = await openPage(await browser.newContext(PHONE), `${demo.wallet}/`)
  await receive(old.page, issued.offer)
  await old.page.goto(`${demo.wallet}/#/`)
  await showFirst(old.page)
  backup = await makeBackup(old.page, demo.wallet)
  expect(old.complaints).toEqual([])
  await old.page.context().close()
  next = await browser.newContext(PHONE)
  phone = await openPage(next, `${demo.wallet}/`)
  await phone.page.getByTestId('restore-open').click()
})

afterAll(async () => {
  await browser?.close()
})

test('a damaged file, one of 2 GB, and a code with a slip of the pen restore nothing', async () => {
  const { page } = phone
  const { file, code } = backup
  const damaged = Buffer.from(file.buffer)
  damaged.set([(damaged.at(100) ?? 0) ^ 1], 100)
  await page.getByTestId('backup-input').setInputFiles({ ...file, buffer: damaged })
  await page.getByTestId('restore-trouble').getByText('已损坏').waitFor(WAIT)
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-backup-'))
  const large = join(folder, 'large.otbackup')
  writeFileSync(large, '')
  truncateSync(large, 2 ** 31)
  await page.getByTestId('backup-input').setInputFiles(large)
  await page.getByTestId('restore-trouble').getByText('64 MB').waitFor(WAIT)
  rmSync(folder, { recursive: true })
  await restore(page, { file, code: code.slice(0, -1) })
  await page.locator('.field-error').waitFor(WAIT)
  expect(await rows(page, { box: 'licences' })).toEqual([])
})

test('a tab that dies in the middle of storing leaves nothing', async () => {
  const dying = await next.newPage()
  await holdWrites(dying, 'history')
  await dying.goto(`${demo.wallet}/#/restore`)
  await restore(dying, backup)
  await isHeld(dying)
  await crash(dying)
  for (const box of ['licences', 'history']) expect(await rows(phone.page, { box })).toEqual([])
})

test('a write that is broken off leaves nothing; then all of it is there, marked and not shown', async () => {
  const { page } = phone
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put
    IDBObjectStore.prototype.put = function (...given) {
      const request = put.apply(this, given)
      if (this.name !== 'history') return request
      this.transaction.abort()
      IDBObjectStore.prototype.put = put
      return request
    }
  })
  await page.getByTestId('recovery-input').fill(backup.code)
  await page.getByTestId('restore').click()
  await page.getByTestId('restore-trouble').getByText('无法打开本机存储').waitFor(WAIT)
  expect(await rows(page, { box: 'licences' })).toEqual([])
  await page.getByTestId('restore').click()
  await page.getByTestId('restore-done').getByText('证照 1 张、记录 1 条').waitFor(WAIT)
  expect(await rows(page, { box: 'history' })).toHaveLength(1)
  await page.getByTestId('restore-home').click()
  await page.getByTestId('card-unbound').waitFor(WAIT)
  expect(await page.getByTestId('show-button').count()).toBe(0)
  const [licence] = await storedIn(page, { database: 'onetrip-wallet', box: 'licences' })
  expect(licence).toMatchObject({ keys: { cbor: { secret: { kind: 'elsewhere' } } } })
  await page.getByTestId('details-link').click()
  await page.getByTestId('unbound').waitFor()
  await lookInPassing(page, 'wallet-details-unbound')
  await page.goto(`${demo.wallet}/#/quick`)
  await page.getByTestId('show-screen').getByTestId('unbound').waitFor()
  expect(await page.getByTestId('qr').count()).toBe(0)
})

test('restoring again doubles nothing', async () => {
  const { page } = phone
  await page.goto(`${demo.wallet}/#/restore`)
  await restore(page, backup)
  await page.getByTestId('restore-done').getByText('有 2 项本机已有').waitFor(WAIT)
  expect(await rows(page, { box: 'licences' })).toHaveLength(1)
  expect(await rows(page, { box: 'history' })).toHaveLength(1)
})

test('received again it is shown, and its past is there', async () => {
  const { page } = phone
  await receive(page, await agencyOf(demo).offerAgain(issued.id))
  await page.goto(`${demo.wallet}/#/`)
  expect(await showFirst(page)).toMatch(/^OT1:/)
  await page.getByTestId('close-show').click()
  await page.getByTestId('place-history').click()
  await expect.poll(() => page.locator('[data-testid="history-list"] li').count(), WAIT).toBe(2)
  expect(await rows(page, { box: 'licences' })).toHaveLength(1)
  expect(phone.complaints).toEqual([])
})
