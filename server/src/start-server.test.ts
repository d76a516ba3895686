import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, get, type IncomingMessage } from 'node:http'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWorld } from '../testing/test-world.ts'
import { startServer } from './start-server.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-start-'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>face</title>')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('listens, answers, and lets go of everything on close', async () => {
  const world = await openWorld({ environment: { ONETRIP_PORT: '0' } })
  const faces = { wallet: folder, counter: folder, console: folder }
  const server = await startServer({ services: world.services, faces })
  const health = await fetch(`http://127.0.0.1:${server.port}/healthz`)
  expect(await health.json()).toEqual({ status: 'ok' })
  const page = await fetch(`http://127.0.0.1:${server.port}/console/`, {
    headers: { Accept: 'text/html' },
  })
  expect(await page.text()).toContain('<title>face</title>')
  await server.close()
  await expect(fetch(`http://127.0.0.1:${server.port}/healthz`)).rejects.toThrow()
  rmSync(world.folder, { recursive: true })
})

test('O18: while it closes, a kept connection gets its answer and is told to leave', async () => {
  const world = await openWorld({ environment: { ONETRIP_PORT: '0' } })
  const server = await startServer({ services: world.services })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const options = { agent, host: '127.0.0.1', port: server.port, path: '/healthz' }
      get(options, (message) => message.resume().once('end', () => resolve(message))).once(
        'error',
        reject,
      )
    })
  expect((await ask()).headers.connection).toBe('keep-alive')
  const closed = server.close()
  const last = await ask()
  expect([last.statusCode, last.headers.connection]).toEqual([200, 'close'])
  await closed
  await expect(ask()).rejects.toThrow('ECONNREFUSED')
  rmSync(world.folder, { recursive: true })
})

test.for([
  ['answers what ends in time', 20_000, true],
  ['cuts what does not', 700, false],
] as const)('a request in flight while it closes: %s', async ([, closeMilliseconds, ends]) => {
  const world = await openWorld({ environment: { ONETRIP_PORT: '0' } })
  const server = await startServer({ services: world.services, closeMilliseconds })
  const body = 'grant_type=none'
  const head = `POST /openid/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`
  const socket = connect(server.port, '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += String(chunk)
  })
  const over = once(socket, 'close')
  socket.write(head + body.slice(0, 3))
  await sleep(200)
  const closed = server.close()
  // Longer than idle connections are kept.
  await sleep(ends ? 600 : 0)
  if (ends) socket.write(body.slice(3))
  await Promise.all([closed, over])
  expect(answer).toMatch(ends ? /^HTTP\/1\.1 400 .*connection: close/is : /^$/)
  await expect(fetch(`http://127.0.0.1:${server.port}/healthz`)).rejects.toThrow()
  rmSync(world.folder, { recursive: true })
})

test('a port that is taken is an error, and nothing stays open', async () => {
  const blocker = createServer()
  const port = await new Promise<number>((resolve) => {
    blocker.listen(0, '127.0.0.1', () => {
      const address = blocker.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  const world = await openWorld({ environment: { ONETRIP_PORT: String(port) } })
  await expect(startServer({ services: world.services })).rejects.toThrow('EADDRINUSE')
  blocker.close()
  rmSync(world.folder, { recursive: true })
})

test('a trusted proxy says who the client is; nobody else does', async () => {
  const world = await openWorld({
    environment: { ONETRIP_PORT: '0', ONETRIP_TRUSTED_PROXIES: '127.0.0.1' },
  })
  const server = await startServer({ services: world.services, closeMilliseconds: 0 })
  const ask = async (forwarded: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}/openid/token`, {
      method: 'POST',
      headers: { 'X-Forwarded-For': forwarded },
    })
    await response.arrayBuffer()
    return response.status
  }
  const statuses = new Set<number>()
  for (let index = 0; index < 70; index += 1) statuses.add(await ask('203.0.113.1'))
  expect(statuses.has(429)).toBe(true)
  expect(await ask('203.0.113.2')).toBe(415)
  expect(await ask('198.51.100.7, 203.0.113.1')).toBe(429)
  await server.close()
  rmSync(world.folder, { recursive: true })
})

test.for([
  ['of a trusted proxy is kept', '127.0.0.1', '0123456789abcdef0123456789abcdef', true],
  ['of a trusted proxy, a UUID', '127.0.0.1', '01933f2e-8b4c-7cc0-9d3b-2f6a1c5e7d90', true],
  ['of nobody who is trusted is replaced', '192.0.2.1', '0123456789abcdef0123456789abcdef', false],
  ['of another form is replaced', '127.0.0.1', '0123456789abcdef-0123456789ABCDEF', false],
  ['that is too long is replaced', '127.0.0.1', '0123456789abcdef'.repeat(3), false],
] as const)('an id %s', async ([, proxy, given, isKept]) => {
  const world = await openWorld({
    environment: { ONETRIP_PORT: '0', ONETRIP_TRUSTED_PROXIES: proxy },
  })
  const server = await startServer({ services: world.services, closeMilliseconds: 0 })
  const response = await fetch(`http://127.0.0.1:${server.port}/healthz`, {
    headers: { 'X-Request-Id': given },
  })
  await response.arrayBuffer()
  const id = response.headers.get('X-Request-Id') ?? ''
  expect(id === given).toBe(isKept)
  const line = world.logLines.find((one) => one.includes('/healthz')) ?? '{}'
  expect(JSON.parse(line).requestId).toBe(id)
  if (!isKept) expect(world.logLines.join()).not.toContain(given)
  await server.close()
  rmSync(world.folder, { recursive: true })
})
