/** The record and kill -9 at each step from an act to the checkpoint over it: nothing acknowledged is lost, no index is given twice. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromBase64url } from '@onetrip/codec'
import { TILE_WIDTH } from '@onetrip/log'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCrashChild } from '../../testing/run-crash-child.ts'
import { testEnvironment } from '../../testing/test-database.ts'
import { issueFood, openWorld, START } from '../../testing/test-world.ts'
import { loadConfig } from '../config.ts'
import type { Failpoint } from '../failpoint.ts'
import { openServices, type Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import type { LogCheckpointTable } from '../storage/record-schema.ts'
import { recordAct, recordLength } from './append.ts'
import { auditRecord } from './audit.ts'
import { integrate, newestCheckpoint } from './integrate.ts'

/** Whether the act, and whether the checkpoint over it, outlives the kill. */
const POINTS: readonly (readonly [Failpoint, boolean, boolean])[] = [
  ['record/before-facts', false, false],
  ['record/after-append', false, false],
  ['record/before-integrate', true, false],
  ['record/after-read-back', true, false],
  ['record/after-hashes', true, false],
  ['record/after-sign', true, false],
  ['record/before-commit', true, false],
  ['record/after-commit', true, true],
]

let before: string
let apiKey: string
let licence: string
let kept: LogCheckpointTable

beforeAll(async () => {
  before = mkdtempSync(join(tmpdir(), 'onetrip-crash-'))
  const world = await openWorld({ folder: before })
  apiKey = world.apiKey
  licence = (await issueFood(world, { serial: 'CRASH9' })).id
  // The next entry fills a tile, so that its hash is kept as well.
  const room = TILE_WIDTH - 1 - ((await recordLength(world.services.storage)) % TILE_WIDTH)
  await act(world.services, room)
  kept = await integrate(world.services)
  await world.close()
})
afterAll(() => rmSync(before, { recursive: true, force: true }))

async function act(services: Services, count: number): Promise<number> {
  let last = -1
  await transact(services.storage, async (transaction) => {
    for (let at = 0; at < count; at += 1) {
      last = await recordAct(services, transaction, { act: 'test/act', facts: { at } })
    }
  })
  return last
}

async function reopen(folder: string): Promise<Services> {
  const config = loadConfig(await testEnvironment(folder))
  return openServices({ config, now: () => START, writeLog: () => {} })
}

function acknowledged(folder: string): readonly { readonly checkpoint?: LogCheckpointTable }[] {
  try {
    return JSON.parse(readFileSync(join(folder, 'acknowledged-record.json'), 'utf8'))
  } catch {
    return []
  }
}

const asKept = ({ size, root }: LogCheckpointTable) => ({ size, root: fromBase64url(root) })

describe('killed at', () => {
  test.each(POINTS)('%s', async (failpoint, isDone, isSigned) => {
    const folder = mkdtempSync(join(tmpdir(), 'onetrip-crash-'))
    cpSync(before, folder, { recursive: true })
    await testEnvironment(folder, before)
    const environment = { TEST_API_KEY: apiKey, TEST_LICENCE: licence }
    expect(await runCrashChild({ folder, task: 'record', failpoint, environment })).toBe('SIGKILL')
    const services = await reopen(folder)
    const { storage } = services
    // The act and its entry: both or neither, and what was answered is there.
    const { status } = await storage
      .selectFrom('licence')
      .select('status')
      .where('id', '=', licence)
      .executeTakeFirstOrThrow()
    expect(status).toBe(isDone ? 'suspended' : 'valid')
    const length = await recordLength(storage)
    expect(length).toBe(kept.size + (isDone ? 1 : 0))
    expect(acknowledged(folder)).toHaveLength(isDone ? 1 : 0)
    const newest = await newestCheckpoint(services)
    expect(newest?.size).toBe(isSigned ? length : kept.size)
    expect(await auditRecord(services, { kept: asKept(kept) })).toBeUndefined()
    // And it goes on: the next index is the next one, and the next checkpoint continues each that was signed.
    expect(await act(services, 1)).toBe(length)
    const next = await integrate(services)
    expect(next.size).toBe(length + 1)
    for (const signed of [kept, newest, next].filter((one) => one !== undefined)) {
      expect(await auditRecord(services, { kept: asKept(signed) })).toBeUndefined()
    }
    await services.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('nowhere: what was acknowledged is what is there', async () => {
    const environment = { TEST_API_KEY: apiKey, TEST_LICENCE: licence }
    expect(await runCrashChild({ folder: before, task: 'record', environment })).toBe('0')
    const services = await reopen(before)
    const told = acknowledged(before).flatMap(({ checkpoint }) => checkpoint ?? [])
    expect(told).toEqual([await newestCheckpoint(services)])
    await services.close()
  })
})
