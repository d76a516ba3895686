/** Codes that move, in real Chromium: shown by the wallet, read by the counter's camera and from a hand scanner. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeFrameLines, encodeFrames, type FrameSource } from '@onetrip/codec'
import { sampleOffices } from '@onetrip/fixtures'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { launchBrowser, loadAfresh, openPage, type WatchedPage } from './browser.ts'
import { writeFilm } from './camera.ts'
import { type Demo, sharedDemo } from './demo.ts'
import { paste, readVerdict, receive } from './people.ts'
import { issueOffer } from './stored-rows.ts'
import { DESK, PHONE, WITHOUT_WORKER } from './without-worker.ts'

const OFFICE = sampleOffices[0]?.id ?? ''
/** One frame in three is lost, and the plain ones are long over. */
const LATE = [21, 22, 24, 25, 27, 28, 30, 31]
/** Longer than a code that left is remembered. */
const STILL_IN_SIGHT_MS = 3_000
/** Frames a second of the wallet, and its margin. */
const MOST_PER_SECOND = 8

let demo: Demo
let browser: Browser
let citizen: BrowserContext
let wallet: WatchedPage
let counter: WatchedPage

beforeAll(async () => {
  demo = await sharedDemo()
  browser = await launchBrowser()
  citizen = await browser.newContext(PHONE)
  const clerk = await browser.newContext(DESK)
  wallet = await openPage(citizen, `${demo.wallet}/`)
  counter = await openPage(clerk, `${demo.counter}/`)
  await receive(wallet.page, await issueOffer(demo))
  await loadAfresh(wallet.page, `${demo.wallet}/#/`)
  await counter.page.getByTestId('office-picker').selectOption(OFFICE)
})

afterAll(async () => {
  await browser?.close()
})

describe('a live code of more than one code holds', () => {
  test('moves, by itself and never faster than eight frames a second', async () => {
    const { page } = wallet
    await showAll(page)
    const started = Date.now()
    const from = await numberOn(page)
    await page.waitForTimeout(2_000)
    const frames = (await numberOn(page)) - from
    expect(frames).toBeGreaterThan(1)
    expect(frames / ((Date.now() - started) / 1_000)).toBeLessThanOrEqual(MOST_PER_SECOND)
    expect(await page.getByTestId('countdown').isVisible()).toBe(true)
    await expectAccessible(page, 'an animated code')
  })

  test('waits for a press where the person says so, also by keyboard', async () => {
    const { page } = wallet
    await page.getByTestId('frames-by-hand').click()
    const number = await numberOn(page)
    await page.getByTestId('next-frame').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => numberOn(page)).toBe(number + 1)
    await page.waitForTimeout(500)
    expect(await numberOn(page)).toBe(number + 1)
    await expectAccessible(page, 'an animated code by hand')
    await page.getByTestId('frames-by-hand').click()
    await expect.poll(() => numberOn(page)).toBeGreaterThan(number + 2)
  })

  test('waits for a press from the start where the system asks for less motion', async () => {
    const { page } = wallet
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await loadAfresh(page, `${demo.wallet}/#/`)
    await showAll(page)
    await page.getByTestId('next-frame').waitFor()
    await page.waitForTimeout(500)
    expect(await numberOn(page)).toBe(0)
    await page.emulateMedia({ reducedMotion: 'no-preference' })
    await loadAfresh(page, `${demo.wallet}/#/`)
  })

  test('is read by a hand scanner, one frame after the other, and what is lost is made up for', async () => {
    const { text } = await frames(await showAll(wallet.page))
    const { page } = counter
    await page.bringToFront()
    const said: number[] = []
    for (const number of LATE) {
      await scanFrame(page, text(number))
      const place = page.locator('[data-testid="verdict"], [data-testid="frames-read"]').first()
      await place.waitFor()
      if ((await place.getAttribute('data-testid')) === 'verdict') break
      said.push(Number(await place.getAttribute('data-have')))
    }
    expect(await readVerdict(page)).toMatchObject({ outcome: 'valid', code: '' })
    expect(said[0]).toBe(1)
    await page.getByTestId('next-scan').click()
  })

  test('is pasted as lines; those of two codes, or too few of one, say so', async () => {
    const { page } = counter
    const first = await showAll(wallet.page)
    await wallet.page.getByTestId('close-show').click()
    await wallet.page.getByTestId('show-screen').waitFor({ state: 'detached' })
    const second = await showAll(wallet.page)
    const [one = '', ...rest] = first.split('\n')
    await page.bringToFront()
    for (const [text, code] of [
      [`${one}\n${second}`, 'qr/frames-mixed'],
      [rest.join('\n'), 'qr/frames-incomplete'],
    ] as const) {
      await paste(page, text)
      expect(await readVerdict(page)).toMatchObject({ outcome: 'unverifiable', code })
      await page.getByTestId('next-scan').click()
    }
    await paste(page, second)
    expect(await readVerdict(page)).toMatchObject({ outcome: 'valid', code: '' })
  })
})

