import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dropTestDatabase, openTestStorage } from '../../testing/test-database.ts'
import { openKeyStore } from '../keys/key-store.ts'
import { bindKeys } from './bound-keys.ts'

const PASSPHRASE = 'a passphrase for tests only'
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-keys-'))
})
afterEach(async () => {
  await dropTestDatabase(folder)
  rmSync(folder, { recursive: true })
})

test('servers on one database have the same keys, wherever its files are', async () => {
  const storage = await openTestStorage(folder)
  const open = (name: string) => openKeyStore(join(folder, name), PASSPHRASE)
  const config = { database: { url: 'postgres://db.example.cn/onetrip' } }
  const [first, again, other] = [open('keys'), open('keys'), open('others')]
  await Promise.all([first, again].map((keys) => bindKeys({ config, storage, keys })))
  await expect(bindKeys({ config, storage, keys: other })).rejects.toThrow('holds other keys')
  // SQLite lies beside its keys.
  await bindKeys({ config: {}, storage, keys: other })
  await storage.destroy()
})
