/** A wallet whose browser or tab is ended in the middle of storing, and a profile that is copied (WA01). */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Demo, sharedDemo } from './demo.ts'
import { receive, showFirst } from './people.ts'
import { type Profile, startProfile } from './profile.ts'
import { accept, crash, holdWrites, isHeld, issueOffer, rows } from './stored-rows.ts'

const PASSCODE = '开门 2468'
const WAIT = { timeout: 60_000 }
const LONG_TEST_MS = 240_000

let demo: Demo
let folder: string
let profile: Profile
let page: Page

beforeAll(async () => {
  demo = await sharedDemo()
  folder = mkdtempSync(join(tmpdir(), 'onetrip-profile-'))
  await start()
})

afterAll(async () => {
  await profile?.kill()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

test(
  'the browser is killed between fetch and complete: absent; fetched again: one licence, whole',
  async () => {
    const offer = await issueOffer(demo)
    await storeAndHang(await profile.context.newPage(), offer)
    await profile.kill()
    await start()
    await page.goto(`${demo.wallet}/`)
    await page.getByTestId('home-empty').waitFor(WAIT)
    expect(await rows(page, { box: 'licences' })).toHaveLength(0)
    expect(await rows(page, { box: 'receipts' })).toHaveLength(1)
    await receive(page, offer)
    expect(await rows(page, { box: 'receipts' })).toHaveLength(0)
    // Killed right after the screen said that it is kept.
    await profile.kill()
    await start()
    await page.goto(`${demo.wallet}/`)
    await page.getByTestId('card').first().waitFor(WAIT)
    expect(await page.getByTestId('card').count()).toBe(1)
    expect(await showFirst(page)).toMatch(/^OT1:/)
  },
  LONG_TEST_MS,
)

test(
  'the tab crashes between fetch and complete: absent, the others unharmed; fetched again: whole',
  async () => {
    const offer = await issueOffer(demo)
    const crashing = await profile.context.newPage()
    await storeAndHang(crashing, offer)
    await crash(crashing)
    await page.goto(`${demo.wallet}/#/`)
    await page.reload()
    await page.getByTestId('card').first().waitFor(WAIT)
    expect(await page.getByTestId('card').count()).toBe(1)
    await receive(page, offer)
    await page.goto(`${demo.wallet}/#/`)
    await expect.poll(() => page.getByTestId('card').count(), WAIT).toBe(2)
  },
  LONG_TEST_MS,
)

test(
  'a copied profile of a locked wallet opens nothing without the passcode',
  async () => {
    await page.goto(`${demo.wallet}/#/lock`)
    await page.getByTestId('passcode-new').fill(PASSCODE)
    await page.getByTestId('passcode-repeat').fill(PASSCODE)
    await page.getByTestId('set-passcode').click()
    await page.getByTestId('lock-done').waitFor(WAIT)
    await profile.kill()
    const copy = mkdtempSync(join(tmpdir(), 'onetrip-copied-'))
    cpSync(folder, copy, { recursive: true, filter: (path) => !/Singleton/.test(path) })
    const thief = await startProfile(copy)
    try {
      const stolen = await thief.context.newPage()
      await stolen.goto(`${demo.wallet}/`)
      await stolen.getByTestId('lock-screen').waitFor(WAIT)
      expect(await stolen.getByTestId('card').count()).toBe(0)
      await stolen.getByTestId('lock-passcode').fill('开门 1357')
      await stolen.getByTestId('unlock').click()
      await stolen.getByTestId('lock-trouble').waitFor(WAIT)
      expect(await stolen.getByTestId('card').count()).toBe(0)
      // Said in ARCHITECTURE §10: the copy has the device key too, so the passcode does open it.
      await stolen.getByTestId('lock-passcode').fill(PASSCODE)
      await stolen.getByTestId('unlock').click()
      await expect.poll(() => stolen.getByTestId('card').count(), WAIT).toBe(2)
    } finally {
      await thief.kill()
      rmSync(copy, { recursive: true, force: true })
    }
  },
  LONG_TEST_MS,
)

async function start(): Promise<void> {
  profile = await startProfile(folder)
  page = await profile.context.newPage()
}

/** Receives with a transaction that has its rows but never completes. */
async function storeAndHang(on: Page, offer: Parameters<typeof accept>[1]): Promise<void> {
  await holdWrites(on, 'licences')
  await accept(on, offer)
  await isHeld(on)
}
