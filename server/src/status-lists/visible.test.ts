/**
 * A status change from `POST` to the bytes that a verifier opens: over HTTP with the real clock, as served
 * by the process that was asked and by another one on the same data. What may lie in caches counts too.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeStatusList, openStatusList } from '@onetrip/status'
import { expect, test } from 'vitest'
import { issueFood, openWorld } from '../../testing/test-world.ts'
import { loadConfig } from '../config.ts'
import { publicKeyOfJwkText } from '../keys/key-store.ts'
import { openServices, type Services } from '../services.ts'
import { startServer } from '../start-server.ts'

const CHILD = join(import.meta.dirname, '../../testing/serve-child.ts')
const MOST_SECONDS = 60
const FORMS = ['cwt', 'jwt'] as const

test('POST status is visible in both forms from both processes within 60 s', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-visible-'))
  const world = await openWorld({ folder })
  const { apiKey } = world
  const licenceId = (await issueFood(world, { serial: 'VISIBLE1' })).id
  await world.close()
  const config = { ...loadConfig({ ONETRIP_DATA_DIR: folder }), port: 0 }
  const services = await openServices({ config, writeLog: () => undefined })
  const server = await startServer({ services })
  const child = spawn(process.execPath, [CHILD, folder], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  const ports = [server.port, Number(String(line))]
  const { list, indices } = await placesOf(services, licenceId)
  const read = (port: number, form: (typeof FORMS)[number]) =>
    readList(services, { url: `http://127.0.0.1:${port}/s/${list}`, form, indices })
  for (const port of ports) {
    for (const form of FORMS) expect((await read(port, form)).values).toEqual([0, 0])
  }
  const start = performance.now()
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/licences/${licenceId}/status`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ status: 'revoked', reason: 'x' }),
  })
  expect(answer.status).toBe(200)
  for (const port of ports) {
    for (const form of FORMS) {
      const { values, cachedSeconds } = await read(port, form)
      expect(values).toEqual([1, 1])
      const seconds = (performance.now() - start) / 1000
      expect(seconds + cachedSeconds).toBeLessThan(MOST_SECONDS)
    }
  }
  child.stdin.end()
  await once(child, 'exit')
  await server.close()
  rmSync(folder, { recursive: true, force: true })
}, 120_000)

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
  const maxAge = /max-age=([0-9]+)/.exec(response.headers.get('Cache-Control') ?? '')?.[1]
  return { values: indices.map(list.get), cachedSeconds: Number(maxAge) }
}
