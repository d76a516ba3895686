import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadConfig } from '../config.ts'
import { bindOrigin } from './bound-origin.ts'
import { openStorage } from './database.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-origin-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('processes that start together on a new folder agree; another origin is refused', async () => {
  const open = () => openStorage(join(folder, 'test.sqlite'))
  const storages = await Promise.all([open(), open(), open(), open()])
  const config = loadConfig({ ONETRIP_PORT: '9100' })
  await Promise.all(storages.map((storage) => bindOrigin({ config, storage })))
  const other = loadConfig({ ONETRIP_PORT: '9200' })
  for (const storage of storages) {
    await expect(bindOrigin({ config: other, storage })).rejects.toThrow('http://localhost:9100')
    await storage.destroy()
  }
})
