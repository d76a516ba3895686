import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig } from './config.ts'

const PRODUCTION = {
  ONETRIP_MODE: 'production',
  ONETRIP_API_ORIGIN: 'https://a.example.cn',
  ONETRIP_WALLET_ORIGIN: 'https://wallet.example.cn',
  ONETRIP_COUNTER_ORIGIN: 'https://counter.example.cn',
  ONETRIP_ENVIRONMENT: 'production',
  ONETRIP_KEY_PASSPHRASE: 'correct horse battery',
}
const URL_NAME = 'ONETRIP_DATABASE_URL'
const OWNER_NAME = 'ONETRIP_DATABASE_OWNER_URL'
const HERE = 'postgres://me:hidden@localhost/onetrip'
const THERE =
  'postgres://me:hidden@db.example.cn:5433/onetrip?sslmode=verify-full&sslrootcert=/ca.pem'

function faultsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    loadConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
}

describe('PostgreSQL', () => {
  test('is where the address says; without one there is SQLite', () => {
    expect(loadConfig({})).not.toHaveProperty('database')
    expect(loadConfig({ [URL_NAME]: HERE }).database).toEqual({ url: HERE })
    const both = { [URL_NAME]: HERE, [OWNER_NAME]: THERE }
    expect(loadConfig(both).database).toEqual({ url: HERE, ownerUrl: THERE })
  })

  test.each([
    THERE,
    'postgresql://db.example.cn/onetrip',
    'postgres:///onetrip?host=/run/postgresql',
    'postgres://127.0.0.1:5432/onetrip?sslmode=disable',
  ])('may be at %s', (url) => {
    expect(faultsOf({ [URL_NAME]: url })).toEqual([])
  })

  test.each([
    'mysql://me:hidden@localhost/onetrip',
    'me:hidden@localhost/onetrip',
    'postgres://me:hidden@localhost',
    'postgres://me:hidden@localhost/one/trip',
    'postgres:///onetrip?password=hidden',
    'postgres://me:hidden@localhost/onetrip#x',
    'postgres://me:hidden@localhost/onetrip?host=/run/postgresql',
    'postgres:///onetrip?host=elsewhere.example.cn&sslkey=hidden',
    'postgres://me:hidden@localhost/onetrip?options=-c%20fsync%3Doff',
    'postgres://me:hidden@localhost/onetrip?sslmode=require',
    'postgres://me:hidden@localhost/onetrip?sslmode=verify-full&sslmode=disable',
    'postgres://me:hidden@localhost/onetrip?sslmode=verify-full&uselibpqcompat=true',
    'postgres://me:hidden@localhost/onetrip?ssl=0&sslmode=verify-full',
    'hidden',
    '',
  ])('is not at %s, and nothing of that is repeated', (url) => {
    const faults = faultsOf({ [URL_NAME]: url })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(/^ONETRIP_DATABASE_URL must be an address such as/)
    expect(faults[0]).not.toContain('hidden')
  })

  test('in production nothing is said to another machine without TLS', () => {
    for (const url of [HERE, THERE, 'postgres:///onetrip?host=/run/postgresql']) {
      expect(faultsOf({ ...PRODUCTION, [URL_NAME]: url })).toEqual([])
    }
    const open = 'postgres://me:hidden@db.example.cn/onetrip'
    for (const url of [open, `${open}?sslmode=disable`, 'postgres://localhost.example.cn/x']) {
      expect(faultsOf({ ...PRODUCTION, [URL_NAME]: url })).toEqual([
        'ONETRIP_DATABASE_URL must say sslmode=verify-full',
      ])
      expect(faultsOf({ ...PRODUCTION, [URL_NAME]: HERE, [OWNER_NAME]: url })).toEqual([
        'ONETRIP_DATABASE_OWNER_URL must say sslmode=verify-full',
      ])
    }
  })

  test('has an owner only where it is', () => {
    expect(faultsOf({ [OWNER_NAME]: HERE })).toEqual([
      'ONETRIP_DATABASE_URL is required with ONETRIP_DATABASE_OWNER_URL',
    ])
  })

  test('may have its addresses in files, which are secrets', () => {
    const folder = mkdtempSync(join(tmpdir(), 'onetrip-database-'))
    const file = join(folder, 'address')
    writeFileSync(file, `${HERE}\n`)
    const files = { [`${URL_NAME}_FILE`]: file, [`${OWNER_NAME}_FILE`]: file }
    expect(loadConfig(files).database).toEqual({ url: HERE, ownerUrl: HERE })
    expect(faultsOf({ ...files, [URL_NAME]: HERE })[0]).toContain('both set')
    rmSync(folder, { recursive: true })
  })
})
