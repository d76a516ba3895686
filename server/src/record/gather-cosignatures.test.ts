/** The server and its witnesses, over HTTP: what they cosign, and what becomes of one that is down, lies, or knows better. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8Encode } from '@onetrip/codec'
import {
  cosign,
  formatAddCheckpoint,
  formatVerifierKey,
  openCheckpoint,
  readUnverifiedCheckpoint,
  signCheckpoint,
  verifierKey,
} from '@onetrip/log'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freePort } from '../../testing/free-port.ts'
import { makeSigner } from '../../testing/sample-log.ts'
import { dropGuard } from '../../testing/tamper.ts'
import { openWorld, START, type World } from '../../testing/test-world.ts'
import { transact } from '../storage/database.ts'
import { type RunningWitness, startWitness } from '../witness/start-witness.ts'
import { openWitnessState } from '../witness/witness-state.ts'
import { recordAct } from './append.ts'
import { auditRecord } from './audit.ts'
import { newestCosigned } from './cosigned-note.ts'
import { createGatherer, type Gatherer } from './gather-cosignatures.ts'
import { integrate, recordKey, recordOrigin, recordSigner } from './integrate.ts'

const NAMES = ['one.example', 'two.example']
const signers = NAMES.map(makeSigner)
const keys = NAMES.map((name, at) =>
  verifierKey(name, 'cosignature', (signers[at] ?? makeSigner()).publicKey),
)

let folder: string
let ports: number[]
let world: World
let running: (RunningWitness | undefined)[]
let gatherer: Gatherer
let now: number

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-witnesses-'))
  ports = [await freePort(), await freePort()]
  const list = keys.map((key, at) => ({
    vkey: formatVerifierKey(key),
    url: `http://127.0.0.1:${ports[at]}`,
  }))
  writeFileSync(join(folder, 'witnesses.json'), JSON.stringify(list))
  world = await openWorld({
    environment: { ONETRIP_LOG_WITNESSES: join(folder, 'witnesses.json') },
  })
  gatherer = createGatherer(world.services, new AbortController().signal)
  running = []
  now = START
})
afterEach(async () => {
  await Promise.all(running.map((witness) => witness?.close()))
  await world.close()
  rmSync(folder, { recursive: true })
})

async function start(at: number): Promise<void> {
  const signer = { name: NAMES[at] ?? '', signer: signers[at] ?? makeSigner() }
  const state = openWitnessState(join(folder, `${at}.sqlite`))
  const parts = { logs: [recordKey(world.services)], signer, state, now: () => now }
  running[at] = await startWitness(parts, { host: '127.0.0.1', port: ports[at] ?? 0 })
}

async function stop(at: number): Promise<void> {
  await running[at]?.close()
  running[at] = undefined
}

/** Adds entries; answers the size of the checkpoint over them. */
async function grow(count: number): Promise<number> {
  const { services } = world
  await transact(services.storage, async (transaction) => {
    for (let at = 0; at < count; at += 1)
      await recordAct(services, transaction, { act: 'test/act' })
  })
  return (await integrate(services)).size
}

function wait(seconds: number): void {
  now += seconds
  world.setNow(now)
}

/** What the served checkpoint has. */
async function served(threshold: number) {
  const note = await (await world.app.request('/log/checkpoint')).text()
  const log = recordKey(world.services)
  return openCheckpoint(utf8Encode(note), { log, witnesses: keys, threshold })
}

const codes = (): readonly unknown[] =>
  world.logLines.flatMap((line) => {
    const { event, code } = JSON.parse(line)
    return event === 'record/not-cosigned' ? [code] : []
  })

test('each checkpoint gets the cosignatures of both, by proofs out of the stored tiles', async () => {
  await Promise.all([start(0), start(1)])
  for (const count of [1, 300, 7]) {
    const size = await grow(count)
    await gatherer.gather()
    expect(await served(2)).toMatchObject({ size })
    expect(await newestCosigned(world.services)).toMatchObject({ size })
  }
  expect(codes()).toEqual([])
  expect(await auditRecord(world.services)).toBeUndefined()
})

test('one that is down stops nothing, shows as late, and catches up', async () => {
  await Promise.all([start(0), start(1)])
  const first = await grow(1)
  await gatherer.gather()
  await stop(1)
  const second = await grow(1)
  await gatherer.gather()
  expect(codes()).toEqual(['network/unreachable'])
  expect((await served(1)).size).toBe(second)
  expect((await newestCosigned(world.services))?.size).toBe(first)
  const ready = async () => (await world.app.request('/readyz')).json()
  expect(await ready()).toEqual({ status: 'ready' })
  await gatherer.gather()
  expect(codes()).toHaveLength(1)
  wait(61)
  expect(await ready()).toEqual({
    status: 'ready',
    lateWitnesses: [{ name: 'two.example', size: first }],
  })
  await start(1)
  await gatherer.gather()
  expect((await newestCosigned(world.services))?.size).toBe(second)
  expect(await ready()).toEqual({ status: 'ready' })
})

