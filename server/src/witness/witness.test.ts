/** A witness cosigns what only grew, remembers it, and never cosigns two histories of a log. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256, toHex, utf8Decode, utf8Encode } from '@onetrip/codec'
import {
  addSignatures,
  checkpointText,
  formatAddCheckpoint,
  openCheckpoint,
  signNote,
  verifierKey,
} from '@onetrip/log'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeSigner, type SampleLog, sampleLog } from '../../testing/sample-log.ts'
import { createWitness, type Witness } from './witness.ts'
import { createWitnessApp } from './witness-app.ts'
import { openWitnessState, type WitnessState } from './witness-state.ts'

const NOW = 1_795_406_400
const NAME = 'witness.example/w1'
const signer = makeSigner()
const witnessKey = verifierKey(NAME, 'cosignature', signer.publicKey)
const entries = (count: number, what = 'entry'): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, at) => utf8Encode(`${what} ${at}`))

let folder: string
let log: SampleLog
let state: WitnessState
let now: number

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-witness-'))
  log = sampleLog({ name: 'log.example', entries: entries(20) })
  state = openWitnessState(join(folder, 'state.sqlite'))
  now = NOW
})
afterEach(() => {
  state.close()
  rmSync(folder, { recursive: true })
})

const witness = (): Witness =>
  createWitness({ logs: [log.key], signer: { name: NAME, signer }, state, now: () => now })
const ask = (request: Uint8Array) => witness().addCheckpoint(request)
const statusOf = async (request: Uint8Array): Promise<number> => (await ask(request)).status

describe('what grew', () => {
  test('is cosigned, from nothing on, and again as often as it is asked', async () => {
    for (const [oldSize, size] of [
      [0, 7],
      [7, 20],
      [20, 20],
    ] as const) {
      now += 1
      const reply = await ask(await log.request(oldSize, size))
      expect(reply).toMatchObject({ status: 200, origin: 'log.example' })
      const note = addSignatures(await log.checkpoint(size), [reply.body])
      const policy = { log: log.key, witnesses: [witnessKey], threshold: 1 }
      const { cosigned } = await openCheckpoint(note, policy)
      expect(cosigned).toMatchObject([{ time: now }])
    }
    expect(state.latest('log.example')).toMatchObject({ size: 20, at: now })
  })

  test('lines of extensions are cosigned with it, signatures of strangers are not kept', async () => {
    const root = log.root(5)
    const text = `${checkpointText({ origin: 'log.example', size: 5, root })}extension\n`
    const note = await signNote(text, { name: 'log.example', signer: log.signer })
    const stranger = utf8Decode(
      await signNote('x\n', { name: 'other.example', signer: makeSigner() }),
    )
    const more = addSignatures(note, [stranger.slice(3)])
    const request = formatAddCheckpoint({ oldSize: 0, path: [], checkpoint: more })
    const { status, body } = await ask(request)
    expect(status).toBe(200)
    const policy = { log: log.key, witnesses: [witnessKey], threshold: 1 }
    await openCheckpoint(addSignatures(note, [body]), policy)
    expect(state.latest('log.example')?.note).toBe(utf8Decode(note) + body)
  })

  test('an empty log is cosigned under the empty root alone', async () => {
    expect(await statusOf(await log.request(0, 0))).toBe(200)
  })
})

describe('what is refused', () => {
  test.for([
    ['no request', async () => utf8Encode('hello'), 400],
    ['no checkpoint', async () => utf8Encode('old 0\n\nhello'), 400],
    ['the larger size first', async () => resized(await log.request(0, 7), 8), 400],
    [
      'a log that it does not follow',
      () => sampleLog({ name: 'b.example', entries: [] }).request(0),
      404,
    ],
    ['no signature of the log', () => fork(makeSigner()).request(0), 403],
    ['a signature that does not verify', async () => altered(await log.request(0, 7)), 403],
    ['an old size that it did not see', () => log.request(3, 7), 409],
    ['a proof where there is nothing to prove', async () => padded(await log.request(0, 7)), 422],
    ['an empty log with a root', () => rooted(0), 422],
  ] as const)('%s', async ([, request, status]) => {
    expect(await statusOf(await request())).toBe(status)
    expect(state.latest('log.example')).toBeUndefined()
  })

  test('an old size that is not the last tells the last', async () => {
    await ask(await log.request(0, 7))
    for (const oldSize of [0, 5]) {
      expect(await ask(await log.request(oldSize, 20))).toMatchObject({
        status: 409,
        body: '7\n',
        mediaType: 'text/x.tlog.size',
      })
    }
    // An older checkpoint than the last one.
    expect(await ask(await log.request(3, 5))).toMatchObject({ status: 409, body: '7\n' })
  })

  test('another history under the same key, and the proof of it is kept', async () => {
    await ask(await log.request(0, 7))
    const other = fork(log.signer)
    expect(await statusOf(await other.request(7, 20))).toBe(422)
    const reply = await ask(await other.request(7, 7))
    expect(reply).toMatchObject({ status: 409, mediaType: 'text/plain; charset=utf-8' })
    expect(state.latest('log.example')?.size).toBe(7)
    const [proof, ...rest] = state.forks('log.example')
    expect(rest).toEqual([])
    const policy = { log: log.key, witnesses: [], threshold: 0 }
    const roots = await Promise.all(
      [proof?.known, proof?.other].map(async (note) => {
        const { size, root } = await openCheckpoint(utf8Encode(note ?? ''), policy)
        return `${size} ${toHex(root)}`
      }),
    )
    expect(roots).toEqual([`7 ${toHex(log.root(7))}`, `7 ${toHex(other.root(7))}`])
  })

  test('a time before the last one', async () => {
    await ask(await log.request(0, 7))
    now -= 10
    expect(await statusOf(await log.request(7, 20))).toBe(503)
    now += 10
    expect(await statusOf(await log.request(7, 20))).toBe(200)
  })

  test("a key that is also a log's, two logs of one name", () => {
    const parts = { state, now: () => now }
    const own = { name: NAME, signer: log.signer }
    expect(() => createWitness({ ...parts, logs: [log.key], signer: own })).toThrow(TypeError)
    const both = [log.key, fork(makeSigner()).key]
    const named = { name: NAME, signer }
    expect(() => createWitness({ ...parts, logs: both, signer: named })).toThrow(TypeError)
  })

  function fork(by: SampleLog['signer']): SampleLog {
    return sampleLog({ name: 'log.example', signer: by, entries: entries(20, 'other') })
  }

  function resized(request: Uint8Array, oldSize: number): Uint8Array {
    return utf8Encode(utf8Decode(request).replace('old 0', `old ${oldSize}`))
  }

  function padded(request: Uint8Array): Uint8Array {
    return utf8Encode(utf8Decode(request).replace('old 0\n', `old 0\n${'A'.repeat(43)}=\n`))
  }

  function altered(request: Uint8Array): Uint8Array {
    return utf8Encode(utf8Decode(request).replace('\n7\n', '\n8\n'))
  }

  async function rooted(size: number): Promise<Uint8Array> {
    const text = checkpointText({ origin: 'log.example', size, root: log.root(7) })
    const checkpoint = await signNote(text, { name: 'log.example', signer: log.signer })
    return formatAddCheckpoint({ oldSize: 0, path: [], checkpoint })
  }
})

describe('two at once', () => {
  test('of two histories one is cosigned, however many ask and by whatever process', async () => {
    const second = openWitnessState(join(folder, 'state.sqlite'))
    const other = sampleLog({ name: 'log.example', signer: log.signer, entries: entries(20, 'b') })
    const parts = { logs: [log.key], signer: { name: NAME, signer }, now: () => now }
    const witnesses = [
      createWitness({ ...parts, state }),
      createWitness({ ...parts, state: second }),
    ]
    const requests = await Promise.all(
      Array.from({ length: 40 }, (_, at) => [log, other][at % 2]?.request(0, 5 + (at >> 2))),
    )
    const replies = await Promise.all(
      requests.map(async (request, at) => ({
        at,
        ...(await witnesses[(at >> 1) % 2]?.addCheckpoint(request ?? new Uint8Array(0))),
      })),
    )
    const cosigned = replies.filter(({ status }) => status === 200)
    expect(cosigned.length).toBeGreaterThan(0)
    expect(new Set(cosigned.map(({ at }) => at % 2)).size).toBe(1)
    expect(replies.filter(({ status }) => status !== 200 && status !== 409)).toEqual([])
    second.close()
  })
})

test('killed between what it keeps and its answer, it gets on where it was', async () => {
  const request = await log.request(0, 7)
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../testing/witness-child.ts'), join(folder, 'state.sqlite')],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  )
  const isOver = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
  const key = { name: log.key.name, raw: toHex(log.key.publicKey.raw) }
  child.stdin.end(JSON.stringify({ ...key, request: utf8Decode(request) }))
  expect(await isOver).toBe('SIGKILL')
  const reply = await ask(request)
  expect(reply).toMatchObject({ status: 409, body: '7\n' })
  expect(await statusOf(await log.request(7, 7))).toBe(200)
  expect(await statusOf(await log.request(7, 20))).toBe(200)
})

describe('over HTTP', () => {
  const app = () => createWitnessApp(witness(), () => {})
  const hash = () => toHex(sha256(utf8Encode('log.example')))

  test('what was cosigned last is there for monitors', async () => {
    expect((await app().request(`/${hash()}/checkpoint`)).status).toBe(404)
    const body = new Uint8Array(await log.request(0, 7))
    const answer = await app().request('/add-checkpoint', { method: 'POST', body })
    expect(answer.status).toBe(200)
    const latest = await app().request(`/${hash()}/checkpoint`)
    expect(await latest.text()).toBe(utf8Decode(await log.checkpoint(7)) + (await answer.text()))
  })

  test('no other method, no endless body, no other path', async () => {
    expect((await app().request('/add-checkpoint')).status).toBe(404)
    const body = new Uint8Array(100_000)
    expect((await app().request('/add-checkpoint', { method: 'POST', body })).status).toBe(413)
    expect((await app().request(`/${hash().toUpperCase()}/checkpoint`)).status).toBe(404)
  })
})