describe('before the camera', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-film-'))
  const cameraFile = join(folder, 'film.y4m')

  let withCamera: Browser
  let before: BrowserContext

  beforeAll(async () => {
    withCamera = await launchBrowser({ cameraFile })
    before = await withCamera.newContext({
      ...WITHOUT_WORKER,
      permissions: ['camera'],
      locale: 'zh-CN',
    })
  })

  afterAll(async () => {
    await withCamera?.close()
    rmSync(folder, { recursive: true })
  })

  test('a copy of more than one code holds is read from the screen; it is not printed', async () => {
    const { page } = wallet
    await page.bringToFront()
    await makeCopyOfAll(page)
    await page.getByTestId('copy-unprintable').waitFor()
    expect(await page.getByTestId('print-copy').count()).toBe(0)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByTestId('qr-animated').isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
    const { text } = await frames(await textOn(page))
    // A code that goes on moving takes its share of the processor.
    await page.goto(`${demo.wallet}/#/`)
    writeFilm(cameraFile, LATE.map(text), { modulePixels: 4.5, noise: 4, rotationDegrees: 4 })
    await withFilm(async (seen) => {
      expect(await readVerdict(seen)).toMatchObject({
        outcome: 'caution',
        code: 'presentation/recipient-by-name',
      })
      // Still in sight, it is no second scan.
      await seen.getByTestId('next-scan').click()
      await seen.locator('[data-testid="scanner"][data-phase="on"]').waitFor()
      await seen.waitForTimeout(STILL_IN_SIGHT_MS)
      expect(await seen.getByTestId('verdict').count()).toBe(0)
    })
  })

  test('one of twelve parts is read; how far it is, is told', async () => {
    const message = Uint8Array.from({ length: 12 * 480 }, (_, at) => (at === 0 ? 0xd2 : at % 251))
    const { text } = encodeFrames(message)
    const numbers = Array.from({ length: 15 }, (_, at) => at + 6)
    writeFilm(cameraFile, numbers.map(text), { modulePixels: 5, noise: 4 })
    await withFilm(async (seen) => {
      await seen.locator('[data-testid="frames-read"][data-need="12"]').waitFor()
      await expect.poll(() => announced(seen)).toMatch(/^已读 \d+ \/ 12$/)
      await seen.getByTestId('verdict').waitFor({ timeout: 90_000 })
      // Nobody signed it.
      expect(await readVerdict(seen)).toMatchObject({ outcome: 'invalid' })
    })
  })

  async function withFilm(work: (seen: Page) => Promise<void>): Promise<void> {
    const { page, complaints } = await openPage(before, `${demo.counter}/`)
    await work(page)
    expect(complaints).toEqual([])
    await page.close()
  }
})

test('no page broke its content security policy', () => {
  expect([...wallet.complaints, ...counter.complaints]).toEqual([])
})

/** Shows the first licence with all its claims; the text of the animated code. */
async function showAll(page: Page): Promise<string> {
  await page.bringToFront()
  if (await page.getByTestId('show-screen').isVisible()) return textOn(page)
  await page.getByTestId('show-button').first().click()
  await page.getByTestId('show-screen').waitFor()
  await checkAll(page)
  return textOn(page)
}

async function checkAll(page: Page): Promise<void> {
  for (const box of await page.locator('.choices input').all()) await box.check()
}

async function makeCopyOfAll(page: Page): Promise<void> {
  await loadAfresh(page, `${demo.wallet}/#/`)
  await page.getByTestId('details-link').first().click()
  await page.getByTestId('copy-button').click()
  await page.getByTestId('copy-purpose').fill('办理户外招牌设置')
  await page.getByTestId('copy-recipient').selectOption('other')
  await page.getByTestId('copy-recipient-name').fill('虚构市样例商场')
  await checkAll(page)
  await page.getByTestId('make-copy').click()
}

async function textOn(page: Page): Promise<string> {
  const code = page.locator('[data-testid="qr"][data-text^="OT1F:"]')
  await code.waitFor()
  return (await code.getAttribute('data-text')) ?? ''
}

async function numberOn(page: Page): Promise<number> {
  return Number(await page.getByTestId('qr-animated').getAttribute('data-number'))
}

async function frames(text: string): Promise<FrameSource> {
  return encodeFrames(decodeFrameLines(text))
}

async function scanFrame(page: Page, text: string): Promise<void> {
  await page.getByTestId('wedge-input').focus()
  await page.keyboard.insertText(text)
  await page.keyboard.press('Enter')
}

/** What screen readers are told. */
function announced(page: Page): Promise<string | null> {
  return page.getByTestId('live-region').textContent()
}
