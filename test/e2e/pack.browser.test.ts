/** Trust data by file: a counter that never had a network imports a pack, verifies, and passes its data on. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import {
  becomeControlled,
  launchBrowser,
  loadAfresh,
  openPage,
  type WatchedPage,
} from './browser.ts'
import { type Demo, startDemo } from './demo.ts'
import { receive, scanByHand, showFirst, waitingOffers } from './people.ts'

let demo: Demo
let browser: Browser
let packFile: string

beforeAll(async () => {
  demo = await startDemo()
  browser = await launchBrowser()
  packFile = join(demo.dataDir, 'province.otpack')
  const answer = await fetch(`${demo.api}/trust/pack`)
  writeFileSync(packFile, new Uint8Array(await answer.arrayBuffer()))
})

afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

/** A counter that has its own pages and has never reached the API. */
async function villageCounter(): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    acceptDownloads: true,
  })
  await context.route(`${demo.api}/**`, (route) => route.abort())
  const opened = await openPage(context, `${demo.counter}/`)
  await becomeControlled(opened.page)
  await context.setOffline(true)
  await opened.page.getByTestId('pack-panel').waitFor()
  return opened
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
    const citizen: BrowserContext = await browser.newContext({ locale: 'zh-CN' })
    const wallet = await openPage(citizen, `${demo.wallet}/`)
    const offers = await waitingOffers(demo)
    await receive(wallet.page, offers.at(-1) ?? expect.fail('the desk has no offer'))
    const first = await villageCounter()
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
    await expectAccessible(second.page, 'pack panel')
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

  test.for<readonly [string, (pack: Uint8Array) => Uint8Array, string]>([
    ['no pack', () => new TextEncoder().encode('hello'), 'pack/format'],
    ['a cut pack', (pack) => pack.slice(0, -9), 'pack/truncated'],
  ])(
    '%s is refused in words, and nothing changes',
    { timeout: 120_000 },
    async ([, change, code]) => {
      const { page } = await villageCounter()
      await drop(page, 'x.otpack', change(new Uint8Array(readFileSync(packFile))))
      await page.getByTestId('pack-refused').waitFor()
      expect(await page.getByTestId('pack-refused').textContent()).toContain(code)
      await page.context().close()
    },
  )
})

describe('a wallet', () => {
  test('takes a pack that is dropped on it', async () => {
    const context = await browser.newContext({ locale: 'zh-CN' })
    await context.route(`${demo.api}/**`, (route) => route.abort())
    const { page, complaints } = await openPage(context, `${demo.wallet}/`)
    await page.getByRole('main').waitFor()
    await drop(page, 'x.otpack', new Uint8Array(readFileSync(packFile)))
    await page.getByTestId('pack-done').waitFor()
    expect(complaints).toEqual([])
    await context.close()
  }, 120_000)
})
