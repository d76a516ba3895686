/** Killed while a case takes a step: the step was taken or it was not, and no retry takes it twice. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type CaseWorld,
  FOOD,
  FOOD_DRAFT,
  openCaseWorld,
  versionOf,
} from '../../testing/case-world.ts'
import { runCrashChild } from '../../testing/run-crash-child.ts'
import { MARKET, TYPES, type World } from '../../testing/test-world.ts'
import { createApiKey } from '../actors/api-keys.ts'
import type { Failpoint } from '../failpoint.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-case-crash-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function keyAt({ services }: World, agencyId: string, name: string): Promise<string> {
  return createApiKey(services, {
    agencyId,
    holder: { name, kind: 'person' },
    types: [TYPES.food],
    roles: ['accept-cases', 'review-cases'],
  })
}

async function kill(
  failpoint: Failpoint,
  of: { readonly key: string; readonly path: string; readonly body: object },
): Promise<void> {
  const signal = await runCrashChild({
    folder,
    task: 'post',
    failpoint,
    environment: {
      TEST_API_KEY: of.key,
      TEST_PATH: of.path,
      TEST_BODY: JSON.stringify(of.body),
    },
  })
  expect(signal).toBe('SIGKILL')
}

async function sealedPart(cases: CaseWorld): Promise<{ id: string; version: number }> {
  const id = await cases.accepted()
  const { storage } = cases.world.services
  // As the steps before leave it; they have tests of their own.
  await storage
    .updateTable('case_part')
    .set({ state: 'sealed', draft: JSON.stringify({ type: TYPES.food, ...FOOD_DRAFT }) })
    .where('case_id', '=', id)
    .where('code', '=', FOOD)
    .execute()
  const { version } = await storage
    .selectFrom('case_part')
    .select('version')
    .where('case_id', '=', id)
    .where('code', '=', FOOD)
    .executeTakeFirstOrThrow()
  return { id, version }
}

async function licencesOf({ world }: CaseWorld): Promise<number> {
  const { count } = await world.services.storage
    .selectFrom('licence')
    .select((row) => row.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

describe('killed', () => {
  test.for([
    ['case/before-commit', 'submitted'],
    ['record/after-append', 'submitted'],
    ['case/after-commit', 'accepted'],
  ] as const)('at %s of an acceptance: %s', { timeout: 120_000 }, async ([failpoint, state]) => {
    const cases = await openCaseWorld({}, folder)
    const id = await cases.filled('clerk')
    await cases.step('clerk', id, 'submit')
    const key = await keyAt(cases.world, '12339901XYN0000570', '孙窗口')
    const version = await versionOf(cases.world, id)
    await kill(failpoint, { key, path: `/api/cases/${id}/accept`, body: { version } })
    const described = await cases.read('clerk', id)
    expect(described['state']).toBe(state)
    expect(described['number'] === null).toBe(state === 'submitted')
    const again = await cases.call('clerk', `/api/cases/${id}/accept`, { version })
    expect([again.status, again.body['code']]).toEqual(
      state === 'submitted' ? [200, undefined] : [409, 'case/changed'],
    )
    await cases.world.close()
  })

  test.for([
    ['case/before-commit', 0],
    ['case/after-commit', 1],
  ] as const)(
    'at %s of an issue: %s licence before the retry, one after it',
    { timeout: 120_000 },
    async ([failpoint, more]) => {
      const cases = await openCaseWorld({}, folder)
      const { id, version } = await sealedPart(cases)
      const before = await licencesOf(cases)
      const key = await keyAt(cases.world, MARKET, '冯发证')
      const path = `/api/cases/${id}/parts/${FOOD}/issue`
      await kill(failpoint, { key, path, body: { version } })
      expect(await licencesOf(cases)).toBe(before + more)
      const again = await cases.call('handler', path, { version })
      expect([again.status, again.body['code']]).toEqual(
        more === 0 ? [200, undefined] : [409, 'case/changed'],
      )
      expect(await licencesOf(cases)).toBe(before + 1)
      // What the killed one could not tell is offered again.
      const offer = await cases.call('handler', `/api/cases/${id}/parts/${FOOD}/offer`, {})
      expect(offer.status).toBe(201)
      await cases.world.close()
    },
  )
})
