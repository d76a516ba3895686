/** `onetrip log …` against a server on a port and its own database. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleAgencies } from '@onetrip/fixtures'
import { formatVerifierKey } from '@onetrip/log'
import {
  createApiKey,
  loadConfig,
  openServices,
  type RunningServer,
  recordKey,
  type Services,
  seedDemo,
  startServer,
} from '@onetrip/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommandLine } from './command-line.ts'
import { quietContext } from './quiet-context.ts'

const folder = mkdtempSync(join(tmpdir(), 'onetrip-log-'))
const file = (name: string): string => join(folder, name)
const environment = { ONETRIP_DATA_DIR: file('data'), ONETRIP_PORT: '0' }
let services: Services
let server: RunningServer

beforeAll(async () => {
  services = await openServices({ config: loadConfig(environment), writeLog: () => {} })
  await seedDemo(services)
  server = await startServer({ services })
  writeFileSync(file('log.vkey'), `${formatVerifierKey(recordKey(services))}\n`)
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

async function onetrip(...argv: readonly string[]) {
  const [out, errors]: [string[], string[]] = [[], []]
  const print = (line: string) => out.push(line)
  const now = () => Math.floor(Date.now() / 1000)
  const exit = await runCommandLine({
    argv,
    contextFor: ({ args }) => quietContext({ args, environment, print, now }),
    print,
    printError: (line) => errors.push(line),
  })
  return { exit, out: out.join('\n'), error: errors.join('\n') }
}

/** A further entry. */
const act = (name: string): Promise<string> =>
  createApiKey(services, {
    agencyId: sampleAgencies[0]?.id ?? '',
    holder: { name, kind: 'person' },
    types: [],
    roles: ['read'],
  })

describe('onetrip log verify', () => {
  const address = (): string => `http://127.0.0.1:${server.port}`
  const verify = (...more: readonly string[]) =>
    onetrip('log', 'verify', address(), '--vkey', file('log.vkey'), ...more)

  test('walks the log, keeps its checkpoint, and later finds that it only grew', async () => {
    const first = await verify('--out', file('kept.txt'), '--json')
    expect([first.exit, first.error]).toEqual([0, ''])
    const { size, counts } = JSON.parse(first.out)
    expect(size).toBeGreaterThan(0)
    expect(counts).toMatchObject({ other: 0 })
    await act('后来的人')
    const later = await verify('--kept', file('kept.txt'), '--json')
    expect([later.exit, JSON.parse(later.out).size]).toEqual([0, size + 1])
  })

  test('another history than the one that was kept', async () => {
    const longer = file('longer.txt')
    await verify('--out', longer)
    const other = await openServices({
      config: loadConfig({ ...environment, ONETRIP_DATA_DIR: file('other') }),
      writeLog: () => {},
    })
    const key = formatVerifierKey(recordKey(other))
    await other.close()
    writeFileSync(file('other.vkey'), key)
    const foreign = await onetrip('log', 'verify', address(), '--vkey', file('other.vkey'))
    expect([foreign.exit, foreign.error]).toEqual([1, expect.stringContaining('note/unsigned')])
  })

  test('no key, no address', async () => {
    expect((await onetrip('log', 'verify', address(), '--vkey', file('none'))).exit).toBe(64)
    expect((await onetrip('log', 'verify', 'here', '--vkey', file('log.vkey'))).exit).toBe(64)
  })
})

describe('onetrip log audit', () => {
  test('every row fits; against a checkpoint of later the end is missing', async () => {
    expect(await onetrip('log', 'audit')).toMatchObject({ exit: 0, out: 'every row fits' })
    expect(await onetrip('log', 'audit', '--kept', file('kept.txt'))).toMatchObject({ exit: 0 })
    const kept = readFileSync(file('kept.txt'), 'utf8')
    writeFileSync(file('changed.txt'), kept.replace(/\n[0-9]+\n/, '\n999999\n'))
    const changed = await onetrip('log', 'audit', '--kept', file('changed.txt'))
    expect([changed.exit, changed.error]).toEqual([1, expect.stringContaining('note/signature')])
  })
})
