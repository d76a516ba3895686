/** Sealed files at the counter and in the wallet: given in any way, offline, and nothing of them leaves the page. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lookInPassing } from '../screens/look-in-passing.ts'
import { type GivenFile, type SealedFiles, sealFiles } from '../screens/sealed-files.ts'
import {
  becomeControlled,
  launchBrowser,
  loadAfresh,
  openPage,
  type WatchedPage,
} from './browser.ts'
import { type Demo, sharedDemo } from './demo.ts'
import { LINE_BANDS } from './foreign-fonts.ts'
import { readVerdict } from './people.ts'
import { storedIn } from './stored-rows.ts'

const DAY_MILLISECONDS = 86_400_000

let demo: Demo
let browser: Browser
let files: SealedFiles
let clerk: BrowserContext
let citizen: BrowserContext
let counter: WatchedPage
let wallet: WatchedPage

beforeAll(async () => {
  demo = await sharedDemo()
  files = await sealFiles(demo)
  browser = await launchBrowser()
  clerk = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  citizen = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
  counter = await openPage(clerk, `${demo.counter}/`)
  wallet = await openPage(citizen, `${demo.wallet}/`)
})

afterAll(async () => {
  await browser?.close()
})

describe('at the counter, without a network', () => {
  let page: Page
  const asked: string[] = []

  beforeAll(async () => {
    page = counter.page
    await page.bringToFront()
    await page.getByTestId('ready-screen').waitFor()
    await becomeControlled(page)
    await page.getByTestId('ready-screen').waitFor()
    await clerk.setOffline(true)
    await loadAfresh(page, `${demo.counter}/#/`)
    await page.getByTestId('document-link').waitFor()
    page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`))
  })

  test('a letter and its .seal are dropped together, anywhere, and are valid', async () => {
    await drop(page, [files.seal, files.letter])
    const { outcome, code, words } = await readVerdict(page)
    expect([outcome, code]).toEqual(['valid', ''])
    expect(words).toContain('虚构市云栖区市场监督管理局公文专用章')
    expect(words).toContain('答复来函')
    expect(words).toContain('未附时间戳')
    expect(await page.getByTestId('changed').getAttribute('data-changed')).toBe('no')
    const picture = page.getByRole('img', { name: '公文专用章的印章图样' })
    expect(await picture.locator('path').count()).toBeGreaterThan(0)
    await lookInPassing(page, 'counter-document-valid')
  })

  test('one byte changed is not genuine', async () => {
    await page.getByTestId('next-document').click()
    await choose(page, [files.altered, files.seal])
    const { outcome, code } = await readVerdict(page)
    expect([outcome, code]).toEqual(['invalid', 'seal/digest-mismatch'])
    expect(await page.getByTestId('changed').getAttribute('data-changed')).toBe('yes')
    await lookInPassing(page, 'counter-document-altered')
  })

  test('two seals are two cards, and the second says that it confirms the first', async () => {
    await page.getByTestId('next-document').click()
    await choose(page, [files.letter, files.sealTwice])
    expect((await readVerdict(page)).outcome).toBe('valid')
    const cards = page.getByTestId('impression')
    expect(await cards.count()).toBe(2)
    expect(await cards.nth(1).textContent()).toContain('同时确认印章 1')
    await lookInPassing(page, 'counter-document-twice')
  })

  test('a cancelled seal was genuine once', async () => {
    await page.getByTestId('next-document').click()
    await choose(page, [files.letter, files.sealCancelled])
    expect(await readVerdict(page)).toMatchObject({ outcome: 'invalid', code: 'seal/revoked' })
    expect(await page.locator('.verdict-lapsed').count()).toBe(1)
    await lookInPassing(page, 'counter-document-lapsed')
  })

  test('a time-stamp tells when a seal was used, and one of another impression tells nothing', async () => {
    await page.getByTestId('next-document').click()
    await choose(page, [files.letter, files.sealStamped])
    expect(await readVerdict(page)).toMatchObject({ outcome: 'valid', code: '' })
    await lookInPassing(page, 'counter-document-stamped')
    await page.getByTestId('next-document').click()
    await choose(page, [files.letter, files.sealBefore])
    expect(await readVerdict(page)).toMatchObject({ outcome: 'valid', code: '' })
    await lookInPassing(page, 'counter-document-sealed-before')
    await page.getByTestId('next-document').click()
    await choose(page, [files.letter, files.sealMixed])
    expect(await readVerdict(page)).toMatchObject({ code: 'timestamp/imprint' })
    await lookInPassing(page, 'counter-document-stamp-mixed')
  })

  test('a maker of seals that nobody here knows is said to be one', async () => {
    await page.getByTestId('next-document').click()
    await choose(page, files.stranger)
    expect(await readVerdict(page)).toMatchObject({
      outcome: 'unverifiable',
      code: 'seal/maker-unknown',
    })
    await lookInPassing(page, 'counter-document-unknown')
  })

  test('a sealed PDF dropped among the codes is judged, and may be looked through for codes', async () => {
    await page.getByTestId('next-scan').click()
    await page.getByTestId('ready-screen').waitFor()
    await drop(page, [files.pdfTwice])
    const { outcome, words } = await readVerdict(page)
    expect(outcome).toBe('valid')
    expect(words).toContain('2 枚印章均有效')
    const shown = page.getByTestId('document-page')
    await shown.waitFor({ timeout: 30_000 })
    expect(await shown.getAttribute('aria-label')).toMatch(
      /^第 1 页，共 1 页，.+，印章 1：有效，.+，印章 2：有效$/,
    )
    expect(await page.getByTestId('document-parts').textContent()).toContain('由印章 1、2 覆盖')
    await lookInPassing(page, 'counter-document-pdf-twice')
    await page.getByTestId('document-codes').click()
    await page.getByTestId('intake-trouble').waitFor({ timeout: 30_000 })
  })

  test('text in fonts that a PDF does not hold is drawn, and what cannot be is said', async () => {
    await drop(page, [files.pdfFonts])
    expect(await readVerdict(page)).toMatchObject({ outcome: 'valid', code: '' })
    await page.getByTestId('document-text-missing').waitFor({ timeout: 30_000 })
    const inks = await Promise.all(LINE_BANDS.map((band) => inkOn(page, band)))
    const unknown = inks.pop()
    for (const ink of inks) expect(ink).toBeGreaterThan(300)
    expect(unknown).toBe(0)
    await lookInPassing(page, 'counter-document-pdf-fonts')
  })

  test('a PDF with a password has no pages, and the words say why', async () => {
    await drop(page, [files.pdfLocked])
    expect(await readVerdict(page)).toMatchObject({ code: 'pdf/encrypted' })
    const pages = page.getByTestId('document-pages')
    await pages.getByText('文件设有打开密码').waitFor({ timeout: 30_000 })
    await lookInPassing(page, 'counter-document-pdf-locked')
  })

  test('a seal by itself, dropped among the codes, is judged as what it is', async () => {
    await page.getByTestId('next-scan').click()
    await page.getByTestId('ready-screen').waitFor()
    await drop(page, [files.sealAlone])
    const { outcome, words } = await readVerdict(page)
    expect(outcome).toBe('valid')
    expect(words).toContain('这枚印章是真实的')
    expect(await page.getByTestId('lone-seal').textContent()).toContain('不是盖了章的文件')
    await lookInPassing(page, 'counter-document-seal-alone')
    await page.getByTestId('next-document').click()
    await choose(page, [files.sealAloneCancelled])
    expect(await readVerdict(page)).toMatchObject({ code: 'seal/revoked' })
    await lookInPassing(page, 'counter-document-seal-alone-lapsed')
  })

  test('by keyboard: the verdict has the focus, and what comes after it is at hand', async () => {
    expect(await focused(page)).toBe('next-document')
    expect(await said(page)).not.toBe('')
    await page.keyboard.press('Enter')
    await page.getByTestId('document-intake').waitFor()
    await page.waitForFunction(() => document.activeElement?.id === 'main')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('document-input')
    await choose(page, [files.letter])
    await expect.poll(() => said(page)).toBe('还缺签章文件')
    expect(await focused(page)).toBe('document-input')
    await lookInPassing(page, 'counter-document-no-seal')
    await choose(page, [files.seal])
    expect(await readVerdict(page)).toMatchObject({ outcome: 'valid', code: '' })
    await expect.poll(() => focused(page)).toBe('next-document')
    expect(await said(page)).toBe('有效')
  })

  test('what is appended to it is named', async () => {
    await drop(page, [files.pdfAppended])
    expect(await readVerdict(page)).toMatchObject({ code: 'pdf/trailing-bytes' })
    expect(await page.getByTestId('document-findings').count()).toBe(1)
    expect(await page.locator('.part-uncovered').count()).toBe(1)
    await page.getByTestId('document-page').waitFor({ timeout: 30_000 })
    await lookInPassing(page, 'counter-document-pdf-appended')
  })

  test('two files of a kind are too many, and a signature file alone claims what it claims', async () => {
    await page.getByTestId('next-document').click()
    await page.getByTestId('document-intake').waitFor()
    await lookInPassing(page, 'counter-document')
    await choose(page, [files.letter, files.altered])
    await page.getByTestId('document-trouble-too-many').waitFor()
    await lookInPassing(page, 'counter-document-too-many')
    await choose(page, [files.seal])
    await page.getByTestId('document-claims').waitFor()
    await lookInPassing(page, 'counter-document-no-file')
  })

  test('no request left the page but for its own parts, and the list holds no name', async () => {
    // Besides its parts and its icon, what it asks the API for by itself, now and then.
    const own = [`GET ${demo.counter}/assets/`, `GET ${demo.counter}/icon.svg`]
    const known = [...own, `GET ${demo.api}/trust/`]
    expect(asked.filter((one) => !known.some((start) => one.startsWith(start)))).toEqual([])
    const rows = await storedIn(page, { database: 'onetrip-counter', box: 'recent' })
    const kept = JSON.stringify(rows)
    expect(kept).toContain('盖章 PDF')
    for (const name of ['letter', '复函', '公文专用章', '市场监督', '答复来函']) {
      expect(kept).not.toContain(name)
    }
    expect(counter.complaints).toEqual([])
  })

  test('three days later it is amber: too old to say', async () => {
    await clerk.clock.install({ time: Date.now() + 3 * DAY_MILLISECONDS })
    await loadAfresh(page, `${demo.counter}/#/document`)
    await choose(page, [files.letter, files.seal])
    expect(await readVerdict(page)).toMatchObject({ code: 'trust/stale' })
    await lookInPassing(page, 'counter-document-stale')
  })
})

describe('in the wallet', () => {
  test('what PDF is read with is no part of the install, comes when there is time, and stays', async () => {
    const { page } = wallet
    await page.bringToFront()
    await becomeControlled(page)
    await page.waitForFunction(
      async () => (await (await caches.open('onetrip-later')).keys()).length === 18,
      undefined,
      { timeout: 60_000 },
    )
    const installed = await page.evaluate(async () => {
      const names = (await caches.keys()).filter((name) => name.includes('precache'))
      const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()))
      return all.flat().map(({ url }) => url)
    })
    expect(installed.length).toBeGreaterThan(10)
    expect(installed.filter((url) => /pdf-worker|bcmap/.test(url))).toEqual([])
    await citizen.setOffline(true)
  })

  test('from its menu, one file after the other in any order', async () => {
    const { page } = wallet
    await page.bringToFront()
    await page.getByTestId('document-link').click()
    await page.getByTestId('document-intake').waitFor()
    await lookInPassing(page, 'wallet-document')
    await choose(page, [files.seal])
    expect(await page.getByTestId('document-missing-file').textContent()).toContain('letter.txt')
    expect(await page.getByTestId('document-claims').textContent()).toContain('未经核验')
    expect(await page.getByTestId('verdict').count()).toBe(0)
    await choose(page, [files.letter])
    expect(await readVerdict(page)).toMatchObject({ outcome: 'valid', code: '' })
    await lookInPassing(page, 'wallet-document-valid')
  })

  test('leaving forgets it', async () => {
    const { page } = wallet
    await page.locator('.back-link').click()
    await page.getByTestId('document-link').click()
    await page.getByTestId('document-intake').waitFor()
    expect(await page.getByTestId('document-missing-file').count()).toBe(0)
  })

  test('a file alone is told what it lacks, and two files of a kind are too many', async () => {
    const { page } = wallet
    await choose(page, [files.letter])
    const missing = page.getByTestId('document-missing-seal')
    expect(await missing.textContent()).toContain('letter.txt.seal')
    await lookInPassing(page, 'wallet-document-no-seal')
    await choose(page, [files.letter, files.altered])
    await page.getByTestId('document-trouble-too-many').waitFor()
    await choose(page, [{ ...files.seal, buffer: Buffer.from('no seal') }])
    expect(await readVerdict(page)).toMatchObject({ code: 'cbor/truncated' })
    await page.getByTestId('next-document').click()
    await choose(page, [files.altered, files.seal])
    expect(await readVerdict(page)).toMatchObject({ code: 'seal/digest-mismatch' })
    await lookInPassing(page, 'wallet-document-altered')
    await page.getByTestId('next-document').click()
    await choose(page, [files.sealAlone])
    expect(await readVerdict(page)).toMatchObject({ outcome: 'valid', code: '' })
    await lookInPassing(page, 'wallet-document-seal-alone')
  })

  test('a sealed PDF that is dropped on any page is judged', async () => {
    const { page } = wallet
    await page.getByTestId('place-settings').click()
    await page.getByTestId('settings-screen').waitFor()
    await drop(page, [files.pdfTwice])
    expect(await readVerdict(page)).toMatchObject({ outcome: 'valid', code: '' })
    await page.getByTestId('document-page').waitFor({ timeout: 30_000 })
    await lookInPassing(page, 'wallet-document-pdf-twice')
    expect(wallet.complaints).toEqual([])
  })
})

/** Which element has the focus. */
function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const { activeElement } = document
    return activeElement instanceof HTMLElement ? activeElement.dataset['testid'] : undefined
  })
}

