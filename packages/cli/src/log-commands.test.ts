/** `onetrip log …` against a server on a port and its own database. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foodLicenceOfSample, sampleAgencies } from '@onetrip/fixtures'
import { formatVerifierKey } from '@onetrip/log'
import {
  createApiKey,
  createApp,
  loadConfig,
  openServices,
  type Role,
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
let runningServer: RunningServer

beforeAll(async () => {
  services = await openServices({ config: loadConfig(environment), writeLog: () => {} })
  await seedDemo(services)
  runningServer = await startServer({ services, closeMilliseconds: 0 })
  writeFileSync(file('log.vkey'), `${formatVerifierKey(recordKey(services))}\n`)
})
afterAll(async () => {
  await runningServer.close()
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

const other = sampleAgencies.find(({ id }) => id !== foodLicenceOfSample.agencyId) ?? { id: '' }

/** A paper code, as the desk prints it. */
async function printPaperOf(licence: string): Promise<void> {
  const headers = { Origin: services.config.apiOrigin }
  const path = `/desk/licences/${licence}/paper`
  const { status } = await createApp(services).request(path, { method: 'POST', headers })
  expect(status).toBe(200)
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
  const address = (): string => `http://127.0.0.1:${runningServer.port}`
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

describe('onetrip log acts and prove', () => {
  const server = (): readonly string[] => ['--server', `http://127.0.0.1:${runningServer.port}`]
  const by = async (agencyId: string, roles: readonly Role[]): Promise<readonly string[]> => {
    const holder = { name: `读者${roles.join()}`, kind: 'person' } as const
    writeFileSync(
      file('key.txt'),
      await createApiKey(services, { agencyId, holder, types: [], roles }),
    )
    return [...server(), '--key-file', file('key.txt')]
  }
  const food = foodLicenceOfSample.agencyId

  test('an agency reads its own acts, page by page, an auditor all', async () => {
    const own = await by(food, ['read'])
    const first = await onetrip('log', 'acts', ...own, '--kind', 'licence/issue', '--limit', '1')
    expect([first.exit, first.error]).toEqual([0, ''])
    const [line = '', next = ''] = first.out.split('\n')
    expect(line).toMatch(/^#\d+ \S+Z licence\/issue \w{18} .*licence=\S+/)
    const before = next.replace('older: --before ', '')
    const second = await onetrip(
      'log',
      'acts',
      ...own,
      '--kind',
      'licence/issue',
      '--before',
      before,
    )
    expect(second.out).not.toContain(line.split(' ')[0])
    const others = await onetrip('log', 'acts', ...own, '--agency', other.id)
    expect([others.exit, others.error]).toEqual([1, expect.stringContaining('auth/forbidden')])
    const auditor = await by(food, ['audit'])
    const all = await onetrip('log', 'acts', ...auditor, '--agency', other.id, '--json')
    expect(JSON.parse(all.out).entries.length).toBeGreaterThan(0)
    const none = await onetrip('log', 'acts', ...auditor, '--until', '2020-01-01T00:00:00Z')
    expect(none).toMatchObject({ exit: 0, out: '' })
  })

  test('an index is proven to anybody; what is about a licence, with its facts, to its agency', async () => {
    const vkey = ['--vkey', file('log.vkey')]
    const index = await onetrip('log', 'prove', '3', ...server(), ...vkey)
    expect([index.exit, index.error]).toEqual([0, ''])
    expect(index.out).toContain('c2sp.org/tlog-proof@v1\nindex 3\n')
    expect(index.out).toMatch(/stands in the log at index 3 of \d+/)
    const { licence_id: licence } = await services.storage
      .selectFrom('offer')
      .innerJoin('licence', 'licence.id', 'offer.licence_id')
      .select('licence_id')
      .where('agency_id', '=', food)
      .executeTakeFirstOrThrow()
    await printPaperOf(licence)
    const own = await by(food, ['read'])
    mkdirSync(file('proofs'))
    const told = await onetrip(
      ...['log', 'prove', licence, ...own, ...vkey, '--fact', '--out', file('proofs')],
    )
    expect([told.exit, told.error]).toEqual([0, ''])
    for (const kind of ['licence/issue', 'offer/make', 'paper/print', 'issuance', 'digest=']) {
      expect(told.out).toContain(kind)
    }
    expect(readdirSync(file('proofs')).length).toBe(told.out.match(/stands in the log/g)?.length)
    const quiet = await onetrip('log', 'prove', licence, ...own, ...vkey)
    expect(quiet.out).not.toContain('digest=')
    const digest = /digest=(\S+)/.exec(told.out)?.[1] ?? ''
    const byDigest = await onetrip('log', 'prove', digest, ...own, ...vkey, '--json')
    expect(
      JSON.parse(byDigest.out).map((one: { entry: { kind: string } }) => one.entry.kind),
    ).toEqual(['issuance', 'act'])
  })

  test('what is not there, or another’s, is not proven', async () => {
    const vkey = ['--vkey', file('log.vkey')]
    const own = await by(other.id, ['read'])
    const { id } = await services.storage
      .selectFrom('licence')
      .select('id')
      .where('agency_id', '=', food)
      .executeTakeFirstOrThrow()
    for (const named of [id, '99999999']) {
      const none = await onetrip('log', 'prove', named, ...own, ...vkey)
      expect([none.exit, none.error]).toEqual([1, expect.stringContaining('log/no-entry')])
    }
    expect((await onetrip('log', 'prove', id, ...server(), ...vkey)).exit).toBe(64)
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

  test('a row that is not as its acts left it is named, and so is the last of them', async () => {
    const { id } = await services.storage
      .selectFrom('licence')
      .select('id')
      .where('status', '=', 'valid')
      .orderBy('id')
      .executeTakeFirstOrThrow()
    const says = (status: 'valid' | 'revoked') =>
      services.storage.updateTable('licence').set({ status }).where('id', '=', id).execute()
    await says('revoked')
    const changed = await onetrip('log', 'audit')
    await says('valid')
    expect(changed.exit).toBe(1)
    expect(changed.out).toMatch(
      new RegExp(
        `^licence ${id} is not as the acts about it left it, the last of them entry \\d+$`,
      ),
    )
  })
})
