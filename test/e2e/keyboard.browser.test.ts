/**
 * Both faces without a mouse: `test/keyboard-walk.md` as a test. At each stop the focus can be seen and nothing
 * lies over it (WCAG 2.2 §2.1.1, §2.1.2, §2.4.3, §2.4.7, §2.4.11); dialogs keep it and give it back.
 */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, loadAfresh, openPage } from './browser.ts'
import { type Demo, sharedDemo } from './demo.ts'
import { expectFocusKept, focusedTestId, startOver, tabTo } from './keyboard.ts'
import { codeOn, readVerdict } from './people.ts'
import { issueOffer } from './stored-rows.ts'
import { DESK, WITHOUT_WORKER } from './without-worker.ts'

const PASSCODE = '开门 2468'
const KIOSK_CODE = '2580'

let demo: Demo
let browser: Browser
let wallet: Page
let counter: Page

beforeAll(async () => {
  demo = await sharedDemo()
  browser = await launchBrowser()
  const citizen = await browser.newContext({
    ...WITHOUT_WORKER,
    viewport: { width: 390, height: 844 },
    locale: 'zh-CN',
    acceptDownloads: true,
  })
  wallet = (await openPage(citizen, `${demo.wallet}/`)).page
  const clerk = await browser.newContext(DESK)
  counter = (await openPage(clerk, `${demo.counter}/`)).page
})

afterAll(async () => {
  await browser?.close()
})

describe('wallet', () => {
  test('a licence is received', async () => {
    const offer = await issueOffer(demo)
    await loadAfresh(wallet, offer.link)
    await wallet.getByTestId('txcode-input').waitFor()
    await tabTo(wallet, 'txcode-input')
    await wallet.keyboard.type(offer.txCode)
    await wallet.keyboard.press('Enter')
    await wallet.getByTestId('offer-done').waitFor({ timeout: 30_000 })
  })

  test('the first stop leads past the frame; language and type size are changed and back', async () => {
    await wallet.goto(`${demo.wallet}/`)
    await wallet.getByTestId('card').waitFor()
    await startOver(wallet)
    await wallet.keyboard.press('Tab')
    expect(await focusedTestId(wallet)).toBe('skip')
    await wallet.keyboard.press('Enter')
    expect(await wallet.evaluate(() => document.activeElement?.id)).toBe('main')
    await startOver(wallet)
    await tabTo(wallet, 'language-switch')
    await wallet.keyboard.press('Enter')
    await expect.poll(() => wallet.locator('html').getAttribute('lang')).toBe('en')
    expect(await wallet.title()).toBe('My licences · OneTrip wallet')
    await wallet.keyboard.press('Enter')
    await expect.poll(() => wallet.locator('html').getAttribute('lang')).toBe('zh-CN')
    expect(await wallet.title()).toBe('我的证照 · 一次办 · 证照夹')
    await tabTo(wallet, 'scale-switch')
    await wallet.keyboard.press('ArrowDown')
    await expect.poll(() => wallet.locator('html').getAttribute('data-scale')).toBe('125')
    await wallet.keyboard.press('ArrowUp')
    await expect.poll(() => wallet.locator('html').getAttribute('data-scale')).toBe('100')
  })

  test('a licence is shown, more is chosen, the showing ends', async () => {
    await tabTo(wallet, 'show-button')
    await wallet.keyboard.press('Enter')
    const before = await codeOn(wallet)
    await tabTo(wallet, 'choose-premises')
    await wallet.keyboard.press('Space')
    await expect.poll(() => codeOn(wallet), { timeout: 20_000 }).not.toBe(before)
    await tabTo(wallet, 'close-show', 'backwards')
    await wallet.keyboard.press('Enter')
    await wallet.getByTestId('card').waitFor()
  })

  test('a copy is made out and printed', async () => {
    await tabTo(wallet, 'details-link')
    await wallet.keyboard.press('Enter')
    await wallet.getByTestId('copy-button').waitFor()
    await tabTo(wallet, 'copy-button')
    await wallet.keyboard.press('Enter')
    await wallet.getByTestId('copy-purpose').waitFor()
    await tabTo(wallet, 'copy-purpose')
    await wallet.keyboard.insertText('办理户外招牌设置')
    await tabTo(wallet, 'copy-recipient')
    await wallet.keyboard.press('ArrowDown')
    await tabTo(wallet, 'make-copy')
    await wallet.keyboard.press('Enter')
    await wallet.getByTestId('copy-sheet').waitFor()
    await wallet.evaluate(() => {
      window.print = () => {
        document.documentElement.dataset['printed'] = 'yes'
      }
    })
    await tabTo(wallet, 'print-copy')
    await wallet.keyboard.press('Enter')
    expect(await wallet.locator('html').getAttribute('data-printed')).toBe('yes')
  })

  test('the wallet is locked and unlocked; a dialog keeps the focus and gives it back', async () => {
    await wallet.goto(`${demo.wallet}/#/settings`)
    await wallet.getByTestId('lock-settings').waitFor()
    await startOver(wallet)
    await tabTo(wallet, 'lock-settings')
    await wallet.keyboard.press('Enter')
    await expect.poll(() => focusedTestId(wallet)).toBe('passcode-new')
    await wallet.keyboard.insertText(PASSCODE)
    await tabTo(wallet, 'passcode-repeat')
    await wallet.keyboard.insertText(PASSCODE)
    await wallet.keyboard.press('Enter')
    await wallet.getByTestId('lock-done').waitFor({ timeout: 30_000 })
    for (const leave of ['Escape', 'cancel'] as const) {
      await tabTo(wallet, 'act-change')
      await wallet.keyboard.press('Enter')
      await wallet.getByTestId('passcode-current').waitFor()
      await expectFocusKept(wallet)
      if (leave === 'cancel') await tabTo(wallet, 'lock-act-cancel')
      await wallet.keyboard.press(leave === 'cancel' ? 'Enter' : 'Escape')
      await wallet.getByTestId('passcode-current').waitFor({ state: 'detached' })
      await expect.poll(() => focusedTestId(wallet)).toBe('act-change')
    }
    await tabTo(wallet, 'lock-now', 'backwards')
    await wallet.keyboard.press('Enter')
    await expect.poll(() => focusedTestId(wallet)).toBe('lock-passcode')
    await wallet.keyboard.insertText(PASSCODE)
    await wallet.keyboard.press('Enter')
    await wallet.getByTestId('lock-now').waitFor({ timeout: 30_000 })
  })

  test('the history is erased', async () => {
    await tabTo(wallet, 'place-history')
    await wallet.keyboard.press('Enter')
    await wallet.getByTestId('history-list').waitFor()
    await tabTo(wallet, 'history-erase-all')
    await wallet.keyboard.press('Enter')
    await tabTo(wallet, 'history-erase-all-yes')
    await wallet.keyboard.press('Enter')
    await wallet.getByTestId('history-empty').waitFor()
  })
})

