/** Trust data by file: a counter that never had a network imports a pack, verifies, and passes its data on. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lookInPassing } from '../screens/look-in-passing.ts'
import {
  becomeControlled,
  launchBrowser,
  loadAfresh,
  openPage,
  type WatchedPage,
} from './browser.ts'
import { type Demo, sharedDemo } from './demo.ts'
import { receive, scanByHand, showFirst } from './people.ts'
import { issueOffer } from './stored-rows.ts'
import { WITHOUT_WORKER } from './without-worker.ts'

let demo: Demo
let browser: Browser
let packFile: string

beforeAll(async () => {
  demo = await sharedDemo()
  browser = await launchBrowser()
  packFile = join(demo.dataDir, 'province.otpack')
  const answer = await fetch(`${demo.api}/trust/pack`)
  writeFileSync(packFile, new Uint8Array(await answer.arrayBuffer()))
})

afterAll(async () => {
  await browser?.close()
})

/** A counter that has never reached the API. */
async function villageCounter(
  options: BrowserContextOptions = WITHOUT_WORKER,
): Promise<WatchedPage> {
  const context = await browser.newContext({
    ...options,
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    acceptDownloads: true,
  })
  await context.route(`${demo.api}/**`, (route) => route.abort())
  const opened = await openPage(context, `${demo.counter}/`)
  await opened.page.getByTestId('pack-panel').waitFor()
  return opened
}

/** One that has its own pages besides, and no network at all. */
async function cutOffCounter(): Promise<WatchedPage> {
  const opened = await villageCounter({})
  await becomeControlled(opened.page)
  await opened.page.context().setOffline(true)
  await opened.page.getByTestId('pack-panel').waitFor()
  return opened
}

/** Without waiting: nothing, as long as it is not there. */
async function textOf(place: Locator): Promise<string> {
  return (await place.allTextContents()).join()
}

async function exportedPack(page: Page): Promise<string> {
  await page.goto(`${demo.counter}/#/settings`)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('pack-export').click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^onetrip-trust-\d{8}-v\d+\.otpack$/)
  const file = join(demo.dataDir, download.suggestedFilename())
  await download.saveAs(file)
  return file
}

/** Drops a file on the page as a person does. */
async function drop(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.evaluate(
    ({ fileName, content }) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([Uint8Array.from(content)], fileName))
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
      )
    },
    { fileName: name, content: [...bytes] },
  )
}

describe('an offline counter without any data', () => {
  test('imports a pack, verifies a code, and passes its data on to the next', async () => {
    const citizen: BrowserContext = await browser.newContext({ ...WITHOUT_WORKER, locale: 'zh-CN' })
    const wallet = await openPage(citizen, `${demo.wallet}/`)
    await receive(wallet.page, await issueOffer(demo))
    const first = await cutOffCounter()
    await lookInPassing(first.page, 'counter-no-trust')
    await first.page.getByTestId('pack-input').setInputFiles(packFile)
    await first.page.getByTestId('ready-screen').waitFor()
    await loadAfresh(wallet.page, `${demo.wallet}/#/`)
    const code = await showFirst(wallet.page)
    expect(await scanByHand(first.page, code)).toMatchObject({ outcome: 'valid' })
    const given = await exportedPack(first.page)
    const second = await villageCounter()
    await drop(second.page, 'copied file', new Uint8Array(readFileSync(given)))
    await second.page.getByTestId('pack-done').waitFor()
    expect(await second.page.getByTestId('pack-done').textContent()).toMatch(/已导入第 \d+ 版/)
    await lookInPassing(second.page, 'counter-pack-imported')
    expect([...first.complaints, ...second.complaints]).toEqual([])
    await Promise.all(
      [citizen, first.page.context(), second.page.context()].map((it) => it.close()),
    )
  }, 240_000)

  test('closed in the middle of an import it opens again, and the same pack goes on', async () => {
    const { page } = await villageCounter()
    const context = page.context()
    await page.getByTestId('pack-input').setInputFiles(packFile)
    await page.close()
    const again = await context.newPage()
    await again.goto(`${demo.counter}/#/settings`)
    await again.getByTestId('pack-input').setInputFiles(packFile)
    await again.getByTestId('pack-done').waitFor()
    await context.close()
  }, 120_000)

  test('no pack and a cut pack are refused in words, and nothing changes', async () => {
    const { page } = await villageCounter()
    const whole = new Uint8Array(readFileSync(packFile))
    const refused = page.getByTestId('pack-refused')
    await drop(page, 'x.otpack', new TextEncoder().encode('hello'))
    await expect.poll(() => textOf(refused)).toContain('pack/format')
    await lookInPassing(page, 'counter-pack-refused')
    await drop(page, 'x.otpack', whole.slice(0, -9))
    await expect.poll(() => textOf(refused)).toContain('pack/truncated')
    await page.getByTestId('pack-panel').waitFor()
    expect(await page.getByTestId('ready-screen').count()).toBe(0)
    await page.context().close()
  }, 120_000)
})

describe('a wallet', () => {
  test('takes a pack that is dropped on it', async () => {
    const context = await browser.newContext({ ...WITHOUT_WORKER, locale: 'zh-CN' })
    await context.route(`${demo.api}/**`, (route) => route.abort())
    const { page, complaints } = await openPage(context, `${demo.wallet}/`)
    await page.getByRole('main').waitFor()
    await drop(page, 'x.otpack', new Uint8Array(readFileSync(packFile)))
    await page.getByTestId('pack-done').waitFor()
    expect(complaints).toEqual([])
    await context.close()
  }, 120_000)
})
