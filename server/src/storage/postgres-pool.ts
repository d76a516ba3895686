/** Connections to PostgreSQL through `pg`, which no other file knows. Each is checked before it is used. */
import { fault } from '@onetrip/codec'
import pg from 'pg'
import { PostgresUnfit, reachableOr } from './postgres-faults.ts'

const OLDEST_VERSION = 150_000
const INT8: number = pg.types.builtins.INT8
const NUMERIC: number = pg.types.builtins.NUMERIC
const CONNECT_MILLISECONDS = 10_000
const LOCK_MILLISECONDS = 30_000
const STATEMENT_MILLISECONDS = 60_000
/** Longer than the server itself allows a statement: what is not answered then never will be. */
const ANSWER_MILLISECONDS = 75_000
/** A process that stops in the middle of a transaction holds up all others no longer than this. */
const IDLE_IN_TRANSACTION_MILLISECONDS = 30_000

/** What a connection says of its server; a commit is on the medium before it is acknowledged, whatever the server's default. */
const SESSION = `select current_setting('server_version_num')::bigint as version,
  current_setting('server_encoding') as encoding, current_setting('fsync') as fsync,
  pg_is_in_recovery()::int as standby,
  set_config('synchronous_commit', case current_setting('synchronous_commit')
    when 'off' then 'on' else current_setting('synchronous_commit') end, false) as synchronous`

/** Kysely asks for the tables themselves with truth values. */
const PLAIN: ReadonlySet<string> = new Set(['string', 'number', 'boolean'])

/** An answer of the server; whoever built the query knows its rows. */
export interface PostgresAnswer<Row> {
  readonly command: string
  readonly rowCount: number | null
  readonly rows: Row[]
}

/** One connection. Errors of the server come as they are; others as `PostgresUnreachable`. */
export interface PostgresClient {
  readonly query: <Row>(
    sql: string,
    parameters?: readonly unknown[],
  ) => Promise<PostgresAnswer<Row>>
  /** Gives it back; a broken one is closed. */
  readonly release: (isBroken: boolean) => void
}

/** What a server says of itself. */
export interface ServerState {
  /** 150004 for 15.4. */
  readonly version: number
  readonly encoding: string
  readonly fsync: string
  /** 1 for one that only reads what another writes. */
  readonly standby: number
}

/** Some connections. */
export interface PostgresPool {
  readonly connect: () => Promise<PostgresClient>
  readonly end: () => Promise<void>
}

/** Opens no connection yet. Of one that has no limits no statement is too long. */
export function postgresPool(
  url: string,
  { size, hasLimits }: { readonly size: number; readonly hasLimits: boolean },
): PostgresPool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'onetrip',
    max: size,
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    keepAlive: true,
    types: { getTypeParser },
    ...(hasLimits
      ? {
          lock_timeout: LOCK_MILLISECONDS,
          statement_timeout: STATEMENT_MILLISECONDS,
          query_timeout: ANSWER_MILLISECONDS,
          idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MILLISECONDS,
        }
      : {}),
    onConnect: (client) => {
      // One that ends while it is used says so to whoever asks next; unheard, it would end the process.
      client.on('error', () => undefined)
      return assertFit(client)
    },
  })
  // One that nobody uses ends: the pool opens another when it is needed.
  pool.on('error', () => undefined)
  return {
    connect: async () => {
      const client = await pool.connect().catch((error: unknown) => {
        throw reachableOr(error)
      })
      return {
        query: async (sql, parameters) => {
          const values = parameters === undefined ? undefined : inputs(parameters)
          try {
            const { command, rowCount, rows } = await client.query(sql, values)
            return { command, rowCount, rows }
          } catch (error) {
            throw reachableOr(error)
          }
        },
        release: (isBroken) => client.release(isBroken),
      }
    },
    end: () => pool.end(),
  }
}

/** Throws {@link PostgresUnfit}; the pool waits for it. */
async function assertFit(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query(SESSION)
  const faults = serverFaults(rows[0])
  if (faults.length > 0) throw new PostgresUnfit([`ONETRIP_DATABASE_URL ${faults.join(', ')}`])
}

/** Why a server is not fit, in words. */
export function serverFaults({
  version,
  encoding,
  fsync,
  standby,
}: ServerState): readonly string[] {
  return [
    ...(version < OLDEST_VERSION ? ['needs PostgreSQL 15 or later'] : []),
    ...(encoding === 'UTF8' ? [] : ['needs a database in the encoding UTF8']),
    ...(fsync === 'on' ? [] : ['needs fsync=on']),
    ...(standby === 0 ? [] : ['names a standby, to which nothing can be written']),
  ]
}

/** 64-bit integers and sums of them as numbers, as SQLite gives them. */
function getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (format !== 'binary' && (oid === INT8 || oid === NUMERIC)) return safeInteger
  return pg.types.getTypeParser(oid, format)
}

function safeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new TypeError('storage: a number is not a safe integer')
  return value
}

function inputs(parameters: readonly unknown[]): unknown[] {
  return parameters.map((value) => {
    // PostgreSQL has no such text: it is stored nowhere, and nothing is found by it.
    if (typeof value === 'string' && value.includes('\0')) throw fault('input/invalid')
    if (value === null || PLAIN.has(typeof value)) return value
    throw new TypeError('storage: only text, numbers and null are stored')
  })
}
