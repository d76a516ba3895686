/** What PostgreSQL's errors say (PostgreSQL 15, appendix A), and those of the way to it. */
import { ConfigError } from '../config.ts'
import type { StorageFault } from './storage-fault.ts'

const UNIQUE = '23505'
const SQLSTATE = /^[0-9A-Z]{5}$/
/**
 * Classes and codes where the database is at fault, not the request: connection, authorization, resources, shutdown, system and damaged
 * data; one that is gone or takes nobody in; a standby, deadlock and serialization, and what waited too long. Each leaves nothing of its transaction behind, but for a
 * connection that ends while a commit is on its way: whether that one counts, whoever asked finds out by asking again.
 */
const MEDIUM: readonly string[] = [
  ...['08', '28', '3D', '53', '57', '58', 'XX'],
  ...['55000', '25006', '25P03', '40001', '40P01', '55P03'],
]

/** The way to the database is broken, or was never there; its message holds no address. */
export class PostgresUnreachable extends Error {
  constructor() {
    super('storage: PostgreSQL cannot be reached')
    this.name = 'PostgresUnreachable'
  }
}

/** A server that is not fit to keep anything, such as a standby; one to which a running process came back says so only then. */
export class PostgresUnfit extends ConfigError {}

/** The error as it is thrown on: one of the database itself, or about its configuration, as it came; any other without what it says of the address. */
export function reachableOr(error: unknown): unknown {
  return error instanceof ConfigError || sqlState(error) !== undefined
    ? error
    : new PostgresUnreachable()
}

/** What an error says; undefined for one that is neither of PostgreSQL nor of the way to it. */
export function postgresFault(error: unknown): StorageFault | undefined {
  if (error instanceof PostgresUnreachable || error instanceof PostgresUnfit) return 'medium'
  const state = sqlState(error)
  if (state === undefined) return undefined
  if (state === UNIQUE) return 'unique'
  return MEDIUM.some((code) => state.startsWith(code)) ? 'medium' : undefined
}

/** Whether nothing more can be asked over the connection that this error came from. */
export function endsConnection(error: unknown): boolean {
  const state = sqlState(error)
  return state === undefined || /^(08|57P|58|XX|25P03)/.test(state)
}

/** The code of an error of PostgreSQL itself. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return undefined
  const { code } = error
  return typeof code === 'string' && SQLSTATE.test(code) ? code : undefined
}
