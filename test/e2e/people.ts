/** What the people of the story do, by the names that the screens give: citizen in the wallet, clerk at the counter. */
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { loadAfresh } from './browser.ts'
import type { Demo } from './demo.ts'

/** An offer as the agencies' desk shows it. */
export interface DeskOffer {
  readonly link: string
  readonly txCode: string
}

/** Reads the offers that wait at the desk, in the order of the page. */
export async function deskOffers(
  context: BrowserContext,
  demo: Demo,
): Promise<readonly DeskOffer[]> {
  const page = await context.newPage()
  await page.goto(`${demo.api}/`)
  const links = await page
    .locator('[data-offer]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  const codes = await page.locator('[data-tx-code]').allTextContents()
  // A page behind another is drawn once a second.
  await page.close()
  return links.map((link, index) => ({ link, txCode: codes[index]?.trim() ?? '' }))
}

/** The same out of the page's text, for who is about something else: a browser takes a second of a processor for it. */
export async function waitingOffers({ api }: Demo): Promise<readonly DeskOffer[]> {
  const page = await (await fetch(`${api}/`)).text()
  const links = [...page.matchAll(/data-offer href="([^"]+)"/g)]
  const codes = [...page.matchAll(/data-tx-code>(\d{6})</g)]
  if (links.length === 0 || links.length !== codes.length) throw new Error('the desk has no offers')
  return links.map(([, link = ''], index) => ({
    link: link.replaceAll('&amp;', '&'),
    txCode: codes[index]?.[1] ?? '',
  }))
}

/** Receives an offer in the wallet: opens its link, types the receiving code, waits until it is kept. */
export async function receive(page: Page, offer: DeskOffer): Promise<void> {
  await loadAfresh(page, offer.link)
  await page.getByTestId('offer-screen').waitFor()
  await page.getByTestId('txcode-input').fill(offer.txCode)
  await page.getByTestId('accept-offer').click()
  await page.getByTestId('offer-done').waitFor({ timeout: 60_000 })
}

/** Shows the first licence live and returns the text of the code on the screen. */
export async function showFirst(page: Page): Promise<string> {
  await page.bringToFront()
  await page.getByTestId('show-button').first().click()
  await page.getByTestId('show-screen').waitFor()
  return codeOn(page)
}

/** Puts the code away and shows the licence anew: a code that was signed just now, without the wait for the next one. */
export async function showAgain(page: Page): Promise<string> {
  await page.getByTestId('close-show').click()
  return showFirst(page)
}

/** A code that was signed just now, of a wallet that is at home or shows its first licence; loading it again takes a second. */
export async function freshCode(page: Page): Promise<string> {
  return (await page.getByTestId('close-show').isVisible()) ? showAgain(page) : showFirst(page)
}

/** The text of the code on the screen. */
export async function codeOn(page: Page): Promise<string> {
  const code = page.locator('[data-testid="qr"][data-text^="OT1:"]').first()
  await code.waitFor()
  return (await code.getAttribute('data-text')) ?? ''
}

/** Waits until the screen shows another code than `text`. */
export async function nextCode(page: Page, text: string): Promise<string> {
  await expect.poll(() => codeOn(page), { timeout: 45_000, interval: 500 }).not.toBe(text)
  return codeOn(page)
}

/** What the counter's verdict screen says. */
export interface CounterVerdict {
  readonly outcome: string
  readonly code: string
  readonly words: string
}

/** Scans as a hand scanner does: a burst of keys and Enter into the counter's page. */
export async function scanByHand(page: Page, text: string): Promise<CounterVerdict> {
  await backToReady(page)
  await page.getByTestId('wedge-input').focus()
  await page.keyboard.insertText(text)
  await page.keyboard.press('Enter')
  return readVerdict(page)
}

/** A hand scanner's burst on the page, wherever the focus is. */
export async function typeScan(page: Page, text: string): Promise<void> {
  await page.evaluate((keys) => {
    for (const key of [...keys, 'Enter']) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    }
  }, text)
}

/** Pastes a text onto the page; no press and no key of a person. */
export function paste(page: Page, text: string): Promise<void> {
  return page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    const event = { clipboardData, bubbles: true, cancelable: true }
    document.body.dispatchEvent(new ClipboardEvent('paste', event))
  }, text)
}

/** Gives the counter a picture of a code. */
export async function scanPicture(page: Page, picture: Buffer): Promise<CounterVerdict> {
  await backToReady(page)
  await page
    .getByTestId('upload-input')
    .setInputFiles({ name: 'screenshot.png', mimeType: 'image/png', buffer: picture })
  return readVerdict(page)
}

/** Reads the verdict when it is there. */
export async function readVerdict(page: Page): Promise<CounterVerdict> {
  const verdict: Locator = page.getByTestId('verdict')
  await verdict.waitFor({ timeout: 30_000 })
  return {
    outcome: (await verdict.getAttribute('data-outcome')) ?? '',
    code: (await verdict.getAttribute('data-code')) ?? '',
    words: (await verdict.textContent()) ?? '',
  }
}

/** Updates the counter's trust data: what changed at an agency reaches it with that. */
export async function refreshCounter(page: Page, demo: Demo): Promise<void> {
  await page.goto(`${demo.counter}/#/`)
  const button = page.getByTestId('trust-refresh').first()
  const isList = (url: string) => /\/trust\/targets\/status\/.*\.cwt$/.test(url)
  const fetched = page.waitForResponse((response) => isList(response.url()))
  await button.click()
  await fetched
  await expect.poll(() => button.getAttribute('aria-busy')).not.toBe('true')
}

async function backToReady(page: Page): Promise<void> {
  await page.bringToFront()
  const next = page.getByTestId('next-scan')
  if (await next.isVisible()) await next.click()
  await page.getByTestId('ready-screen').waitFor()
}

/** A counter on its settings asks to be one of an office's, and the desk confirms it with the office's matters. */
export async function enrolAtDesk(
  page: Page,
  demo: Demo,
  as: { readonly office: string; readonly name: string },
): Promise<void> {
  await page.getByTestId('enrol-office').selectOption(as.office)
  await page.getByTestId('enrol-name').fill(as.name)
  await page.getByTestId('enrol-ask').click()
  await page.getByTestId('enrol-code').waitFor({ timeout: 30_000 })
  const desk = await page.context().newPage()
  await desk.goto(`${demo.api}/`)
  const boxes = desk.locator('[data-matters] input:checked')
  if ((await boxes.count()) !== (await desk.locator('[data-matters] input').count())) {
    throw new Error('the desk leaves out a matter of the office')
  }
  await desk.locator('[data-confirm]').click()
  await desk.waitForURL(/#counters/)
  await desk.close()
  await page.bringToFront()
  await page.getByTestId('enrolled-office').waitFor({ timeout: 30_000 })
}
