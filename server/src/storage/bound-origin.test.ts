import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestStorage } from '../../testing/test-database.ts'
import { loadConfig } from '../config.ts'
import { bindOrigin } from './bound-origin.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-origin-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('processes that start together on a new folder agree; another origin is refused', async () => {
  const open = () => openTestStorage(folder)
  const storages = await Promise.all([open(), open(), open(), open()])
  const config = loadConfig({ ONETRIP_PORT: '9100' })
  await Promise.all(storages.map((storage) => bindOrigin({ config, storage })))
  const other = loadConfig({ ONETRIP_PORT: '9200' })
  for (const storage of storages) {
    await expect(bindOrigin({ config: other, storage })).rejects.toThrow('http://localhost:9100')
    await storage.destroy()
  }
})
