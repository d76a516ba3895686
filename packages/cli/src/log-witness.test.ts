/** `onetrip log witness` twice, a server that asks both, and a monitor that compares: all over HTTP. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { utf8Encode } from '@onetrip/codec'
import { sampleAgencies } from '@onetrip/fixtures'
import { formatVerifierKey, openCheckpoint, parseVerifierKey } from '@onetrip/log'
import {
  createApiKey,
  loadConfig,
  newestCosigned,
  openServices,
  type RunningServer,
  recordKey,
  type Services,
  seedDemo,
  startServer,
} from '@onetrip/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../../../server/testing/free-port.ts'
import { runCommandLine } from './command-line.ts'
import { quietContext } from './quiet-context.ts'

const folder = mkdtempSync(join(tmpdir(), 'onetrip-witnesses-'))
const file = (name: string): string => join(folder, name)
const environment = { ONETRIP_KEY_PASSPHRASE: 'correct horse battery' }
const NAMES = ['one.example/w', 'two.example/w']
const ports = await Promise.all(NAMES.map(freePort))

let services: Services
let server: RunningServer
let keys: readonly string[]
const running: { readonly stop: () => Promise<void>; readonly out: readonly string[] }[] = []

beforeAll(async () => {
  const made: string[] = []
  for (const name of NAMES) {
    const { exit, out } = await onetrip('log', 'witness-key', 'create', keyOf(name), '--name', name)
    expect(exit).toBe(0)
    made.push(out)
  }
  keys = made
  const list = keys.map((vkey, at) => ({ vkey, url: `http://127.0.0.1:${ports[at]}` }))
  writeFileSync(file('witnesses.json'), JSON.stringify(list))
  const variables = {
    ONETRIP_DATA_DIR: file('data'),
    ONETRIP_PORT: '0',
    ONETRIP_LOG_WITNESSES: file('witnesses.json'),
    ONETRIP_LOG_QUORUM: '2',
  }
  services = await openServices({ config: loadConfig(variables), writeLog: () => {} })
  await seedDemo(services)
  const vkey = formatVerifierKey(recordKey(services))
  writeFileSync(file('log.vkey'), `${vkey}\n`)
  writeFileSync(file('logs.txt'), `# ours\n${vkey}\n`)
  await Promise.all([start(0), start(1)])
  server = await startServer({ services, closeMilliseconds: 0 })
})
afterAll(async () => {
  await Promise.all(running.map(({ stop }) => stop()))
  await server.close()
  rmSync(folder, { recursive: true })
})

const keyOf = (name: string): string => file(`${name.slice(0, 3)}.key`)

async function onetrip(...argv: readonly string[]) {
  const { done, out, errors } = run(argv, new AbortController().signal)
  const exit = await done
  return { exit, out: out.join('\n'), error: errors.join('\n') }
}

function run(argv: readonly string[], stopped: AbortSignal) {
  const [out, errors]: [string[], string[]] = [[], []]
  const print = (line: string) => out.push(line)
  const now = () => Math.floor(Date.now() / 1000)
  const done = runCommandLine({
    argv,
    contextFor: ({ args }) => quietContext({ args, environment, print, now, stopped }),
    print,
    printError: (line) => errors.push(line),
  })
  return { done, out, errors }
}

/** Runs a witness until it is stopped. */
async function start(at: number): Promise<void> {
  const [name = '', port] = [NAMES[at], ports[at]]
  const over = new AbortController()
  const { done, out, errors } = run(
    [
      ...['log', 'witness', '--key', keyOf(name), '--name', name, '--port', String(port)],
      ...['--logs', file('logs.txt'), '--state', file(`${at}.sqlite`)],
    ],
    over.signal,
  )
  running[at] = {
    out,
    stop: async () => {
      over.abort()
      expect([await done, errors]).toEqual([0, []])
    },
  }
  await until(() => out.length > 0)
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await holds()) return
    await sleep(100)
  }
  throw new Error('it never came to hold')
}

