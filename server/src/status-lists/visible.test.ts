/**
 * A status change from `POST` to what a verifier says: over HTTP with the real clock, as served by the process that was
 * asked and by another one on the same data; at the address in the credential, and in the trust repository that faces
 * follow. The server has no interval of its own, a change is signed when somebody asks; what caches may keep counts. A
 * face asks every minute: that comes on top, and is the face's.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeStatusList, openStatusList } from '@onetrip/status'
import { followTrust, memoryTufStore } from '@onetrip/trust'
import { verify } from '@onetrip/verifier'
import { expect, test } from 'vitest'
import { childProgram } from '../../testing/child-program.ts'
import { repositoryFetcher } from '../../testing/follow-world.ts'
import { testEnvironment } from '../../testing/test-database.ts'
import { issueFood, openWorld, post } from '../../testing/test-world.ts'
import { loadConfig } from '../config.ts'
import { publicKeyOfJwkText } from '../keys/key-store.ts'
import { openServices, type Services } from '../services.ts'
import { startServer } from '../start-server.ts'
import { currentRoot } from '../trust-data/offline-roles.ts'

const MOST_SECONDS = 60
const FORMS = ['cwt', 'jwt'] as const
const OFFICE = '11339901XYN000049P'

test('POST status is visible to verifiers from both processes within 60 s', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-visible-'))
  const world = await openWorld({ folder })
  const { apiKey } = world
  const licenceId = (await issueFood(world, { serial: 'VISIBLE1' })).id
  const printed = await post(world, `/api/licences/${licenceId}/paper`, {})
  const { text: code }: { text: string } = await printed.json()
  await world.close()
  const config = { ...loadConfig(await testEnvironment(folder)), port: 0 }
  const services = await openServices({ config, writeLog: () => undefined })
  const server = await startServer({ services, closeMilliseconds: 0 })
  const child = spawn(process.execPath, [childProgram('serve-child'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  const ports = [server.port, Number(String(line))]
  const { list, indices } = await placesOf(services, licenceId)
  const read = (port: number, form: (typeof FORMS)[number]) =>
    readList(services, { url: `http://127.0.0.1:${port}/s/${list}`, form, indices })
  const initialRoot = await currentRoot(services)
  const followers = ports.map((port) => face({ port, initialRoot, code }))
  for (const port of ports) {
    for (const form of FORMS) expect((await read(port, form)).values).toEqual([0, 0, 0])
  }
  for (const look of followers) expect((await look()).reason).toBe('presentation/paper')
  const start = performance.now()
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/licences/${licenceId}/status`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ status: 'revoked', reason: 'x' }),
  })
  expect(answer.status).toBe(200)
  const assertInTime = (cachedSeconds: number): void => {
    const seconds = (performance.now() - start) / 1000
    expect(seconds + cachedSeconds).toBeLessThan(MOST_SECONDS)
  }
  for (const port of ports) {
    for (const form of FORMS) {
      const { values, cachedSeconds } = await read(port, form)
      expect(values).toEqual([1, 1, 1])
      assertInTime(cachedSeconds)
    }
  }
  for (const look of followers) {
    const { reason, cachedSeconds } = await look()
    expect(reason).toBe('status/revoked')
    assertInTime(cachedSeconds)
  }
  child.stdin.end()
  await once(child, 'exit')
  await server.close()
  rmSync(folder, { recursive: true, force: true })
}, 120_000)

/** A verifier as a face is one: it follows the repository, and then says what it thinks of `code`. */
function face(options: {
  readonly port: number
  readonly initialRoot: Uint8Array
  readonly code: string
}): () => Promise<{ readonly reason: string | undefined; readonly cachedSeconds: number }> {
  const { port, initialRoot, code } = options
  const store = memoryTufStore()
  return async () => {
    let cachedSeconds = 0
    const fetcher = repositoryFetcher(async (path) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`)
      cachedSeconds = Math.max(cachedSeconds, staleSeconds(response))
      return response
    })
    const now = Math.floor(Date.now() / 1000)
    const trust = await followTrust({ store, fetcher, initialRoot, environment: 'demo', now })
    expect(trust.faults).toEqual([])
    const { reason } = await verify(code, { trust, now, office: OFFICE, accept: ['paper'] })
    return { reason, cachedSeconds }
  }
}

/** How long a cache may give this answer out when there is another one already; what is immutable never gets one. */
function staleSeconds({ headers }: Response): number {
  const rule = headers.get('Cache-Control') ?? ''
  return rule.includes('immutable') ? 0 : Number(/max-age=([0-9]+)/.exec(rule)?.[1] ?? 0)
}

async function placesOf(
  services: Services,
  licenceId: string,
): Promise<{ readonly list: number; readonly indices: readonly number[] }> {
  const rows = await services.storage
    .selectFrom('credential')
    .select(['list_id', 'idx'])
    .where('licence_id', '=', licenceId)
    .execute()
  return { list: rows[0]?.list_id ?? 0, indices: rows.map((row) => row.idx) }
}

async function readList(
  services: Services,
  options: {
    readonly url: string
    readonly form: 'cwt' | 'jwt'
    readonly indices: readonly number[]
  },
): Promise<{ readonly values: readonly number[]; readonly cachedSeconds: number }> {
  const { url, form, indices } = options
  const response = await fetch(url, { headers: { Accept: `application/statuslist+${form}` } })
  const token = decodeStatusList(form === 'cwt' ? await response.bytes() : await response.text())
  const purpose = form === 'cwt' ? 'status-cbor' : 'status-jws'
  const key = await services.storage
    .selectFrom('signing_key')
    .innerJoin('status_list', 'status_list.agency_id', 'signing_key.agency_id')
    .select('signing_key.public_jwk')
    .where('status_list.uri', '=', token.uri)
    .where('signing_key.purpose', '=', purpose)
    .executeTakeFirstOrThrow()
  const list = await openStatusList(token, publicKeyOfJwkText(key.public_jwk))
  return { values: indices.map(list.get), cachedSeconds: staleSeconds(response) }
}
