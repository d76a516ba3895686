import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, loadConfig, openServices, type Services, seedDemo } from '@onetrip/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { demoApiKey } from './demo-api-key.ts'

let folder: string
let services: Services

async function open(): Promise<Services> {
  const config = loadConfig({ ONETRIP_DATA_DIR: folder })
  return openServices({ config, now: () => 1_795_406_400, writeLog: () => {} })
}

async function answerTo(key: string): Promise<number> {
  const path = '/api/licences/00000000-0000-7000-8000-000000000000'
  const headers = { Authorization: `Bearer ${key}` }
  return (await createApp(services).request(path, { headers })).status
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-demo-key-'))
  services = await open()
  await seedDemo(services)
})

afterEach(async () => {
  await services.close()
  rmSync(folder, { recursive: true, force: true })
})

test('is one for all starts, in a file of the owner', async () => {
  const key = await demoApiKey(services)
  expect(await answerTo(key)).toBe(404)
  await services.close()
  services = await open()
  expect(await demoApiKey(services)).toBe(key)
  const rows = await services.storage.selectFrom('api_key').select('id').execute()
  expect(rows).toHaveLength(1)
  const file = join(folder, 'demo-api-key')
  expect(readFileSync(file, 'utf8')).toBe(`${key}\n`)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('does what a system of an agency does, and nothing of people', async () => {
  const headers = { Authorization: `Bearer ${await demoApiKey(services)}` }
  const app = createApp(services)
  const answers = ['licences/search', 'cases', 'seals', 'counters'].map(async (place) => {
    const method = place === 'licences/search' ? 'POST' : 'GET'
    const body = method === 'POST' ? '{}' : null
    const json = { ...headers, 'Content-Type': 'application/json' }
    const { status } = await app.request(`/api/${place}`, { method, headers: json, body })
    return `${place} ${status}`
  })
  expect((await Promise.all(answers)).join()).toBe(
    'licences/search 200,cases 403,seals 403,counters 403',
  )
})

test('is made anew when what is kept authenticates no longer', async () => {
  const key = await demoApiKey(services)
  await services.storage.updateTable('api_key').set({ revoked_at: 1 }).execute()
  const second = await demoApiKey(services)
  expect(second).not.toBe(key)
  expect(await answerTo(second)).toBe(404)
  const file = join(folder, 'demo-api-key')
  rmSync(file)
  writeFileSync(file, 'not a key', { mode: 0o644 })
  expect(await answerTo(await demoApiKey(services))).toBe(404)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})
