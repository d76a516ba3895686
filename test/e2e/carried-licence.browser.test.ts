/** A licence as a sealed PDF, at the counter and in the wallet: a verdict of its own, and its facts compared with its pages. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { foodLicenceOfSample } from '@onetrip/fixtures'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { launchBrowser, openPage } from './browser.ts'
import { type Demo, sharedDemo } from './demo.ts'
import { readVerdict } from './people.ts'
import { openSealDesk } from './seal-desk.ts'
import { WITHOUT_WORKER } from './without-worker.ts'

const SEAL = {
  name: '虚构市云栖区市场监督管理局电子证照专用章',
  kind: '99',
  lowerLine: '电子证照专用章',
}

let demo: Demo
let browser: Browser
let licence: Buffer

beforeAll(async () => {
  demo = await sharedDemo()
  browser = await launchBrowser()
  const desk = openSealDesk(demo)
  const sealId = await desk.makeSeal(SEAL)
  licence = await desk.sealPdf({ sealId, bytes: await printLicence(demo) }, '发证机关（盖章）')
})

afterAll(async () => {
  await browser?.close()
})

test.for(['counter', 'wallet'] as const)('%s', async (face) => {
  const context = await browser.newContext({ ...WITHOUT_WORKER, locale: 'zh-CN' })
  const { page, complaints } = await openPage(context, `${demo[face]}/`)
  await page.getByTestId('document-link').first().click()
  const buffer = licence
  await page
    .getByTestId('document-input')
    .setInputFiles({ name: 'licence.pdf', mimeType: 'application/pdf', buffer })
  const { outcome, code, words } = await readVerdict(page)
  expect([outcome, code]).toEqual(['caution', 'presentation/paper'])
  expect(words).toContain('印章有效，页面内容与所附证照码一致')
  const carried = page.getByTestId('carried-licence')
  expect(await carried.textContent()).toContain('虚构市云栖样例餐饮有限公司')
  expect(await carried.getByTestId('code-number').textContent()).toMatch(
    /^[0-9A-Z]{4}-[0-9A-Z]{4}$/,
  )
  expect(await passedIn(page)).toContain('licence-facts')
  await expectAccessible(page, `a licence as a file, ${face}`)
  expect(complaints).toEqual([])
  await context.close()
})

async function passedIn(page: Page): Promise<string> {
  return (await page.locator('[data-testid=carried-checks] .check-passed').allTextContents()).join()
}

/** The sample licence, issued and printed through the API. */
async function printLicence({ api, dataDir }: Demo): Promise<Buffer> {
  const key = readFileSync(join(dataDir, 'demo-api-key'), 'utf8').trim()
  const { typeCode, facts } = foodLicenceOfSample
  const ask = async (path: string, body: object): Promise<Response> => {
    const headers = {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': `carried${path}`,
    }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await fetch(`${api}/api/licences${path}`, init)
    if (!response.ok) throw new Error(`${path} answers ${await response.text()}`)
    return response
  }
  const issued = await ask('', { type: typeCode, ...facts, serial: 'JY23399010000999' })
  const { id } = await issued.json()
  const pdf = await ask(`/${id}/pdf`, { format: 'a4' })
  return Buffer.from(await pdf.arrayBuffer())
}
