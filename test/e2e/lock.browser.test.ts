/** The wallet's lock and its history in real Chromium: set, wrong tries, unlock, show, record, erase; axe on each screen. */
import { readFileSync } from 'node:fs'
import { sampleOffices } from '@onetrip/fixtures'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lookInPassing } from '../screens/look-in-passing.ts'
import { launchBrowser, openPage, openWindow, type WatchedPage } from './browser.ts'
import { type Demo, sharedDemo } from './demo.ts'
import { codeOn, receive, showFirst } from './people.ts'
import { backToLayoutOne, issueOffer } from './stored-rows.ts'
import { WITHOUT_WORKER } from './without-worker.ts'

const PASSCODE = '开门 2468'
const OFFICE = sampleOffices[0]?.id ?? ''
const FIVE_MINUTES_MS = 300_000

let demo: Demo
let browser: Browser
let citizen: BrowserContext
let wallet: WatchedPage
let page: Page

beforeAll(async () => {
  demo = await sharedDemo()
  browser = await launchBrowser()
  citizen = await browser.newContext({
    ...WITHOUT_WORKER,
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  wallet = await openPage(citizen, `${demo.wallet}/`)
  page = wallet.page
  await receive(page, await issueOffer(demo))
})

afterAll(async () => {
  await browser?.close()
})

describe('before there is a passcode', () => {
  test('the first licence brings an offer that can be put off', async () => {
    await page.goto(`${demo.wallet}/`)
    await page.getByTestId('lock-offer').waitFor()
    await lookInPassing(page, 'wallet-home-one')
    await page.getByTestId('lock-offer-later').click()
    await page.getByTestId('lock-offer').waitFor({ state: 'detached' })
    await page.reload()
    await page.getByTestId('card').first().waitFor()
    expect(await page.getByTestId('lock-offer').count()).toBe(0)
  })

  test('what was shown and what was copied is recorded', async () => {
    await showFirst(page)
    await page.getByTestId('close-show').click()
    await makeCopy(page)
    await page.getByTestId('place-history').click()
    await expect.poll(() => records(page)).toBe(2)
    const kinds = await page
      .locator('[data-testid="history-list"] li')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-kind')))
    expect(kinds.toSorted()).toEqual(['copy', 'live'])
  })
})

test('a store as the first version left it opens, and its licence can be shown', async () => {
  await page.goto(`${demo.wallet}/icon.svg`)
  await page.evaluate(backToLayoutOne)
  await page.goto(`${demo.wallet}/`)
  await page.getByTestId('lock-offer').waitFor()
  await showFirst(page)
  await page.getByTestId('close-show').click()
  await page.getByTestId('place-history').click()
  await expect.poll(() => records(page)).toBe(1)
  await makeCopy(page)
})

describe('a passcode', () => {
  test('that is weak or typed differently is not taken', async () => {
    await page.goto(`${demo.wallet}/#/lock`)
    await typeNew(page, '123456', '123456')
    await page.getByText('太容易被猜到').waitFor()
    await typeNew(page, PASSCODE, `${PASSCODE}0`)
    await page.getByText('两次输入的口令不一样').waitFor()
  })

  test('encrypts what is stored', async () => {
    const other = await openWindow(page)
    await other.goto(`${demo.wallet}/`)
    await other.getByTestId('card').first().waitFor()
    expect(await storedText(page)).toContain('JY23399')
    await typeNew(page, PASSCODE, PASSCODE)
    await page.getByTestId('lock-done').waitFor({ timeout: 20_000 })
    // Another window that was open all the while does not stay so.
    await other.getByTestId('lock-screen').waitFor()
    await other.close()
    const stored = await storedText(page)
    expect(stored).not.toContain('JY23399')
    expect(stored).not.toContain('招牌')
    expect(stored).not.toContain(PASSCODE)
  })

  test('is asked for at the next start, and one tap later the code is there', async () => {
    await page.goto(`${demo.wallet}/`)
    await page.getByTestId('lock-passcode').waitFor()
    await lookInPassing(page, 'wallet-lock')
    await unlock(page)
    await showFirst(page)
    await page.getByTestId('close-show').click()
  })

  test('typed wrong three times brings a wait that a reload does not end', async () => {
    await page.reload()
    for (const left of [2, 1]) {
      await page.getByTestId('lock-passcode').fill('wrong one')
      await page.getByTestId('unlock').click()
      await page.getByTestId('lock-trouble').getByText(`再输错 ${left} 次`).waitFor()
    }
    await lookInPassing(page, 'wallet-lock-wrong')
    await page.getByTestId('lock-passcode').fill('wrong one')
    await page.getByTestId('unlock').click()
    await page.getByTestId('lock-wait').waitFor()
    await page.reload()
    await page.getByTestId('lock-wait').waitFor()
    await page.getByTestId('lock-passcode').fill(PASSCODE)
    expect(await page.getByTestId('unlock').isDisabled()).toBe(true)
    await page.getByTestId('lock-wait').waitFor({ state: 'detached', timeout: 20_000 })
    await unlock(page)
    expect(await page.getByTestId('card').count()).toBe(1)
  })

  test('is taken on a full disk too, and a wrong one still counts', async () => {
    await page.reload()
    await page.getByTestId('lock-passcode').waitFor()
    await page.evaluate(refusePuts)
    for (const left of [2, 1]) {
      await page.getByTestId('lock-passcode').fill('wrong one')
      await page.getByTestId('unlock').click()
      await page.getByTestId('lock-trouble').getByText(`再输错 ${left} 次`).waitFor()
      // The count is not begun anew with the page.
      await page.reload()
      await page.getByTestId('lock-passcode').waitFor()
      await page.evaluate(refusePuts)
    }
    await unlock(page)
    await showFirst(page)
    await page.getByTestId('not-recorded').waitFor()
    await lookInPassing(page, 'wallet-show-not-recorded')
    await page.getByTestId('close-show').click()
    await page.reload()
    await unlock(page)
  })

  test('what two windows choose for the lock, both keep', async () => {
    const other = await openWindow(page)
    await other.goto(`${demo.wallet}/#/lock`)
    await unlock(other, 'lock-after')
    await page.goto(`${demo.wallet}/#/lock`)
    await page.getByTestId('lock-after').waitFor()
    await lookInPassing(page, 'wallet-lock-settings')
    await other.getByTestId('lock-after').selectOption('900')
    await expect.poll(() => page.getByTestId('lock-after').inputValue()).toBe('900')
    await page.getByTestId('lock-after').selectOption('300')
    await expect.poll(() => other.getByTestId('lock-after').inputValue()).toBe('300')
    await other.close()
    await page.goto(`${demo.wallet}/#/`)
    await page.getByTestId('card').first().waitFor()
  })
})

describe('put aside', () => {
  test('the contents are covered at once and uncovered on coming back', async () => {
    await page.goto(`${demo.wallet}/#/`)
    await setVisible(page, false)
    expect(await page.getByTestId('card').first().isVisible()).toBe(false)
    await setVisible(page, true)
    await page.getByTestId('card').first().waitFor({ state: 'visible' })
  })

  test('after five minutes the wallet is locked, and nothing was deleted', async () => {
    await setVisible(page, false)
    await page.evaluate((milliseconds) => {
      const real = Date.now
      Date.now = () => real() + milliseconds
    }, FIVE_MINUTES_MS)
    await setVisible(page, true)
    await page.getByTestId('lock-screen').waitFor()
    expect(await page.getByTestId('card').count()).toBe(0)
    await page.reload()
    await unlock(page)
  })
})

describe('the history', () => {
  test('is kept, searched, exported and erased', async () => {
    await page.getByTestId('place-history').click()
    await expect.poll(() => records(page)).toBe(3)
    await page.getByTestId('history-search').fill('招牌')
    await expect.poll(() => records(page)).toBe(1)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId('history-csv').click(),
    ])
    const csv = readFileSync(await download.path(), 'utf8')
    expect(csv.startsWith('\uFEFF时间,')).toBe(true)
    expect(csv).toContain('办理户外招牌设置')
    expect(csv.trim().split('\r\n')).toHaveLength(2)
    await page.getByTestId('history-search').fill('')
    await page.getByTestId('history-erase').first().click()
    await expect.poll(() => records(page)).toBe(2)
    await page.reload()
    await unlock(page, 'history-screen')
    await expect.poll(() => records(page)).toBe(2)
    await page.getByTestId('history-erase-all').click()
    await page.getByTestId('history-erase-all-yes').click()
    await page.getByTestId('history-empty').waitFor()
  })
})