describe('counter', () => {
  test('the office is chosen, a code is scanned, its result left', async () => {
    await wallet.goto(`${demo.wallet}/#/`)
    await wallet.getByTestId('show-button').waitFor()
    await startOver(wallet)
    await tabTo(wallet, 'show-button')
    await wallet.keyboard.press('Enter')
    const code = await codeOn(wallet)
    await counter.bringToFront()
    await startOver(counter)
    await tabTo(counter, 'office-picker')
    await counter.keyboard.press('ArrowDown')
    expect(await counter.getByTestId('office-picker').inputValue()).not.toBe('')
    await tabTo(counter, 'wedge-input', 'backwards')
    await counter.keyboard.insertText(code)
    await counter.keyboard.press('Enter')
    expect(await readVerdict(counter)).toMatchObject({ outcome: 'valid' })
    expect(await counter.title()).toBe('核验结果 · 一次办 · 核验窗口')
    expect(await counter.getByTestId('live-region').textContent()).toBe('有效')
    await expect.poll(() => focusedTestId(counter)).toBe('next-scan')
    await tabTo(counter, 'verdict-note')
    await counter.keyboard.press('Escape')
    await counter.getByTestId('ready-screen').waitFor()
  })

  test('recent scans are exported, and a note is opened', async () => {
    await tabTo(counter, 'place-recent', 'backwards')
    await counter.keyboard.press('Enter')
    await counter.getByTestId('recent-list').waitFor()
    await tabTo(counter, 'export-csv')
    const download = counter.waitForEvent('download')
    await counter.keyboard.press('Enter')
    expect((await download).suggestedFilename()).toMatch(/\.csv$/)
    await tabTo(counter, 'note-link', 'backwards')
    await counter.keyboard.press('Enter')
    await counter.getByTestId('note').waitFor()
    await tabTo(counter, 'note-print')
  })

  test('a red result is acknowledged in continuous mode', async () => {
    await tabTo(counter, 'place-settings', 'backwards')
    await counter.keyboard.press('Enter')
    await counter.getByTestId('settings-screen').waitFor()
    await tabTo(counter, 'continuous')
    await counter.keyboard.press('Space')
    await tabTo(counter, 'place-ready', 'backwards')
    await counter.keyboard.press('Enter')
    await counter.getByTestId('continuous-on').waitFor()
    const shown = await wallet.getByTestId('qr').first().getAttribute('data-text')
    await tabTo(counter, 'wedge-input')
    const altered = (shown ?? '').slice(0, -30) + (shown ?? '').slice(-30).replace(/\d/, swapped)
    await counter.keyboard.insertText(altered)
    await counter.keyboard.press('Enter')
    expect(await readVerdict(counter)).toMatchObject({ outcome: 'invalid' })
    await expect.poll(() => focusedTestId(counter)).toBe('next-scan')
    await counter.keyboard.press('Enter')
    await counter.getByTestId('ready-screen').waitFor()
  })

  test('into a kiosk and out of it', async () => {
    await tabTo(counter, 'place-settings', 'backwards')
    await counter.keyboard.press('Enter')
    await counter.getByTestId('kiosk-code').waitFor()
    await tabTo(counter, 'kiosk-code')
    await counter.keyboard.type(KIOSK_CODE)
    await counter.keyboard.press('Enter')
    await counter.getByTestId('kiosk-exit').waitFor()
    await startOver(counter)
    await tabTo(counter, 'kiosk-exit')
    await counter.keyboard.press('Enter')
    await counter.getByTestId('kiosk-exit-code').waitFor()
    await expectFocusKept(counter)
    await counter.keyboard.press('Escape')
    await expect.poll(() => focusedTestId(counter)).toBe('kiosk-exit')
    await counter.keyboard.press('Enter')
    await counter.getByTestId('kiosk-exit-code').waitFor()
    await tabTo(counter, 'kiosk-exit-code')
    await counter.keyboard.type(KIOSK_CODE)
    await counter.keyboard.press('Enter')
    await counter.getByTestId('place-settings').waitFor({ timeout: 30_000 })
  })
})

function swapped(digit: string): string {
  return digit === '0' ? '1' : '0'
}
