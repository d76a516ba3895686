import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toBase64url, utf8Encode, verifySignature } from '@onetrip/codec'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Passphrase } from './derive-key.ts'
import { openKeyStore } from './key-store.ts'
import { openRecord, sealRecord } from './sealed-box.ts'

const PASSPHRASE = 'a passphrase for tests'
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-keys-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('key files', () => {
  test('keep their key over a restart, and sign', async () => {
    const made = openKeyStore(folder, PASSPHRASE).ensureSigner('issuer-1', 'ES256')
    const loaded = openKeyStore(folder, PASSPHRASE).signer('issuer-1')
    expect(loaded.publicKey.raw).toEqual(made.publicKey.raw)
    const data = utf8Encode('data')
    const signature = await loaded.sign(data)
    expect(await verifySignature({ key: made.publicKey, signature, data })).toBe(true)
  })

  test('are readable by the owner only and hold nothing in the clear', () => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name)
      expect(statSync(path).mode & 0o777).toBe(0o600)
      expect(readFileSync(path, 'utf8')).not.toMatch(/"(d|k|kty)"/)
    }
  })

  test('do not open under another passphrase or another name', () => {
    expect(() => openKeyStore(folder, 'another passphrase')).toThrow()
    const content = readFileSync(join(folder, 'issuer-1.json'), 'utf8')
    writeFileSync(join(folder, 'issuer-2.json'), content)
    expect(() => openKeyStore(folder, PASSPHRASE).signer('issuer-2')).toThrow()
  })

  test('derive one secret per purpose', () => {
    const store = openKeyStore(folder, PASSPHRASE)
    expect(store.secret('a')).toEqual(store.secret('a'))
    expect(toBase64url(store.secret('a'))).not.toBe(toBase64url(store.secret('b')))
  })
})

describe('a random passphrase', () => {
  const random = 'r'.repeat(43)
  const keyring = (): { kdf: string; salt: string } =>
    JSON.parse(readFileSync(join(folder, 'random/keyring.json'), 'utf8'))
  const open = (passphrase: Passphrase = { random }) =>
    openKeyStore(join(folder, 'random'), passphrase)

  test('is expanded; it opens what was made with it, and no other does', () => {
    const made = open().ensureSigner('issuer-1', 'ES256')
    expect(keyring().kdf).toBe('hkdf-sha256')
    expect(open().signer('issuer-1').publicKey.raw).toEqual(made.publicKey.raw)
    expect(() => open({ random: 's'.repeat(43) })).toThrow()
  })

  test('is stretched where an earlier version stretched it', () => {
    openKeyStore(join(folder, 'earlier'), random).ensureSigner('issuer-1', 'ES256')
    expect(openKeyStore(join(folder, 'earlier'), { random }).has('issuer-1')).toBe(true)
  })

  test('a chosen one is never used without stretching, whatever the file says', () => {
    expect(() => open(random)).toThrow('key store: a derivation that is not for this')
    const altered = { ...keyring(), format: 1, kdf: 'none' }
    writeFileSync(join(folder, 'random/keyring.json'), JSON.stringify(altered))
    expect(() => open()).toThrow('key store: a derivation that is not for this')
  })
})

describe('sealed records', () => {
  const key = new Uint8Array(32).fill(7)

  test('open under key and context, never altered', () => {
    const sealed = sealRecord(key, 'context', utf8Encode('text'))
    expect(Buffer.from(openRecord(key, 'context', sealed)).toString()).toBe('text')
    expect(() => openRecord(key, 'other', sealed)).toThrow()
    for (let index = 0; index < sealed.length; index += 1) {
      const altered = Uint8Array.from(sealed)
      altered[index] = (altered[index] ?? 0) ^ 1
      expect(() => openRecord(key, 'context', altered)).toThrow()
    }
    expect(() => openRecord(key, 'context', sealed.subarray(0, 20))).toThrow()
  })
})
