import { mkdtempSync, openAsBlob, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { concatBytes } from '@onetrip/codec'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_BACKUP_BYTES, openBackup, readBackupFile, sealBackup } from './backup-file.ts'

const { subtle } = crypto
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
const SECRET = random(16)
const DOCUMENT = random(500)
const VERSION_AT = 8

const seal = (document = DOCUMENT): Promise<Uint8Array> =>
  sealBackup({ document, secret: SECRET, subtle, random })
const read = (bytes: Uint8Array) => readBackupFile(new Blob([new Uint8Array(bytes)]), subtle)
const open = async (bytes: Uint8Array, secret = SECRET): Promise<Uint8Array> =>
  openBackup(await read(bytes), secret, subtle)
const refused = (code: string) => expect.objectContaining({ code })

async function digested(bytes: Uint8Array): Promise<Uint8Array> {
  const body = new Uint8Array(bytes.subarray(0, -32))
  return concatBytes(body, new Uint8Array(await subtle.digest('SHA-256', body)))
}

test('a document comes back, and each file has a salt and an iv of its own', async () => {
  const [one, other] = [await seal(), await seal()]
  expect(await open(one)).toEqual(DOCUMENT)
  expect(await open(await seal(new Uint8Array()))).toHaveLength(0)
  expect(one.subarray(9, 37)).not.toEqual(other.subarray(9, 37))
})

describe('a changed file (WA05)', () => {
  test('a flipped bit is backup/corrupt; in the version it is backup/version', async () => {
    const file = await seal()
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(7), async (at, bit) => {
        const changed = Uint8Array.from(file)
        changed[at] = (file[at] ?? 0) ^ (1 << bit)
        const code = at === VERSION_AT ? 'backup/version' : 'backup/corrupt'
        await expect(read(changed)).rejects.toEqual(refused(code))
      }),
    )
  })

  test('by somebody who makes the digest anew does not open', async () => {
    const file = await seal()
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 33), fc.nat(7), async (at, bit) => {
        const changed = Uint8Array.from(file)
        changed[at] = (file[at] ?? 0) ^ (1 << bit)
        const codes = ['backup/corrupt', 'backup/version', 'backup/passphrase']
        const code = at < VERSION_AT ? codes[0] : codes[at === VERSION_AT ? 1 : 2]
        await expect(open(await digested(changed))).rejects.toEqual(refused(code ?? ''))
      }),
    )
  })

  test('of any other kind, or cut short, is backup/corrupt', async () => {
    const file = await seal()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        await expect(read(bytes)).rejects.toEqual(refused('backup/corrupt'))
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), async (length) => {
        await expect(read(file.subarray(0, length))).rejects.toEqual(refused('backup/corrupt'))
      }),
    )
    await expect(read(concatBytes(file, new Uint8Array(1)))).rejects.toEqual(
      refused('backup/corrupt'),
    )
  })

  test('of the next version is backup/version', async () => {
    const file = await seal()
    file[VERSION_AT] = 2
    await expect(read(await digested(file))).rejects.toEqual(refused('backup/version'))
  })
})

test('another code is backup/passphrase', async () => {
  await expect(open(await seal(), random(16))).rejects.toEqual(refused('backup/passphrase'))
})

test('a file of 2 GB is backup/too-large and not read; so is one that would be too large to restore', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-backup-'))
  const path = join(folder, 'large.otbackup')
  writeFileSync(path, '')
  truncateSync(path, 2 ** 31)
  try {
    const began = performance.now()
    await expect(readBackupFile(await openAsBlob(path), subtle)).rejects.toEqual(
      refused('backup/too-large'),
    )
    // Reading it takes seconds.
    expect(performance.now() - began).toBeLessThan(300)
  } finally {
    rmSync(folder, { recursive: true })
  }
  await expect(seal(new Uint8Array(MAX_BACKUP_BYTES - 80))).rejects.toEqual(
    refused('backup/too-large'),
  )
})
