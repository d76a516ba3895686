/** What the wallet prints: PDF of a licence and of a copy, measured as a printer would at 600 dots per inch. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleOffices } from '@onetrip/fixtures'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensurePoppler } from '../poppler.ts'
import { launchBrowser, openPage } from './browser.ts'
import { type Demo, sharedDemo } from './demo.ts'
import { codeOn, receive } from './people.ts'
import { issueOffer } from './stored-rows.ts'
import { WITHOUT_WORKER } from './without-worker.ts'

const OFFICE = sampleOffices[0]?.id ?? ''
const DPI = 600
const POINTS_OF_A4 = { width: 595, height: 842 }

let demo: Demo
let browser: Browser
let citizen: BrowserContext
let page: Page
let folder: string

beforeAll(async () => {
  ensurePoppler()
  folder = mkdtempSync(join(tmpdir(), 'onetrip-paper-'))
  demo = await sharedDemo()
  browser = await launchBrowser()
  citizen = await browser.newContext({
    ...WITHOUT_WORKER,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  page = (await openPage(citizen, `${demo.wallet}/`)).page
  await receive(page, await issueOffer(demo))
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await browser?.close()
})

test('a licence prints on one page of A4 with its seal, and says that it proves nothing', async () => {
  await page.goto(`${demo.wallet}/`)
  await page.getByTestId('details-link').first().click()
  await page.getByTestId('print-licence').waitFor()
  const pdf = await printed(page, 'licence')
  expect(pdf.pages).toBe(1)
  expect(Math.round(pdf.width)).toBe(POINTS_OF_A4.width)
  expect(Math.round(pdf.height)).toBe(POINTS_OF_A4.height)
  expect(pdf.text).toContain('2031年11月19日')
  expect(pdf.text.replaceAll(/\s/g, '')).toContain('不能证明任何事')
  expect(pdf.text).not.toContain('删除证照')
  // The seal is drawn, 42 mm wide, in its own red.
  await page.emulateMedia({ media: 'print' })
  const seal = await page.locator('.seal').boundingBox()
  expect(seal?.width).toBeCloseTo((42 / 25.4) * 96, 0)
  const red = await page.locator('.seal-ring').evaluate((ring) => getComputedStyle(ring).stroke)
  expect(red).toBe('rgb(179, 37, 27)')
  await page.emulateMedia({ media: null })
})

test('a copy prints its code with modules of whole dots, none under 0.4 mm', async () => {
  await page.getByTestId('copy-button').click()
  await page.getByTestId('copy-purpose').fill('办理户外招牌设置')
  await page.getByTestId('copy-recipient').selectOption(OFFICE)
  await page.getByTestId('make-copy').click()
  await codeOn(page)
  const modules = await page
    .getByTestId('qr-drawing')
    .evaluate((svg) => Number(svg.getAttribute('viewBox')?.split(' ')[2]) - 8)
  const pdf = await printed(page, 'copy')
  expect(pdf.pages).toBe(1)
  const code = codeIn(pdf.raster())
  const moduleDots = code.side / modules
  expect((moduleDots / DPI) * 25.4).toBeGreaterThanOrEqual(0.4)
  // Dots of 300 to the inch are two of 600: a module is a whole number of them.
  expect(Math.abs(moduleDots - 2 * Math.round(moduleDots / 2))).toBeLessThan(0.02)
  // A finder pattern's edge is seven modules.
  expect(Math.abs(code.finder / moduleDots - 7)).toBeLessThan(0.05)
})

interface Paper {
  readonly pages: number
  readonly width: number
  readonly height: number
  readonly text: string
  readonly raster: () => Raster
}

interface Raster {
  readonly width: number
  readonly height: number
  readonly isDark: (x: number, y: number) => boolean
}

/** Prints as the browser does with "actual size", and reads the file with poppler. */
async function printed(on: Page, name: string): Promise<Paper> {
  const file = join(folder, `${name}.pdf`)
  writeFileSync(file, await on.pdf({ preferCSSPageSize: true, printBackground: true }))
  const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' })
  const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(info) ?? []
  return {
    pages: Number(/Pages:\s+(\d+)/.exec(info)?.[1]),
    width: Number(width),
    height: Number(height),
    text: execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' }),
    raster: () => {
      const base = join(folder, name)
      execFileSync('pdftoppm', ['-gray', '-r', String(DPI), '-singlefile', file, base])
      return grayOf(readFileSync(`${base}.pgm`))
    },
  }
}

/** A binary PGM (Netpbm P5). */
function grayOf(pgm: Buffer): Raster {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 64).toString('latin1'))
  if (head === null) throw new Error('no PGM')
  const [width, height] = [Number(head[1]), Number(head[2])]
  const start = head[0].length
  return { width, height, isDark: (x, y) => (pgm[start + y * width + x] ?? 255) < 128 }
}

/** Finds the code by its finder pattern: a dark row of seven modules that begins the symbol. */
function codeIn(raster: Raster): { readonly side: number; readonly finder: number } {
  for (let y = 0; y < raster.height; y++) {
    for (let x = 0; x < raster.width; x++) {
      if (!raster.isDark(x, y)) continue
      const finder = darkRun(raster, x, y)
      if (isFinder(raster, { x, y, finder })) return { side: sideFrom(raster, x, y), finder }
      x += finder
    }
  }
  throw new Error('no code on the page')
}

function darkRun({ width, isDark }: Raster, x: number, y: number): number {
  let end = x
  while (end < width && isDark(end, y)) end++
  return end - x
}

/** Dark frame, white ring and dark core in 1:1:3:1:1 through the middle row and column. */
function isFinder(
  raster: Raster,
  { x, y, finder }: { readonly x: number; readonly y: number; readonly finder: number },
): boolean {
  const module = finder / 7
  if (module < 5) return false
  const at = (column: number, row: number): boolean =>
    raster.isDark(Math.round(x + (column + 0.5) * module), Math.round(y + (row + 0.5) * module))
  const line = [true, false, true, true, true, false, true]
  return line.every((dark, index) => at(index, 3) === dark && at(3, index) === dark)
}

/** From the left edge of one finder pattern to the right edge of the other in the same row. */
function sideFrom({ width, isDark }: Raster, x: number, y: number): number {
  let last = x
  for (let column = x; column < width; column++) if (isDark(column, y)) last = column
  return last + 1 - x
}
