/** The demo's API key, for trying the API by hand: one for all starts, in a file only the owner reads. Never in production. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault } from '@onetrip/codec'
import { foodLicenceOfSample, sampleAgencies } from '@onetrip/fixtures'
import { authenticate, createApiKey, type Role, type Services } from '@onetrip/server'

const FILE_NAME = 'demo-api-key'
const OWNER_ONLY = 0o600
/** What an agency's own system does, as the README has it; cases and seals are people's. */
const DEMO_ROLES: readonly Role[] = ['issue', 'change-status', 'read']

/** The key kept in the data directory while it authenticates, else a new one, which is kept. */
export async function demoApiKey(services: Services): Promise<string> {
  const { config } = services
  if (config.mode !== 'demo') throw new TypeError('demo key: for the demo only')
  const path = join(config.dataDir, FILE_NAME)
  const kept = read(path)
  if (kept !== undefined && (await isLive(services, kept))) return kept
  const agency = sampleAgencies.find(({ id }) => id === foodLicenceOfSample.agencyId)
  const key = await createApiKey(services, {
    agencyId: foodLicenceOfSample.agencyId,
    holder: { name: '演示系统 Demo system', kind: 'system' },
    types: agency?.typeCodes ?? [],
    roles: DEMO_ROLES,
  })
  // A new file: one that is there may be readable by others.
  rmSync(path, { force: true })
  writeFileSync(path, `${key}\n`, { mode: OWNER_ONLY, flag: 'wx' })
  return key
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}

async function isLive(services: Services, key: string): Promise<boolean> {
  try {
    await authenticate(services, `Bearer ${key}`)
    return true
  } catch (error) {
    if (error instanceof Fault && error.code === 'auth/required') return false
    throw error
  }
}