/** Adds an entry; answers the size with it. */
async function grow(name: string): Promise<number> {
  await createApiKey(services, {
    agencyId: sampleAgencies[0]?.id ?? '',
    holder: { name, kind: 'person' },
    types: [],
    roles: ['read'],
  })
  return (await served()).size
}

async function served() {
  const answer = await fetch(`http://127.0.0.1:${server.port}/log/checkpoint`)
  const witnesses = keys.map(parseVerifierKey)
  const note = utf8Encode(await answer.text())
  return openCheckpoint(note, { log: recordKey(services), witnesses, threshold: 0 })
}

const isWitnessed = (size: number) => async (): Promise<boolean> => {
  const checkpoint = await served()
  return checkpoint.size >= size && checkpoint.cosigned.length === NAMES.length
}

describe('a server and two witnesses', () => {
  test('each checkpoint is cosigned by both soon after', async () => {
    await until(isWitnessed(1))
    const size = await grow('后来的人')
    await until(isWitnessed(size))
    expect(await newestCosigned(services)).toMatchObject({ size })
    expect(running[0]?.out[0]).toBe(`${keys[0]}\nhttp://127.0.0.1:${ports[0]}`)
    expect(running[0]?.out.at(-1)).toMatch(/Z localhost:\d+\/log 200 cosigned$/)
  })

  test('one that is stopped stops nothing, and catches up when it is back', async () => {
    await running[1]?.stop()
    const size = await grow('没有见证的人')
    await until(async () => (await served()).cosigned.length === 1)
    expect((await newestCosigned(services))?.size).toBeLessThan(size)
    await start(1)
    await until(isWitnessed(size))
    expect(await newestCosigned(services)).toMatchObject({ size })
  })

  test('their monitor finds one history', async () => {
    const { exit, out } = await onetrip(
      ...['log', 'monitor', `http://127.0.0.1:${server.port}`, '--vkey', file('log.vkey')],
      ...['--state', file('log.state'), '--witnesses', file('witnesses.json'), '--once'],
    )
    expect([exit, out]).toEqual([0, expect.stringMatching(/: \d+ entries, \d+ new, 0 to tell$/)])
  })
})

describe('what cannot be', () => {
  const witness = (...more: readonly string[]) =>
    onetrip('log', 'witness', '--state', file('x.sqlite'), '--port', '0', ...more)
  const one = ['--key', file('one.key'), '--name', 'one.example/w'] as const

  test('a key file that is there is not replaced, a name has no spaces', async () => {
    const before = readFileSync(file('one.key'))
    const create = (name: string) =>
      onetrip('log', 'witness-key', 'create', file('one.key'), '--name', name)
    expect((await create('one.example')).exit).toBe(64)
    expect((await create('one example')).error).toContain('--name')
    expect(readFileSync(file('one.key'))).toEqual(before)
  })

  test.for([
    ['', 'no keys of logs'],
    ['log.example+00000000+AAAA', 'no keys of logs'],
  ] as const)('logs like %j', async ([text, words]) => {
    writeFileSync(file('bad.txt'), text)
    const { exit, error } = await witness(...one, '--logs', file('bad.txt'))
    expect([exit, error]).toEqual([64, expect.stringContaining(words)])
  })

  test('another port than there are, another name than a key may have', async () => {
    const logs = ['--logs', file('logs.txt')]
    expect((await witness(...one, ...logs, '--port', '70000')).exit).toBe(64)
    expect((await witness('--key', file('one.key'), '--name', 'a b', ...logs)).exit).toBe(64)
  })

  test.for([
    ['--expected', 'x'],
    ['--agency', 'A', '--facts', 'x', '--key-file', 'y'],
    ['--hours', 'always', '--agency', 'A'],
    ['--burst', '30', '--agency', 'A'],
    ['--interval', '0'],
    ['--witnesses', 'none'],
  ])('a monitor with %j', async (more) => {
    const files = ['--vkey', file('log.vkey'), '--state', file('none.state')]
    const args = ['log', 'monitor', 'http://127.0.0.1:9', ...files, '--once', ...more]
    expect((await onetrip(...args)).exit).toBe(64)
  })
})