test('one that saw more than the server kept of it is asked again from there', async () => {
  await Promise.all([start(0), start(1)])
  const size = await grow(5)
  const { note } = await integrate(world.services)
  const body = new Uint8Array(
    formatAddCheckpoint({ oldSize: 0, path: [], checkpoint: utf8Encode(note) }),
  )
  const answer = await fetch(`http://127.0.0.1:${ports[0]}/add-checkpoint`, {
    method: 'POST',
    body,
  })
  expect(answer.status).toBe(200)
  await gatherer.gather()
  expect(await served(2)).toMatchObject({ size })
})

test('rows that were taken back: the witness saw a longer log', async () => {
  await start(0)
  const size = await grow(5)
  const checkpoint = {
    origin: recordOrigin(world.services),
    size: size + 10,
    root: new Uint8Array(32),
  }
  const note = await signCheckpoint(checkpoint, recordSigner(world.services))
  const body = new Uint8Array(formatAddCheckpoint({ oldSize: 0, path: [], checkpoint: note }))
  await fetch(`http://127.0.0.1:${ports[0]}/add-checkpoint`, { method: 'POST', body })
  await gatherer.gather()
  expect(codes().toSorted()).toEqual(['log/shrunk', 'network/unreachable'])
  await grow(20)
  wait(10)
  await gatherer.gather()
  expect(codes()).toContain('log/other-root')
})

test('what is kept cannot be changed, and a change below is found', async () => {
  await start(0)
  const size = await grow(1)
  await gatherer.gather()
  const { storage } = world.services
  const change = sql`update log_cosignature set at = at + 1`
  await expect(change.execute(storage)).rejects.toThrow('append-only')
  await dropGuard(storage, 'log_cosignature', 'update')
  await change.execute(storage)
  expect(await auditRecord(world.services)).toEqual({ table: 'log_cosignature', place: size })
})

describe('one that lies', () => {
  const text = { 'Content-Type': 'text/plain' }
  const size = { 'Content-Type': 'text/x.tlog.size' }

  test.for([
    [
      'a redirect',
      (to) => to.writeHead(307, { Location: 'http://127.0.0.1:9/' }).end(),
      'network/unreachable',
    ],
    ['an answer without end', (to) => pour(to), 'network/server'],
    ['nothing', (to) => to.writeHead(200, text).end(), 'note/unsigned'],
    ['something else', (to) => to.writeHead(200, text).end('hello'), 'note/format'],
    ['another status', (to) => to.writeHead(404, text).end(), 'network/server'],
    ['a size that is none', (to) => to.writeHead(409, size).end('07\n'), 'log/other-root'],
    ['a size twice', (to) => to.writeHead(409, size).end('3\n'), undefined],
    ['no size', (to) => to.writeHead(409, text).end('3\n'), 'log/other-root'],
    ["another's signature", (to, note) => signAs(to, note, 1), 'note/unsigned'],
    ['a signature over something else', (to) => signAs(to, 'x\n', 0), 'note/signature'],
  ] as const satisfies readonly [
    string,
    (to: ServerResponse, note: string) => unknown,
    string | undefined,
  ][])('%s', async ([, behave, code]) => {
    await start(1)
    await grow(1)
    const { note } = await integrate(world.services)
    const { size: entries } = readUnverifiedCheckpoint(utf8Encode(note))
    const liar = createServer((request, response) => {
      request.resume().once('end', () => behave(response, note.slice(0, note.indexOf('\n\n') + 1)))
    })
    await new Promise<void>((done) => liar.listen(ports[0], '127.0.0.1', done))
    await gatherer.gather()
    liar.closeAllConnections()
    await new Promise((done) => liar.close(done))
    expect(codes()).toEqual(code === undefined ? [] : [code])
    expect(await served(1)).toMatchObject({ size: entries, cosigned: [{ key: keys[1] }] })
    expect(await newestCosigned(world.services)).toBeUndefined()
  })

  function pour(response: ServerResponse): void {
    response.writeHead(200, text)
    response.end('x'.repeat(100_000))
  }

  async function signAs(response: ServerResponse, note: string, at: number): Promise<void> {
    const by = { name: NAMES[at] ?? '', signer: signers[at] ?? makeSigner() }
    response.writeHead(200, text).end(await cosign(note, by, START))
  }
})
