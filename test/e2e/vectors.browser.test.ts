/** Chromium gives the same verdicts as Node: the same functions, bundled, over the same vectors. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { outsideVectors } from '@onetrip/fixtures'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readVectorFolder } from '../vectors/read-vector-folder.ts'
import { cctvVectors, wycheproofVectors } from '../vectors/signature-vectors.ts'
import {
  type PackVector,
  runVerifierVectors,
  type VerifierVector,
} from '../vectors/verifier-verdicts.ts'
import { launchBrowser } from './browser.ts'

const HTML = '<!doctype html><script type="module" src="/entry.js"></script>'

let browser: Browser
let page: Page
let server: Server
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-vectors-'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      minify: false,
      lib: {
        entry: resolve(import.meta.dirname, '../vectors/chromium-entry.ts'),
        formats: ['es'],
        fileName: () => 'entry.js',
      },
    },
  })
  server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? ''
    if (/^[\w.-]+\.js$/.test(name)) {
      response.writeHead(200, { 'content-type': 'text/javascript' })
      response.end(readFileSync(join(folder, name)))
    } else {
      response.writeHead(200, { 'content-type': 'text/html' }).end(HTML)
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  browser = await launchBrowser()
  page = await browser.newPage()
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await page.goto(`http://localhost:${port}/`)
  await page.waitForFunction(() => typeof window.runVectors === 'function')
}, 120_000)

afterAll(async () => {
  await browser?.close()
  server?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe.skipIf(outsideVectors === undefined)('signature vectors in Chromium', () => {
  test('CCTV and Wycheproof: WebCrypto and the noble fallback give the pinned verdicts', async () => {
    const vectors = [
      ...cctvVectors(outsideVectors ?? ''),
      ...wycheproofVectors(outsideVectors ?? ''),
    ]
    expect(vectors).toHaveLength(914 + 151 + 262)
    const verdicts = await page.evaluate((json) => window.runVectors(json), JSON.stringify(vectors))
    const pinned = vectors.map(({ expected }) => expected)
    expect(verdicts.webcrypto).toEqual(pinned)
    expect(verdicts.noble).toEqual(pinned)
    expect(verdicts.chosen['ES256']).toBe('webcrypto')
  }, 120_000)
})

test('the verifier gives each of its vectors the same verdict in Chromium as in Node', async () => {
  const vectors = readVectorFolder<VerifierVector>('verifier')
  const packs = readVectorFolder<PackVector>('trust-packs')
  const inNode = await runVerifierVectors(vectors, packs)
  const inChromium = await page.evaluate(
    (json) => window.runVerifier(json),
    JSON.stringify({ vectors, packs }),
  )
  expect(JSON.parse(inChromium)).toEqual(JSON.parse(JSON.stringify(inNode)))
  expect(inNode.length).toBeGreaterThan(200)
})
