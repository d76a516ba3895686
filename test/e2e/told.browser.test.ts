/** What the wallet tells in words: reminders, names that the device cannot draw, and read aloud. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lookInPassing } from '../screens/look-in-passing.ts'
import { expectAccessible } from './accessible.ts'
import { launchBrowser, openPage, type WatchedPage } from './browser.ts'
import { type Demo, startDemo } from './demo.ts'
import { codeOn, receive, waitingOffers } from './people.ts'
import { WITHOUT_WORKER } from './without-worker.ts'

/** U+3113F, of CJK Extension G: Debian's fonts have no glyph for it. */
const RARE = '\u{3113f}'
const NAME = `虚构市${RARE}样例餐饮有限公司`
const DAY_MS = 86_400_000

let demo: Demo
let browser: Browser
let citizen: BrowserContext
let wallet: WatchedPage
let page: Page
let licenceId: string
let apiKey: string

beforeAll(async () => {
  demo = await startDemo()
  browser = await launchBrowser()
  citizen = await browser.newContext({
    ...WITHOUT_WORKER,
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  await citizen.addInitScript(stubVoices)
  apiKey = readFileSync(join(demo.dataDir, 'demo-api-key'), 'utf8').trim()
  licenceId = await issueEndingSoon()
  const offers = await waitingOffers(demo)
  wallet = await openPage(citizen, `${demo.wallet}/`)
  page = wallet.page
  for (const offer of offers) await receive(page, offer)
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

describe('a name with a character that this device cannot draw', () => {
  test('shows its code in a frame, and words for the screen reader; the text stays whole', async () => {
    await home()
    const rare = page.getByTestId('card').getByTestId('rare').first()
    await rare.waitFor()
    expect(await rare.getAttribute('aria-label')).toBe('生僻字 U+3113F')
    expect(await rare.locator('.rare-code').textContent()).toBe('U+3113F')
    expect(await rare.textContent()).toContain(RARE)
    await expectAccessible(page, 'home with a rare character')
  })

  test('other characters, of the basic plane or beyond it, are drawn as they are', async () => {
    expect(
      await page.getByTestId('card').filter({ hasText: '林测试' }).getByTestId('rare').count(),
    ).toBe(0)
  })
})

describe('reminders', () => {
  test('a licence near its end is told of, once', async () => {
    const ending = page.getByTestId('reminder-ending')
    await ending.waitFor()
    expect(await ending.textContent()).toContain('食品经营许可证将于')
    await ending.getByTestId('reminder-dismiss').click()
    await ending.waitFor({ state: 'detached' })
    await page.reload()
    await page.getByTestId('discloses').first().waitFor()
    expect(await page.getByTestId('reminders').count()).toBe(0)
  })

  test('suspended, and later lifted: each is told at the next start', async () => {
    await setStatus('suspended')
    await refreshed()
    const suspended = page.getByTestId('reminder-suspended')
    await suspended.waitFor({ timeout: 30_000 })
    await suspended.getByTestId('reminder-dismiss').click()
    await suspended.waitFor({ state: 'detached' })
    await setStatus('valid')
    await refreshed()
    await page.getByTestId('reminder-lifted').waitFor({ timeout: 30_000 })
    await lookInPassing(page, 'wallet-home-reminders')
  })
})

describe('read aloud', () => {
  test('says what is disclosed, as it stands on the screen, and stops when one leaves', async () => {
    await home()
    await page.getByTestId('card').filter({ hasText: '林测试' }).getByTestId('show-button').click()
    await codeOn(page)
    await page.getByTestId('read-aloud').click()
    const { spoken, voices } = await said()
    expect(spoken[0]).toBe('对方会看到')
    expect(spoken).toContain('姓名')
    expect(spoken).toContain('林测试')
    expect(spoken).not.toContain('结束出示')
    expect(new Set(voices)).toEqual(new Set(['zh-CN']))
    const before = (await said()).cancelled
    await page.getByTestId('close-show').click()
    await expect.poll(async () => (await said()).cancelled).toBeGreaterThan(before)
  })

  test('without a voice on this device there is no button; a remote voice is none', async () => {
    await page.evaluate(() => sessionStorage.setItem('voices', 'remote'))
    await page.goto('about:blank')
    await home()
    await page.getByTestId('card').filter({ hasText: '林测试' }).getByTestId('show-button').click()
    await codeOn(page)
    await page.waitForTimeout(500)
    expect(await page.getByTestId('read-aloud').count()).toBe(0)
  })
})

test('no page broke its content security policy', () => {
  expect(wallet.complaints).toEqual([])
})

async function home(): Promise<void> {
  await page.goto(`${demo.wallet}/#/`)
  await page.getByTestId('discloses').first().waitFor({ timeout: 30_000 })
}

/** The next start with fresh data. */
async function refreshed(): Promise<void> {
  await page.reload()
  await page.getByTestId('discloses').first().waitFor({ timeout: 30_000 })
  await page.getByTestId('trust-age').getByRole('button').click()
}

async function call(path: string, body: unknown): Promise<{ readonly id: string }> {
  const answer = await fetch(`${demo.api}${path}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${apiKey}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': crypto.randomUUID(),
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as { readonly id: string }
}

async function issueEndingSoon(): Promise<string> {
  const { typeCode, facts } = foodLicenceOfSample
  const validTo = new Date(Date.now() + 20 * DAY_MS).toISOString().slice(0, 10)
  const claims = { ...facts.claims, name: NAME }
  return (await call('/api/licences', { type: typeCode, validFrom: '2024-11-20', validTo, claims }))
    .id
}

async function setStatus(status: 'suspended' | 'valid'): Promise<void> {
  await call(`/api/licences/${licenceId}/status`, { status, reason: '检查' })
}

interface Said {
  readonly spoken: readonly string[]
  readonly voices: readonly string[]
  readonly cancelled: number
}

function said(): Promise<Said> {
  return page.evaluate(() => (window as unknown as { readonly said: Said }).said)
}

/** Headless Chromium has no voices: these note what they are given. */
function stubVoices(): void {
  // An empty page has neither storage nor anything to say.
  if (location.protocol === 'about:') return
  const noted = { spoken: [] as string[], voices: [] as string[], cancelled: 0 }
  const isLocal = sessionStorage.getItem('voices') !== 'remote'
  const voices = ['zh-CN', 'en-GB'].map((lang) => ({ lang, name: lang, localService: isLocal }))
  class Utterance {
    lang = ''
    voice: unknown
    text: string
    constructor(text: string) {
      this.text = text
    }
  }
  const speech = Object.assign(new EventTarget(), {
    getVoices: () => voices,
    cancel: () => {
      noted.cancelled++
    },
    speak: (utterance: Utterance) => {
      noted.spoken.push(utterance.text)
      noted.voices.push(utterance.lang)
    },
  })
  Object.defineProperty(window, 'speechSynthesis', { configurable: true, value: speech })
  Object.defineProperty(window, 'SpeechSynthesisUtterance', {
    configurable: true,
    value: Utterance,
  })
  Object.defineProperty(window, 'said', { configurable: true, value: noted })
}