test('locking at once locks every window', async () => {
  const other = await openWindow(page)
  await other.goto(`${demo.wallet}/#/`)
  await unlock(other)
  await page.goto(`${demo.wallet}/#/lock`)
  await page.reload()
  await unlock(page, 'lock-settings-screen')
  await page.getByTestId('lock-now').click()
  await page.getByTestId('lock-screen').waitFor()
  await other.getByTestId('lock-screen').waitFor()
  await other.close()
  await unlock(page, 'lock-settings-screen')
  await page.goto(`${demo.wallet}/#/`)
  await page.getByTestId('card').first().waitFor()
})

test('fingerprint or face unlocks where the device has it', async () => {
  // The browser asks for the person only on the page in front.
  await page.bringToFront()
  const devtools = await citizen.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.goto(`${demo.wallet}/#/lock`)
  await page.getByTestId('act-prf').click()
  await page.getByTestId('passcode-current').fill(PASSCODE)
  await page.getByTestId('lock-act-confirm').click()
  await page.getByTestId('act-prf-off').waitFor({ timeout: 20_000 })
  await page.getByTestId('lock-now').click()
  await page.getByTestId('unlock-prf').click()
  await page.getByTestId('act-prf-off').waitFor()
})

test('the passcode can be changed, and taken away again', async () => {
  await page.goto(`${demo.wallet}/#/lock`)
  await page.getByTestId('act-change').click()
  await page.getByTestId('passcode-current').waitFor()
  await lookInPassing(page, 'wallet-lock-change')
  await page.getByTestId('passcode-current').fill(PASSCODE)
  await typeNew(page, '864209', '864209', 'lock-act-confirm')
  await page.getByTestId('lock-done').waitFor({ timeout: 20_000 })
  await page.reload()
  await unlock(page, 'lock-settings-screen', '864209')
  await page.getByTestId('act-remove').click()
  await page.getByTestId('passcode-current').fill('864209')
  await page.getByTestId('lock-act-confirm').click()
  await page.getByTestId('set-passcode').waitFor({ timeout: 20_000 })
  await page.goto(`${demo.wallet}/`)
  await page.getByTestId('card').first().waitFor()
  expect(await storedText(page)).toContain('JY23399')
})

