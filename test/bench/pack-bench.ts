/**
 * A province's pack in real Chromium: how long a counter that never had a network takes from the chosen file to being
 * ready, beside the raw work on the same bytes there: SHA-256 over what the members inflate to.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '@onetrip/server'
import type { Page } from 'playwright-core'
import { buildFaces } from '../../packages/cli/src/build-faces.ts'
import { provinceRepository } from '../../packages/trust/samples/province.ts'
import { firstRoot, samplePack } from '../../packages/trust/samples/sample-repository.ts'
import { launchBrowser } from '../e2e/browser.ts'
import { serveFace } from '../e2e/face-server.ts'
import { median } from './measure.ts'

/** What was measured. */
export interface PackFigures {
  readonly packBytes: number
  /** Milliseconds of an import, median. */
  readonly importMilliseconds: number
  /** Milliseconds of hashing all metadata and targets there, median. */
  readonly rawMilliseconds: number
}

const PORT = 18_891
const IMPORTS = 5
/** The environment of the sample repositories. */
const ENVIRONMENT = 'test'

/** Measures the import of the pack of 1,000 agencies and 10 M entries. */
export async function benchPack(): Promise<PackFigures> {
  const files = await provinceRepository(Math.floor(Date.now() / 1000) - 60)
  const pack = samplePack(files)
  const dataDir = mkdtempSync(join(tmpdir(), 'onetrip-pack-bench-'))
  const config = {
    ...loadConfig({ ONETRIP_DATA_DIR: dataDir, ONETRIP_PORT: String(PORT) }),
    environment: ENVIRONMENT,
  }
  const { counter: folder } = await buildFaces(config, firstRoot(files))
  const { counterOrigin: origin, apiOrigin } = config
  const server = await serveFace({ folder, origin, reaches: [apiOrigin] })
  const browser = await launchBrowser()
  const imports: number[] = []
  const raws: number[] = []
  try {
    for (let round = 0; round < IMPORTS; round++) {
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(`${origin}/`)
      imports.push(await importOnce(page, pack))
      raws.push(await hashOnce(page, [...files.metadata.values(), ...files.targets.values()]))
      await context.close()
    }
  } finally {
    await browser.close()
    server.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return {
    packBytes: pack.length,
    importMilliseconds: median(imports),
    rawMilliseconds: median(raws),
  }
}

async function importOnce(page: Page, pack: Uint8Array): Promise<number> {
  const input = page.getByTestId('pack-input')
  await input.waitFor({ state: 'attached' })
  await input.evaluate((element) => {
    element.addEventListener('change', () => performance.mark('chosen'), { capture: true })
    const look = () => {
      if (document.querySelector('[data-testid="ready-screen"]') === null)
        requestAnimationFrame(look)
      else performance.mark('ready')
    }
    requestAnimationFrame(look)
  })
  const file = { name: 'province.otpack', mimeType: 'application/octet-stream' }
  await input.setInputFiles({ ...file, buffer: Buffer.from(pack) })
  await page.waitForFunction(() => performance.getEntriesByName('ready').length > 0)
  return page.evaluate(() => performance.measure('import', 'chosen', 'ready').duration)
}

async function hashOnce(page: Page, files: readonly Uint8Array[]): Promise<number> {
  const sizes = files.map(({ length }) => length)
  return page.evaluate(async (lengths) => {
    const start = performance.now()
    for (const length of lengths) await crypto.subtle.digest('SHA-256', new Uint8Array(length))
    return performance.now() - start
  }, sizes)
}
