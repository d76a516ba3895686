/**
 * SIGTERM at a server: what is in flight ends, nothing new begins, the exit code is 0; the second signal waits for nobody. The faces
 * that it built are there for the next start: built once, and again when what they are made of changes.
 */
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { publicKeyFromJwk, utf8Encode } from '@onetrip/codec'
import { formatVerifierKey, type VerifierKey, verifierKey } from '@onetrip/log'
import { currentRoot, loadConfig, openServices } from '@onetrip/server'
import { afterAll, expect, test } from 'vitest'
import { childProgram } from '../../../server/testing/child-program.ts'
import { freePort } from '../../../server/testing/free-port.ts'
import { buildFaces } from './build-faces.ts'

const MAIN = childProgram('onetrip')
/** Four processes start, one of which builds both faces. */
const MILLISECONDS = 240_000
const BODY = 'grant_type=none'
const HEAD = `Host: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${BODY.length}\r\n\r\n`

type Child = ChildProcessByStdio<null, Readable, null>

const folder = mkdtempSync(join(tmpdir(), 'onetrip-stop-'))
const environment = { ...process.env, ONETRIP_KEY_PASSPHRASE: 'correct horse battery' }
const [PORT = 0, WALLET = 0, COUNTER = 0] = [await freePort(), await freePort(), await freePort()]
const DEMO = {
  ONETRIP_DATA_DIR: folder,
  ONETRIP_PORT: String(PORT),
  ONETRIP_WALLET_PORT: String(WALLET),
  ONETRIP_COUNTER_PORT: String(COUNTER),
}
const children: Child[] = []

afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

function start(args: readonly string[], more: Readonly<Record<string, string>> = {}): Child {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...environment, ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return child
}

async function printed(child: Child, words: string): Promise<void> {
  let output = ''
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    output += String(chunk)
    if (output.includes(words)) return
  }
  throw new Error(`it ended before it printed ${words}`)
}

/** A request whose body has begun and not ended. */
async function halfRequest(port: number, path: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(`POST ${path} HTTP/1.1\r\n${HEAD}${BODY.slice(0, 5)}`)
  // The server has read it.
  await sleep(500)
  return socket
}

function isRefused(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => done(false)).once('error', () => done(true))
    socket.unref().once('connect', () => socket.destroy())
  })
}

test('a demo with a request in flight answers it, lets go of port and database, and exits with 0', {
  timeout: MILLISECONDS,
}, async () => {
  const child = start(['demo'], DEMO)
  const ended = once(child, 'exit')
  await printed(child, 'is ready')
  const socket = await halfRequest(PORT, '/openid/token')
  child.kill('SIGTERM')
  while (!(await isRefused(PORT))) await sleep(20)
  const answered = once(socket, 'data')
  socket.write(BODY.slice(5))
  expect(String((await answered)[0])).toMatch(/^HTTP\/1\.1 400 /)
  expect(await ended).toEqual([0, null])
  // SQLite takes it away with the last connection that closes in order.
  expect(existsSync(join(folder, 'onetrip.sqlite-wal'))).toBe(false)
})

function scripts(face: string): string {
  return readdirSync(join(face, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(face, 'assets', name), 'utf8'))
    .join('\n')
}

test('the next start finds the faces of the demo; another API or root builds them again', {
  timeout: MILLISECONDS,
}, async () => {
  const config = loadConfig({ ...environment, ...DEMO })
  const services = await openServices({ config, writeLog: () => undefined })
  const root = await currentRoot(services)
  await services.close()
  const stop = (): never => {
    throw new Error('builds')
  }
  const faces = await buildFaces(config, root, stop)
  for (const face of Object.values(faces)) {
    expect(statSync(join(face, 'index.html')).size).toBeGreaterThan(0)
  }
  expect(scripts(faces.wallet)).toContain(config.apiOrigin)
  expect(scripts(faces.counter)).toContain('"version":1')

  const moved = { ...config, apiOrigin: 'https://api.elsewhere.example' }
  const other = utf8Encode('{"signed":{"version":2}}')
  // Each of them alone is a reason to build; one build shows what both come to.
  await expect(buildFaces(moved, root, stop)).rejects.toThrow('builds')
  await expect(buildFaces(config, other, stop)).rejects.toThrow('builds')
  expect(await buildFaces(moved, other)).toEqual(faces)
  expect(scripts(faces.wallet)).toContain('https://api.elsewhere.example')
  expect(scripts(faces.counter)).toContain('https://api.elsewhere.example')
  expect(scripts(faces.counter)).toContain('"version":2')
})

/** Of a log that nobody keeps. */
function logKey(): VerifierKey {
  const { publicKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  return verifierKey('log.example/l', 'note', publicKeyFromJwk({ kty: 'OKP', crv: 'Ed25519', x }))
}

test('SIGINT and then SIGTERM end a witness at once, though a request is in flight', {
  timeout: MILLISECONDS,
}, async () => {
  const file = (name: string): string => join(folder, name)
  const name = 'one.example/w'
  spawnSync(
    process.execPath,
    [MAIN, 'log', 'witness-key', 'create', file('w.key'), '--name', name],
    { env: environment },
  )
  writeFileSync(file('logs.txt'), `${formatVerifierKey(logKey())}\n`)
  const port = await freePort()
  const child = start([
    ...['log', 'witness', '--key', file('w.key'), '--name', name, '--port', String(port)],
    ...['--logs', file('logs.txt'), '--state', file('w.sqlite')],
  ])
  const ended = once(child, 'exit')
  await printed(child, `http://127.0.0.1:${port}`)
  const socket = await halfRequest(port, '/add-checkpoint')
  socket.on('error', () => undefined)
  child.kill('SIGINT')
  while (!(await isRefused(port))) await sleep(20)
  expect(child.exitCode).toBe(null)
  const at = performance.now()
  child.kill('SIGTERM')
  expect(await ended).toEqual([null, 'SIGTERM'])
  expect(performance.now() - at).toBeLessThan(5000)
})
