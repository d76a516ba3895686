/** `onetrip backup`, `onetrip mirror` and `onetrip restore`, one after the other, against a server on a port. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Config,
  loadConfig,
  openServices,
  type RunningServer,
  type Services,
  seedDemo,
  startServer,
} from '@onetrip/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../../server/testing/free-port.ts'
import { runCommandLine } from './command-line.ts'
import { quietContext } from './quiet-context.ts'

const folder = mkdtempSync(join(tmpdir(), 'onetrip-backup-'))
const file = (name: string): string => join(folder, name)
/** Any act. */
const KEY = [
  '--agency',
  '11339901XYN000014M',
  '--types',
  '1110000099XYN9907G038',
  '--person',
  '赵经办',
  '--roles',
  'read',
]
const PASSPHRASE = 'a passphrase of this test'
let environment: Readonly<Record<string, string>>
let config: Config
let services: Services
let server: RunningServer

beforeAll(async () => {
  const port = String(await freePort())
  environment = { ONETRIP_PORT: port, ONETRIP_KEY_PASSPHRASE: PASSPHRASE }
  config = loadConfig({ ...environment, ONETRIP_DATA_DIR: file('data') })
  services = await openServices({ config, writeLog: () => {} })
  await seedDemo(services)
  server = await startServer({ services, closeMilliseconds: 0 })
  const vkey = await fetch(`http://127.0.0.1:${port}/log/vkey`)
  writeFileSync(file('log.vkey'), await vkey.text())
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true }))

async function onetrip(data: string, ...argv: readonly string[]): Promise<string> {
  const lines: string[] = []
  const print = (line: string) => lines.push(line)
  const exit = await runCommandLine({
    argv,
    contextFor: ({ args }) =>
      quietContext({
        args,
        environment: { ...environment, ONETRIP_DATA_DIR: file(data) },
        print,
        now: () => Math.floor(Date.now() / 1000),
      }),
    print,
    printError: print,
  })
  return `${exit} ${lines.join('\n')}`
}

test('a running server is backed up and mirrored, lost, and put back', async () => {
  const address = ['--server', `http://127.0.0.1:${server.port}`, '--vkey', file('log.vkey')]
  expect(await onetrip('data', 'backup', file('backup'))).toMatch(/^0 .*database \(sqlite\)/)
  expect(await onetrip('data', 'backup', file('backup'))).toContain('restore/not-empty')
  expect(await onetrip('mistyped', 'backup', file('none'))).toContain('restore/nothing')
  expect(existsSync(file('mistyped')) || existsSync(file('none'))).toBe(false)
  expect(await onetrip('data', 'mirror', file('mirror'), ...address)).toMatch(/^0 .* entries/)
  cpSync(file('mirror'), file('earlier'), { recursive: true })
  const registered = await onetrip('data', 'api-key', ...KEY)
  expect(registered).toMatch(/^0 /)
  expect(await onetrip('data', 'mirror', file('mirror'), ...address)).toMatch(/^0 .* entries/)
  const newest = readFileSync(file('mirror/log/checkpoint'), 'utf8')
  expect(newest).not.toBe(readFileSync(file('earlier/log/checkpoint'), 'utf8'))
  await server.close()

  const restore = ['restore', file('backup'), '--published', file('mirror')]
  const told = await onetrip('new', ...restore)
  expect(told).toMatch(/^0 the log goes on from \d+ entries, of which the backup lacked [1-9]/)
  expect(await onetrip('new', ...restore)).toContain('restore/not-empty')
  expect(await onetrip('new', 'log', 'audit')).toBe('0 every row fits')
}, 60_000)