/** What screen readers were told last. */
function said(page: Page): Promise<string | null> {
  return page.getByTestId('live-region').textContent()
}

/** How many dark pixels a band of the first page that is drawn has. */
function inkOn(page: Page, band: (typeof LINE_BANDS)[number]): Promise<number> {
  return page.evaluate(({ top, bottom }) => {
    const drawn = document.querySelector<HTMLCanvasElement>('.page-sheet canvas')
    if (drawn === null) return -1
    const { width, height } = drawn
    const copy = new OffscreenCanvas(width, height).getContext('2d')
    if (copy === null) return -1
    copy.drawImage(drawn, 0, 0)
    const [from, until] = [Math.floor(top * height), Math.ceil(bottom * height)]
    const { data } = copy.getImageData(0, from, width, until - from)
    let count = 0
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 96) count += 1
    return count
  }, band)
}

function choose(page: Page, given: readonly GivenFile[]): Promise<void> {
  return page.getByTestId('document-input').setInputFiles([...given])
}

/** Drops files on the page, all at once. */
function drop(page: Page, given: readonly GivenFile[]): Promise<void> {
  const named = given.map(({ name, mimeType, buffer }) => ({
    name,
    mimeType,
    base64: buffer.toString('base64'),
  }))
  return page.evaluate((dropped) => {
    const dataTransfer = new DataTransfer()
    for (const { name, mimeType, base64 } of dropped) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      dataTransfer.items.add(new File([bytes], name, { type: mimeType }))
    }
    document.body.dispatchEvent(
      new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }),
    )
  }, named)
}
