import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createFaceApp } from './face-app.ts'

const LARGE = 'const licence = 1\n'.repeat(200)
let folder: string
let app: Hono

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-face-'))
  mkdirSync(join(folder, 'dist/assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  writeFileSync(join(folder, 'dist/index.html'), '<!doctype html><title>face</title>')
  writeFileSync(join(folder, 'dist/sw.js'), '// worker')
  writeFileSync(join(folder, 'dist/manifest.webmanifest'), '{}')
  writeFileSync(join(folder, 'dist/assets/main-abc.js'), '// main')
  writeFileSync(join(folder, 'dist/assets/reader.wasm'), 'wasm')
  writeFileSync(join(folder, 'dist/assets/large-abc.js'), LARGE)
  app = createFaceApp({
    folder: join(folder, 'dist'),
    origin: 'http://localhost:8788',
    reaches: ['http://localhost:8787', 'https://verifier.example.cn'],
  })
})
afterAll(() => rmSync(folder, { recursive: true }))

const NAVIGATION = { headers: { Accept: 'text/html,application/xhtml+xml' } }

describe('a face', () => {
  test('serves its files with type and caching', async () => {
    const worker = await app.request('/sw.js')
    expect(worker.headers.get('Cache-Control')).toBe('no-cache')
    expect(worker.headers.get('Content-Type')).toContain('text/javascript')
    const asset = await app.request('/assets/main-abc.js')
    expect(asset.headers.get('Cache-Control')).toContain('immutable')
    const wasm = await app.request('/assets/reader.wasm')
    expect(wasm.headers.get('Content-Type')).toBe('application/wasm')
    const tag = worker.headers.get('ETag') ?? ''
    for (const known of [tag, `W/${tag}`]) {
      const again = await app.request('/sw.js', { headers: { 'If-None-Match': known } })
      expect(again.status).toBe(304)
    }
  })

  test('compresses what that makes smaller, for who takes it', async () => {
    const get = (path: string, coding: string) =>
      app.request(path, { headers: { 'Accept-Encoding': coding } })
    const packed = await get('/assets/large-abc.js', 'gzip, deflate, br')
    expect(packed.headers.get('Content-Encoding')).toBe('gzip')
    expect(packed.headers.get('Vary')).toBe('Accept-Encoding')
    const bytes = new Uint8Array(await packed.arrayBuffer())
    expect(bytes.length).toBeLessThan(LARGE.length / 10)
    expect(gunzipSync(bytes).toString()).toBe(LARGE)
    const plain = await get('/assets/large-abc.js', 'gzip;q=0, *;q=0')
    expect(plain.headers.get('Content-Encoding')).toBeNull()
    expect(await plain.text()).toBe(LARGE)
    expect(plain.headers.get('ETag')).not.toBe(packed.headers.get('ETag'))
    const tiny = await get('/assets/main-abc.js', 'gzip')
    expect(tiny.headers.get('Content-Encoding')).toBeNull()
    expect(await tiny.text()).toBe('// main')
  })

  test('answers every navigation with its page, and nothing else', async () => {
    for (const path of ['/', '/index.html', '/licence/1', '/a/b']) {
      const response = await app.request(path, NAVIGATION)
      expect(response.status).toBe(200)
      expect(await response.text()).toContain('<title>face</title>')
      expect(response.headers.get('Cache-Control')).toBe('no-cache')
    }
    expect((await app.request('/assets/gone.js', NAVIGATION)).status).toBe(404)
    expect((await app.request('/data')).status).toBe(404)
    expect((await app.request('/', { method: 'POST' })).status).toBe(404)
  })

  test('gives no file outside its folder', async () => {
    const paths = ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '//secret.txt']
    for (const path of [...paths, '/assets/../../secret.txt', '/%5c..%5csecret.txt']) {
      const response = await app.request(`http://localhost:8788${path}`)
      expect(await response.text()).not.toContain('secret')
    }
  })

  test('has the strict policy on every answer', async () => {
    for (const path of ['/', '/sw.js', '/gone.js']) {
      const { headers } = await app.request(path, NAVIGATION)
      const policy = headers.get('Content-Security-Policy') ?? ''
      expect(policy).toContain(
        "connect-src 'self' http://localhost:8787 https://verifier.example.cn;",
      )
      expect(policy).toContain("require-trusted-types-for 'script'")
      expect(policy).toContain('trusted-types licence#urls')
      expect(policy).not.toContain('unsafe-inline')
      expect(headers.get('Permissions-Policy')).toContain('camera=(self)')
      expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
    }
  })

  test('stands below a path, and answers nothing beside it', async () => {
    const below = new Hono().route(
      '/console',
      createFaceApp({
        folder: join(folder, 'dist'),
        origin: 'http://localhost:8787',
        reaches: [],
        base: '/console',
      }),
    )
    for (const path of ['/console', '/console/', '/console/a']) {
      const response = await below.request(path, NAVIGATION)
      expect(await response.text()).toContain('<title>face</title>')
      expect(response.headers.get('Content-Security-Policy')).toContain("connect-src 'self';")
    }
    expect(await (await below.request('/console/assets/main-abc.js')).text()).toBe('// main')
    for (const path of ['/', '/consolefoo', '/assets/main-abc.js', '/sw.js']) {
      expect((await below.request(path, NAVIGATION)).status).toBe(404)
    }
  })

  test('needs a page', () => {
    expect(() =>
      createFaceApp({ folder: join(folder, 'dist/assets'), origin: 'x', reaches: ['y'] }),
    ).toThrow('index.html')
  })
})
