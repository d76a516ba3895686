import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleAgencies } from '@onetrip/fixtures'
import { loadConfig, openServices, registerAgency } from '@onetrip/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { accountLines } from './demo-accounts.ts'
import { quietContext } from './quiet-context.ts'
import { runStaff } from './staff-command.ts'
import { UsageError } from './usage.ts'

const AGENCY = sampleAgencies[1]?.id ?? ''
let folder: string
let printed: string[]
let environment: Readonly<Record<string, string>>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onetrip-staff-'))
  printed = []
  environment = { ONETRIP_DATA_DIR: folder }
  const services = await openServices({
    config: loadConfig(environment),
    writeLog: () => undefined,
  })
  const name = { 'zh-CN': '样例局', en: 'Sample' }
  await registerAgency(services, { id: AGENCY, name, typeCodes: [] })
  await services.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function staff(changes: Readonly<Record<string, string>> = {}): Promise<number> {
  const values = {
    agency: AGENCY,
    subject: '10042',
    name: '吴样例',
    role: 'administrator',
    by: '郑运维',
    ...changes,
  }
  const args = Object.entries(values).flatMap(([name, value]) => [`--${name}`, value])
  return runStaff(quietContext({ args, environment, print: (line) => printed.push(line) }))
}

test('the first administrator; the same again is the same', async () => {
  expect(await staff()).toBe(0)
  expect(await staff()).toBe(0)
  expect(printed[0]).toMatch(/^[0-9a-f-]{36}$/)
  expect(printed[1]).toBe(printed[0])
  const services = await openServices({
    config: loadConfig(environment),
    writeLog: () => undefined,
  })
  const roles = await services.storage
    .selectFrom('staff_grant')
    .select(['role', 'agency_id'])
    .execute()
  expect(roles).toEqual([{ role: 'administrator', agency_id: AGENCY }])
  await services.close()
})

test('nobody gives a role to themselves here either', async () => {
  await expect(staff({ by: '吴 样例' })).rejects.toMatchObject({ code: 'staff/own-grant' })
})

test('a role that is none is refused', async () => {
  await expect(staff({ role: 'emperor' })).rejects.toThrow(UsageError)
})

test('accounts of one organisation stand in one line', () => {
  const agencyName = { 'zh-CN': '样例局', en: 'Sample' }
  const member = { subject: 's', agencyId: AGENCY, agencyName }
  expect(
    accountLines([
      { ...member, name: '赵样甲', role: 'clerk' },
      { ...member, name: '吴样甲', role: 'administrator' },
    ]),
  ).toEqual(['样例局: 受理 赵样甲 · 管理 吴样甲'])
})
