/** The files of `server/deploy` say what the server understands. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig, SECRET_NAMES } from './config.ts'
import { CONFIG_TABLE } from './config-table.ts'

const FOLDER = resolve(import.meta.dirname, '../deploy')
/** Of the files themselves. */
const OWN: ReadonlySet<string> = new Set(['ONETRIP_DOMAIN', 'ONETRIP_UPSTREAM'])
const COMPOSE = readFileSync(join(FOLDER, 'compose.yaml'), 'utf8')

test.each(readdirSync(FOLDER))('%s names no variable that is none', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8')
  const named = [...text.matchAll(/ONETRIP_[A-Z0-9_]*[A-Z]/g)].map(([variable]) => variable)
  const files = SECRET_NAMES.map((secret) => `${secret}_FILE`)
  const known = new Set([...Object.keys(CONFIG_TABLE), ...files, ...OWN])
  expect(named.filter((variable) => !known.has(variable))).toEqual([])
})

test("the compose file's values are a production configuration behind its proxy", () => {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-deploy-'))
  const passphrase = join(folder, 'key-passphrase')
  writeFileSync(passphrase, 'correct horse battery\n')
  const rows = [...COMPOSE.matchAll(/^ {6}(ONETRIP_\w+): (.+)$/gm)].map(
    ([, name = '', value = '']): [string, string] => [name, filled(value)],
  )
  const environment = Object.fromEntries(rows)
  expect(environment['ONETRIP_KEY_PASSPHRASE_FILE']).toBe('/run/secrets/key_passphrase')
  const config = loadConfig({ ...environment, ONETRIP_KEY_PASSPHRASE_FILE: passphrase })
  rmSync(folder, { recursive: true })
  expect(config).toMatchObject({
    mode: 'production',
    host: '::',
    apiOrigin: 'https://api.lic.example.cn',
    database: { url: 'postgres:///onetrip?host=/run/postgresql' },
  })
  for (const proxy of config.trustedProxies) {
    expect(COMPOSE.slice(COMPOSE.indexOf('  proxy:'))).toContain(`ipv4_address: ${proxy}\n`)
  }
  expect(config.trustedProxies).toHaveLength(1)
})

test('the proxy leads each origin to its port, and what clients say of themselves nowhere', () => {
  const nginx = readFileSync(join(FOLDER, 'nginx.conf.template'), 'utf8')
  for (const [name, port] of [
    ['api', 8787],
    ['wallet', 8788],
    ['counter', 8789],
  ]) {
    expect(nginx).toMatch(new RegExp(`server_name ${name}\\.[^}]*}[^}]*}?:${port};`))
  }
  expect(nginx).toContain('X-Forwarded-For $remote_addr;')
  expect(nginx).not.toContain('proxy_add_x_forwarded_for')
})

/** As Compose fills in variables. */
function filled(value: string): string {
  return value
    .replace(/\$\{ONETRIP_DOMAIN[^}]*\}/, 'lic.example.cn')
    .replace(/\$\{ONETRIP_ENVIRONMENT[^}]*\}/, 'province-test')
}