test('a clock set back does not shorten the wait', async () => {
  await page.goto(`${demo.wallet}/#/lock`)
  await typeNew(page, PASSCODE, PASSCODE)
  await page.getByTestId('lock-done').waitFor({ timeout: 20_000 })
  await page.getByTestId('lock-now').click()
  const other = await openWindow(page)
  await other.goto(`${demo.wallet}/`)
  for (let tries = 0; tries < 3; tries++) {
    await other.getByTestId('lock-passcode').fill(`wrong ${tries}`)
    await other.getByTestId('unlock').click()
    await other.getByTestId('lock-trouble').waitFor()
    await expect.poll(() => other.getByTestId('lock-passcode').inputValue()).toBe('')
  }
  await other.addInitScript(() => {
    const real = Date.now
    Date.now = () => real() - 86_400_000
  })
  await other.reload()
  await other.getByTestId('lock-wait').waitFor()
  await lookInPassing(other, 'wallet-lock-waiting')
  await other.close()
})

test('a forgotten passcode, also in the wait: the wallet is emptied and says how to receive again', async () => {
  await page.reload()
  await page.getByTestId('lock-wait').waitFor()
  await page.getByTestId('lock-forgotten').click()
  await page.getByTestId('lock-forgotten-yes').waitFor()
  await lookInPassing(page, 'wallet-lock-forgotten')
  await page.getByTestId('lock-forgotten-yes').click()
  await page.getByTestId('home-lost').waitFor()
})

test('no page broke its content security policy', () => {
  expect(wallet.complaints).toEqual([])
})

async function typeNew(
  on: Page,
  passcode: string,
  repeated: string,
  button = 'set-passcode',
): Promise<void> {
  await on.getByTestId('passcode-new').fill(passcode)
  await on.getByTestId('passcode-repeat').fill(repeated)
  await on.getByTestId(button).click()
}

async function makeCopy(on: Page): Promise<void> {
  await on.goto(`${demo.wallet}/#/`)
  await on.getByTestId('details-link').first().click()
  await on.getByTestId('copy-button').click()
  await on.getByTestId('copy-purpose').fill('办理户外招牌设置')
  await on.getByTestId('copy-recipient').selectOption(OFFICE)
  await on.getByTestId('make-copy').click()
  await codeOn(on)
  await on.goto(`${demo.wallet}/#/`)
}

/** Runs in the page: from here on the disk is full. */
function refusePuts(): void {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
}

async function unlock(on: Page, then = 'card', passcode = PASSCODE): Promise<void> {
  await on.getByTestId('lock-passcode').fill(passcode)
  await on.getByTestId('unlock').click()
  await on.getByTestId(then).first().waitFor({ timeout: 20_000 })
}

function records(on: Page): Promise<number> {
  return on.locator('[data-testid="history-list"] li').count()
}

/** Everything of the wallet's database that can be read as text, byte strings as Latin-1. */
function storedText(on: Page): Promise<string> {
  return on.evaluate(async () => {
    const opening = indexedDB.open('onetrip-wallet')
    const database = await new Promise<IDBDatabase>((done) => {
      opening.onsuccess = () => done(opening.result)
    })
    const texts: string[] = []
    for (const box of database.objectStoreNames) {
      const getting = database.transaction(box).objectStore(box).getAll()
      const rows = await new Promise<unknown[]>((done) => {
        getting.onsuccess = () => done(getting.result)
      })
      const bytesAsText = (_: string, value: unknown): unknown =>
        value instanceof Uint8Array ? new TextDecoder('utf-8').decode(value) : value
      texts.push(JSON.stringify(rows, bytesAsText))
    }
    database.close()
    return texts.join('\n')
  })
}

/** What a phone does when the wallet is put aside and taken up again. */
async function setVisible(on: Page, visible: boolean): Promise<void> {
  await on.evaluate((isVisible) => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (isVisible ? 'visible' : 'hidden'),
    })
    document.dispatchEvent(new Event('visibilitychange'))
  }, visible)
}
