/**
 * The contract for outside clients: `tuf-js` follows our real server over HTTP from `root.json` alone, and the addresses
 * answer as caches, other pages and hostile clients need it.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseJson } from '@onetrip/codec'
import {
  currentRoot,
  loadConfig,
  openServices,
  type RunningServer,
  type Services,
  seedDemo,
  startServer,
} from '@onetrip/server'
import { decodeStatusList } from '@onetrip/status'
import { Updater } from 'tuf-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'onetrip-contract-'))
let services: Services
let server: RunningServer

beforeAll(async () => {
  const config = { ...loadConfig({ ONETRIP_DATA_DIR: join(folder, 'data') }), port: 0 }
  services = await openServices({ config, writeLog: () => undefined })
  await seedDemo(services)
  server = await startServer({ services, closeMilliseconds: 0 })
  writeFileSync(join(folder, 'root.json'), await currentRoot(services))
}, 120_000)
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Sends the path as it is: `fetch` would tidy it. */
function ask(path: string, options: { method?: string; headers?: Record<string, string> } = {}) {
  const { method = 'GET', headers = {} } = options
  return new Promise<Answer>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers })
    sent.on('error', reject).on('response', async (response) => {
      const parts: Buffer[] = []
      for await (const part of response) parts.push(Buffer.from(part))
      const { statusCode: status = 0, headers: received } = response
      resolve({ status, headers: received, body: Buffer.concat(parts) })
    })
    sent.end()
  })
}

async function jsonAt(path: string): Promise<unknown> {
  return parseJson(new Uint8Array((await ask(path)).body))
}

test('tuf-js gets every target that names.json and status/names.json list, delegated ones too', async () => {
  const base = `http://127.0.0.1:${server.port}/trust`
  const updater = new Updater({
    metadataDir: folder,
    metadataBaseUrl: `${base}/metadata`,
    targetDir: folder,
    targetBaseUrl: `${base}/targets`,
    config: { fetchRetry: false },
  })
  await updater.refresh()
  const download = async (path: string): Promise<Uint8Array> => {
    const info = await updater.getTargetInfo(path)
    if (info === undefined) throw new Error(`${path} is not named`)
    const file = join(folder, path.replaceAll('/', '-'))
    return new Uint8Array(readFileSync(await updater.downloadTarget(info, file)))
  }
  const listed = async (path: string): Promise<readonly string[]> => {
    const names = parseJson(await download(path))
    return Array.isArray(names) ? names.map(String) : []
  }
  const names = await listed('names.json')
  expect(names).toEqual(expect.arrayContaining(['names.json', 'trust-list.json']))
  for (const name of names) expect((await download(name)).length, name).toBeGreaterThan(0)
  const statusNames = await listed('status/names.json')
  expect(statusNames).toEqual(
    expect.arrayContaining(['status/names.json', 'status/1/1.cwt', 'status/1/1.jwt']),
  )
  for (const name of statusNames) expect((await download(name)).length, name).toBeGreaterThan(0)
  const cwt = decodeStatusList(await download('status/1/1.cwt'))
  const jwt = decodeStatusList(Buffer.from(await download('status/1/1.jwt')).toString('utf8'))
  expect(jwt.uri).toBe(cwt.uri)
  expect(cwt.uri).toBe(`${services.config.apiOrigin}/s/1`)
  expect(parseJson(await download('deny/list.json'))).toEqual({ format: 1, keys: [], devices: [] })
  expect(await updater.getTargetInfo('status/2/1.cwt')).toBeUndefined()
}, 60_000)

describe('caches', () => {
  test('the timestamp may be kept for ten seconds, has a tag, and costs 304 when it is known', async () => {
    const first = await ask('/trust/metadata/timestamp.json')
    expect(first.headers['cache-control']).toBe('public, max-age=10')
    const known = { 'If-None-Match': String(first.headers.etag) }
    const again = await ask('/trust/metadata/timestamp.json', { headers: known })
    expect([again.status, again.body.length]).toEqual([304, 0])
  })

  test('what is named by version or content never changes, and HEAD says the same as GET', async () => {
    for (const path of ['/trust/metadata/1.root.json', '/trust/metadata/1.targets.json']) {
      const got = await ask(path)
      expect(got.headers['cache-control']).toBe('public, max-age=31536000, immutable')
      const head = await ask(path, { method: 'HEAD' })
      expect([head.status, head.body.length]).toEqual([200, 0])
      expect(head.headers.etag).toBe(got.headers.etag)
    }
  })

  test('faces may read, other pages may not', async () => {
    const path = '/trust/metadata/timestamp.json'
    const { counterOrigin } = services.config
    const face = await ask(path, { headers: { Origin: counterOrigin } })
    expect(face.headers['access-control-allow-origin']).toBe(counterOrigin)
    const other = await ask(path, { headers: { Origin: 'https://elsewhere.example' } })
    expect(other.headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('AP: addresses of nothing', () => {
  const digest = 'a'.repeat(64)
  test.each([
    '/trust/metadata/2.root.json',
    '/trust/metadata/999999.snapshot.json',
    '/trust/metadata/99999999999999999999.snapshot.json',
    '/trust/metadata/0.root.json',
    '/trust/metadata/01.root.json',
    '/trust/metadata/1.ROOT.json',
    '/trust/metadata/snapshot.json',
    '/trust/metadata/../metadata/..%2ftimestamp.json',
    '/trust/metadata/%2e%2e/timestamp.json',
    '/trust/metadata/timestamp.json%00',
    '/trust/metadata//timestamp.json',
    `/trust/targets/${digest}.trust-list.json`,
    `/trust/targets/status//1/${digest}.1.cwt`,
    `/trust/targets/%2e%2e/${digest}.1.cwt`,
    `/trust/targets/../../${digest}.1.cwt`,
    `/trust/targets/${digest}.a%00b`,
    '/trust/targets/trust-list.json',
    '/trust/targets/',
    `/trust/targets/%ff${digest}.x`,
  ])('%s', async (path) => {
    const { status, headers } = await ask(path)
    expect(status).toBe(404)
    expect(headers['content-type']).toBe('application/problem+json')
    expect(headers['cache-control'] ?? '').not.toContain('immutable')
  })

  test('a digest in upper case is another address, and none of ours', async () => {
    const names = await jsonAt('/trust/metadata/1.targets.json')
    const sha256 = /"trust-list\.json":\{[^}]*"sha256":"([0-9a-f]{64})"/.exec(JSON.stringify(names))
    const path = (hash: string | undefined) => `/trust/targets/${hash}.trust-list.json`
    expect((await ask(path(sha256?.[1]))).status).toBe(200)
    expect((await ask(path(sha256?.[1]?.toUpperCase()))).status).toBe(404)
  })
})
