/** O1, CR: a process that is killed while it publishes, and one that publishes at the same time; verifiers follow on. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { STATUS } from '@onetrip/status'
import type { Trust } from '@onetrip/trust'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { childProgram } from '../../testing/child-program.ts'
import { type Follower, follower } from '../../testing/follow-world.ts'
import {
  issueFood,
  listOfLicence,
  MARKET,
  openWorld,
  type World,
} from '../../testing/test-world.ts'
import { statusListUri } from '../config.ts'
import type { Failpoint } from '../failpoint.ts'
import { publishRepository } from './publish-repository.ts'

let folder: string
let apiKey: string
let licenceId: string
let verifier: Follower

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-publish-'))
  const world = await openWorld({ folder })
  apiKey = world.apiKey
  licenceId = (await issueFood(world, { serial: 'CRASH1' })).id
  verifier = follower()
  await verifier.follow(world)
  await world.close()
}, 60_000)
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('killed while publishing', () => {
  const points: readonly Failpoint[] = [
    'list/after-sign',
    'list/before-commit',
    'list/after-commit',
    'publish/after-sign',
    'publish/before-commit',
    'publish/after-commit',
  ]
  for (const point of points) {
    test(`${point}: a verifier follows on and reads the change`, async () => {
      expect(await runChild({ failpoint: point })).toBe('SIGKILL')
      const world = await openWorld({ folder })
      const trust = await verifier.follow(world)
      expect(trust.faults).toEqual([])
      expect(await statusIn(trust, world)).toBe(STATUS.suspended)
      const fresh = await follower().follow(world)
      expect(fresh.parts).toEqual(trust.parts)
      await world.close()
    }, 60_000)
  }
})

test('killed at any moment of many changes: what verifiers follow is what the database says', async () => {
  let last = 0
  for (const delay of [15, 60, 150]) {
    const file = join(folder, 'acknowledged-publish.json')
    rmSync(file, { force: true })
    const child = startChild({ rounds: 1_000 })
    const ended = endOf(child)
    while (newestIn(file) <= last) await sleep(5)
    await sleep(delay)
    child.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    const world = await openWorld({ folder })
    const trust = await verifier.follow(world)
    expect(trust.faults).toEqual([])
    const { status } = await world.services.storage
      .selectFrom('credential')
      .select('status')
      .where('licence_id', '=', licenceId)
      .executeTakeFirstOrThrow()
    expect(await statusIn(trust, world)).toBe(status)
    const { version } = await publishRepository(world.services)
    expect(version).toBeGreaterThan(last)
    last = version
    await world.close()
  }
}, 120_000)

/** The newest version that a child acknowledged in its file; 0 where there is none, or it is being written. */
function newestIn(file: string): number {
  try {
    const acts: readonly { readonly timestamp?: number }[] = JSON.parse(readFileSync(file, 'utf8'))
    return Math.max(0, ...acts.map(({ timestamp = 0 }) => timestamp))
  } catch {
    return 0
  }
}

test('two processes publish at the same time: no version is there twice or missing', async () => {
  const world = await openWorld({ folder })
  const before = await publishRepository(world.services)
  const child = runChild({ rounds: 20 })
  let isRunning = true
  const ended = child.finally(() => {
    isRunning = false
  })
  while (isRunning) {
    expect((await verifier.follow(world)).faults).toEqual([])
    await sleep(20)
  }
  expect(await ended).toBe('0')
  const trust = await verifier.follow(world)
  expect(await statusIn(trust, world)).toBe(STATUS.valid)
  const rows = await world.services.storage
    .selectFrom('tuf_metadata')
    .select('version')
    .where('role', '=', 'snapshot')
    .orderBy('version')
    .execute()
  const newest = rows.at(-1)?.version ?? 0
  expect(rows.map(({ version }) => version)).toEqual(
    Array.from({ length: newest }, (_, at) => at + 1),
  )
  expect((await publishRepository(world.services)).version).toBeGreaterThan(before.version)
  await world.close()
}, 60_000)

async function statusIn(trust: Trust, world: World): Promise<number | undefined> {
  const list = await listOfLicence(world, licenceId)
  const { idx } = await world.services.storage
    .selectFrom('credential')
    .select('idx')
    .where('licence_id', '=', licenceId)
    .executeTakeFirstOrThrow()
  return trust.statusList(MARKET, statusListUri(world.services.config, list))?.list.get(idx)
}

interface ChildOptions {
  readonly failpoint?: Failpoint
  readonly rounds?: number
}

/** How a child ended: its exit code, or the signal. */
function runChild(options: ChildOptions): Promise<string> {
  return endOf(startChild(options))
}

function startChild({ failpoint, rounds = 1 }: ChildOptions): ChildProcess {
  return spawn(process.execPath, [childProgram('crash-child'), folder, 'publish'], {
    env: {
      ...process.env,
      TEST_API_KEY: apiKey,
      TEST_LICENCE: licenceId,
      TEST_ROUNDS: String(rounds),
      ...(failpoint === undefined ? {} : { ONETRIP_FAILPOINT: failpoint }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('exit', (code, signal) => resolve(signal ?? String(code)))
  })
}
