/** Killed while a seal is made or used: what was committed is what there is, one of it, and none without approval. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256, toBase64url, toHex, utf8Encode } from '@onetrip/codec'
import { sampleSealMaker } from '@onetrip/fixtures'
import { parseSealFile } from '@onetrip/seal'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sampleTsa } from '../../../packages/seal/samples/sample-tsa.ts'
import { runCrashChild } from '../../testing/run-crash-child.ts'
import { MARKET, openWorld, START, type World } from '../../testing/test-world.ts'
import { reply, startTsaServer } from '../../testing/tsa-server.ts'
import { createApiKey } from '../actors/api-keys.ts'
import type { Failpoint } from '../failpoint.ts'
import { ROLES } from '../rights/rights.ts'
import { registerTimeStamper } from '../trust-data/time-stampers.ts'

const DIGEST = toBase64url(sha256(utf8Encode('letter')))

let folder: string
let keys: { readonly all: string; readonly keeper: string }

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-seal-crash-'))
  const world = await openWorld({ folder })
  const key = (name: string) =>
    createApiKey(world.services, {
      agencyId: MARKET,
      holder: { name, kind: 'person' },
      types: [],
      roles: ROLES,
      sealMakers: [sampleSealMaker.id],
    })
  keys = { all: await key('李经办'), keeper: await key('孙印管') }
  await world.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function post(
  world: World,
  key: keyof typeof keys,
  path: string,
  body: object,
): Promise<Response> {
  return world.app.request(`/api/seals${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${keys[key]}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function made(world: World): Promise<string> {
  const application = {
    maker: sampleSealMaker.id,
    name: '虚构市云栖区市场监督管理局合同专用章',
    kind: '04',
    reason: '测试',
  }
  const answer: { id: string } = await (await post(world, 'all', '', application)).json()
  return answer.id
}

function kill(
  failpoint: Failpoint,
  path: string,
  body: object,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  return runCrashChild({
    folder,
    task: 'post',
    failpoint,
    environment: {
      ...more,
      TEST_API_KEY: keys.all,
      TEST_PATH: `/api/seals${path}`,
      TEST_BODY: JSON.stringify(body),
    },
  })
}

describe('killed while a seal is made', () => {
  const points: readonly Failpoint[] = [
    'seal/before-commit',
    'seal/after-commit',
    'seal/after-sign',
  ]
  test.for(points)('%s: one seal, under one number', async (point) => {
    let world = await openWorld({ folder })
    const id = await made(world)
    await world.close()
    expect(await kill(point, `/${id}/make`, { reason: '测试' })).toBe('SIGKILL')
    world = await openWorld({ folder })
    const read = async () => world.services.storage.selectFrom('seal').selectAll().execute()
    const wasCommitted = point !== 'seal/before-commit'
    expect((await read())[0]?.state).toBe(wasCommitted ? 'made' : 'applied')
    await post(world, 'all', `/${id}/make`, { reason: '测试' })
    const [seal] = await read()
    expect(seal).toMatchObject({ state: 'made', number: '33990100000001' })
    const steps = await world.services.storage.selectFrom('seal_event').select('act').execute()
    expect(steps.map(({ act }) => act)).toEqual(['apply', 'make'])
    await world.close()
  })
})

describe('killed while a seal is used', () => {
  const points: readonly Failpoint[] = [
    'impression/after-reserve',
    'impression/after-keep',
    'impression/after-sign',
    'impression/before-commit',
    'impression/after-commit',
  ]

  async function asked(world: World): Promise<string> {
    const id = await made(world)
    await post(world, 'all', `/${id}/make`, { reason: '测试' })
    await post(world, 'all', `/${id}/register`, { reason: '测试' })
    const files = [{ sha256: DIGEST, length: 6, mediaType: 'text/plain' }]
    const body = { purpose: '测试', files }
    const answer: { id: string } = await (await post(world, 'all', `/${id}/uses`, body)).json()
    return answer.id
  }

  async function approve(world: World, useId: string): Promise<number> {
    const decision = { decision: 'approve', files: [DIGEST] }
    return (await post(world, 'keeper', `/uses/${useId}/decision`, decision)).status
  }

  test.for(points)('%s: one impression, the same whoever asks again', async (point) => {
    let world = await openWorld({ folder })
    const useId = await asked(world)
    expect(await approve(world, useId)).toBe(200)
    await world.close()
    const path = `/uses/${useId}/files/${DIGEST}/impression`
    expect(await kill(point, path, {})).toBe('SIGKILL')
    world = await openWorld({ folder })
    const stored = await world.services.storage.selectFrom('seal_use_file').selectAll().execute()
    const draft = stored[0]?.draft
    expect(stored[0]?.state).toBe(point === 'impression/after-commit' ? 'sealed' : 'pending')
    const bytes = async () =>
      new Uint8Array(await (await post(world, 'all', path, {})).arrayBuffer())
    const first = await bytes()
    expect(await bytes()).toEqual(first)
    const [impression] = parseSealFile(first).impressions
    expect(impression?.cose.facts.approval).toBe(useId)
    // What had been committed is what was signed.
    const payload = toBase64url(impression?.cose.sign1.protectedBytes ?? new Uint8Array())
    if (typeof draft === 'string') expect(draft).toContain(payload)
    await world.close()
  })

  const asking: readonly Failpoint[] = ['impression/after-keep', 'impression/after-stamp']
  test.for(asking)('%s: what a time-stamper may have seen is what is stamped', async (point) => {
    const tsa = await sampleTsa()
    const seen: string[] = []
    const server = await startTsaServer(async (query, response) => {
      seen.push(toHex(query))
      reply(response, await tsa.answer(query, { time: START }))
    })
    const environment = { ONETRIP_TSA_URL: server.url }
    let world = await openWorld({ folder, environment })
    await registerTimeStamper(world.services, tsa.stamper)
    const useId = await asked(world)
    await approve(world, useId)
    await world.close()
    const path = `/uses/${useId}/files/${DIGEST}/impression`
    expect(await kill(point, path, {}, environment)).toBe('SIGKILL')
    expect(seen).toHaveLength(point === 'impression/after-stamp' ? 1 : 0)
    world = await openWorld({ folder, environment })
    const stored = await world.services.storage.selectFrom('seal_use_file').selectAll().execute()
    const [bytes, again] = [await post(world, 'all', path, {}), await post(world, 'all', path, {})]
    const file = new Uint8Array(await bytes.arrayBuffer())
    expect(new Uint8Array(await again.arrayBuffer())).toEqual(file)
    const [impression] = parseSealFile(file).impressions
    // The signatures are those that were kept, and every query was about them.
    expect(stored[0]?.draft).toContain(toBase64url(impression?.bytes.cose ?? new Uint8Array()))
    expect(impression?.bytes.timestamp).toBeDefined()
    const digest = toHex(impression?.digest ?? new Uint8Array())
    for (const query of seen) expect(query).toContain(digest)
    expect(seen).toHaveLength(point === 'impression/after-stamp' ? 2 : 1)
    await world.close()
    await server.close()
  })

  test('before the approval is kept: nothing is approved, and nothing sealed', async () => {
    let world = await openWorld({ folder })
    const useId = await asked(world)
    await world.close()
    const decision = { decision: 'approve', files: [DIGEST] }
    const environment = {
      TEST_API_KEY: keys.keeper,
      TEST_PATH: `/api/seals/uses/${useId}/decision`,
      TEST_BODY: JSON.stringify(decision),
    }
    const failpoint = 'approval/before-commit'
    expect(await runCrashChild({ folder, task: 'post', failpoint, environment })).toBe('SIGKILL')
    world = await openWorld({ folder })
    const path = `/uses/${useId}/files/${DIGEST}/impression`
    const refused: { code: string } = await (await post(world, 'all', path, {})).json()
    expect(refused.code).toBe('approval/missing')
    expect(await approve(world, useId)).toBe(200)
    await world.close()
  })
})
