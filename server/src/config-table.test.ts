/** One table of variables: what README says of them, and what is printed of them. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { type Config, loadConfig, SECRET_NAMES, VARIABLE_NAMES } from './config.ts'
import { CONFIG_TABLE, configLines, configRows } from './config-table.ts'

const PRODUCTION = {
  ONETRIP_MODE: 'production',
  ONETRIP_API_ORIGIN: 'https://api.example.cn',
  ONETRIP_WALLET_ORIGIN: 'https://wallet.example.cn',
  ONETRIP_COUNTER_ORIGIN: 'https://counter.example.cn',
  ONETRIP_ENVIRONMENT: 'province-test',
  ONETRIP_KEY_PASSPHRASE: 'canary-passphrase',
  ONETRIP_DATABASE_URL: 'postgres://canary-user:canary-word@db.example.cn/x?sslmode=verify-full',
  ONETRIP_TSA_URL: 'https://tsa.example.cn/stamp?key=canary-key',
  ONETRIP_TRUSTED_PROXIES: '192.0.2.1, 192.0.2.2',
  ONETRIP_STAFF_ISSUER: 'https://staff.example.cn',
  ONETRIP_STAFF_CLIENT_ID: 'one trip',
  ONETRIP_STAFF_CLIENT_SECRET: 'canary-secret',
} as const

test('every variable is in the table, and no other', () => {
  expect(Object.keys(CONFIG_TABLE).sort()).toEqual([...VARIABLE_NAMES].sort())
})

test('README has one row for each, in this order, and no other', () => {
  const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8')
  const rows = readme.split('\n').filter((line) => line.startsWith('| `ONETRIP_'))
  expect(rows).toEqual(configRows())
})

test('the defaults that are said are those in effect', () => {
  const config = loadConfig({})
  for (const [name, words] of Object.entries(CONFIG_TABLE)) {
    const said = /^`?([^` ]+)`?$/.exec(words.default)?.[1]
    const value = words.inEffect?.(config)
    if (said === undefined || said === 'none' || value === undefined) continue
    expect(value, name).toBe(name === 'ONETRIP_DATA_DIR' ? resolve(said) : numberOr(said))
  }
})

test('what is printed says what is set and what is not, and no secret', () => {
  const lines = configLines(loadConfig(PRODUCTION), PRODUCTION)
  expect(lines.join('\n')).not.toContain('canary')
  expect(lines).toEqual(
    expect.arrayContaining([
      'ONETRIP_MODE=production',
      '# ONETRIP_PORT=8787',
      '# ONETRIP_WALLET_PORT=8788',
      'ONETRIP_TRUSTED_PROXIES=192.0.2.1,192.0.2.2',
      'ONETRIP_KEY_PASSPHRASE=(hidden)',
      'ONETRIP_DATABASE_URL=(hidden)',
      '# ONETRIP_DATABASE_OWNER_URL=',
      'ONETRIP_TSA_URL="https://tsa.example.cn/stamp?(hidden)"',
      'ONETRIP_STAFF_CLIENT_ID="one trip"',
      'ONETRIP_STAFF_CLIENT_SECRET=(hidden)',
      '# ONETRIP_OIDC_ISSUER=',
    ]),
  )
  expect(lines).toHaveLength(Object.keys(CONFIG_TABLE).length)
})

test('a secret in a file is told by the file, a name that is misspelt as none', () => {
  const file = join(import.meta.dirname, 'config.ts')
  const environment = { ONETRIP_KEY_PASSPHRASE_FILE: file, ONETRIP_PROT: '1', ONETRIP_ROOT: 'x' }
  const lines = configLines(loadConfig(environment), environment)
  expect(lines).toContain(`ONETRIP_KEY_PASSPHRASE_FILE=${file}`)
  expect(lines.at(-1)).toBe('# ONETRIP_PROT is no variable of the server')
  expect(lines.filter((line) => line.includes('ONETRIP_ROOT'))).toEqual([])
})

test('every secret is in the table, and nothing in it shows one', () => {
  const config: Config = loadConfig(PRODUCTION)
  for (const name of SECRET_NAMES) expect(Object.keys(CONFIG_TABLE)).toContain(name)
  const shown = Object.values(CONFIG_TABLE).map(({ inEffect }) => String(inEffect?.(config)))
  expect(shown.join()).not.toContain('canary')
})

function numberOr(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text
}
