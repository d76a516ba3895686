/** `ONETRIP_DATABASE_URL`: where PostgreSQL is, and how sure one is that it is that one. */
import * as v from 'valibot'
import type { PostgresPlace } from './storage/postgres-place.ts'

/** What an address may say beside user, password, host, port and database: the folder of a socket, and TLS. */
const PARAMETERS: ReadonlySet<string> = new Set([
  'host',
  'sslcert',
  'sslkey',
  'sslmode',
  'sslrootcert',
])
const LOCAL: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])
const EXAMPLE = 'postgres://user:password@db.example.cn/onetrip?sslmode=verify-full'

/** An address of PostgreSQL. A secret: it holds a password, and no message repeats any of it. */
export const DATABASE_ADDRESS: v.GenericSchema<string, string> = v.pipe(
  v.string(),
  v.check(isDatabaseAddress, `must be an address such as ${EXAMPLE}`),
)

interface DatabaseVariables {
  readonly ONETRIP_MODE: 'demo' | 'production'
  readonly ONETRIP_DATABASE_URL?: string | undefined
  readonly ONETRIP_DATABASE_OWNER_URL?: string | undefined
}

/** Where the database is; undefined for SQLite in the data folder. */
export function databaseOf(variables: DatabaseVariables): PostgresPlace | undefined {
  const { ONETRIP_DATABASE_URL: url, ONETRIP_DATABASE_OWNER_URL: ownerUrl } = variables
  if (url === undefined) return undefined
  return ownerUrl === undefined ? { url } : { url, ownerUrl }
}

/** What is wrong with the addresses as this mode has them: in production nothing is said to another machine without TLS. */
export function databaseFaults(variables: DatabaseVariables): readonly string[] {
  const faults: string[] = []
  for (const name of ['ONETRIP_DATABASE_URL', 'ONETRIP_DATABASE_OWNER_URL'] as const) {
    const address = variables[name]
    if (address === undefined || variables.ONETRIP_MODE !== 'production') continue
    if (!isConfidential(new URL(address))) faults.push(`${name} must say sslmode=verify-full`)
  }
  const isOwnerAlone =
    variables.ONETRIP_DATABASE_OWNER_URL !== undefined &&
    variables.ONETRIP_DATABASE_URL === undefined
  return isOwnerAlone
    ? [...faults, 'ONETRIP_DATABASE_URL is required with ONETRIP_DATABASE_OWNER_URL']
    : faults
}

function isDatabaseAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, hash, pathname, searchParams } = new URL(text)
  const names = [...searchParams.keys()]
  const folder = searchParams.get('host')
  const isPlace = folder === null ? hostname !== '' : hostname === '' && folder.startsWith('/')
  return (
    /^postgres(ql)?:$/.test(protocol) &&
    hash === '' &&
    /^\/[^/]+$/.test(pathname) &&
    isPlace &&
    names.length === new Set(names).size &&
    names.every((name) => PARAMETERS.has(name)) &&
    ['disable', 'verify-full'].includes(searchParams.get('sslmode') ?? 'disable')
  )
}

function isConfidential({ hostname, searchParams }: URL): boolean {
  const isHere = searchParams.has('host') || LOCAL.has(hostname)
  return isHere || searchParams.get('sslmode') === 'verify-full'
}
