/**
 * PostgreSQL for Kysely with one writer at a time, as SQLite has it: a transaction begins by taking an advisory lock, and what waits
 * for it has run nothing yet. So READ COMMITTED reads within a transaction what nobody else changes, the record has one order without
 * gaps, no deadlock can be, and nothing has to be run again. Reading waits for nobody.
 */
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import { endsConnection, PostgresUnreachable } from './postgres-faults.ts'
import type { PostgresAnswer, PostgresClient, PostgresPool } from './postgres-pool.ts'

const WRITE_WAIT_MILLISECONDS = 30_000
/** Locks of a database are its own: two numbers that every version of OneTrip uses. The lock goes with the transaction. */
const BEGIN = 'begin isolation level read committed read write; select pg_advisory_xact_lock(79, 1)'
const CHANGES: ReadonlySet<string> = new Set([
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
])

/** A driver over the connections of a pool, which it ends when it is destroyed. */
export function postgresDriver(pool: PostgresPool): Driver {
  const writers = writerQueue()
  return {
    init: async () => undefined,
    acquireConnection: async () => new PostgresConnection(pool, writers),
    beginTransaction: (connection: PostgresConnection) => connection.begin(),
    commitTransaction: (connection: PostgresConnection) => connection.commit(),
    rollbackTransaction: (connection: PostgresConnection) => connection.rollback(),
    releaseConnection: async (connection: PostgresConnection) => connection.release(),
    destroy: () => pool.end(),
  }
}

/** Takes a connection of the pool when it has something to ask, so that who waits to write keeps none from reading. */
class PostgresConnection implements DatabaseConnection {
  readonly #pool: PostgresPool
  readonly #writers: WriterQueue
  #client: PostgresClient | undefined
  #leave: (() => void) | undefined
  #isBroken = false

  constructor(pool: PostgresPool, writers: WriterQueue) {
    this.#pool = pool
    this.#writers = writers
  }

  async executeQuery<Row>(compiled: CompiledQuery): Promise<QueryResult<Row>> {
    const isAlone = this.#leave === undefined && CHANGES.has(compiled.query.kind)
    if (!isAlone) return this.#run(compiled)
    await this.begin()
    const result = await this.#run<Row>(compiled)
    await this.commit()
    return result
  }

  /** Nothing of ours reads row by row. */
  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new TypeError('storage: rows are read at once')
  }

  async begin(): Promise<void> {
    this.#leave = await this.#writers.enter()
    await this.#ask(BEGIN)
  }

  async commit(): Promise<void> {
    const { command } = await this.#ask('commit')
    // A statement failed, and whoever asked it went on as if nothing was: the server has rolled back.
    if (command !== 'COMMIT') throw new Error('storage: the transaction had failed before')
    this.#end()
  }

  async rollback(): Promise<void> {
    // What ends the connection rolls back too, and must not hide why.
    if (!this.#isBroken) await this.#ask('rollback').catch(() => this.#breakOff())
    this.#end()
  }

  release(): void {
    // Still inside a transaction: it is not known how far it came.
    if (this.#leave !== undefined) this.#breakOff()
    this.#client?.release(this.#isBroken)
    this.#client = undefined
    this.#end()
  }

  async #run<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { command, rowCount, rows } = await this.#ask<Row>(sql, parameters)
    const isChange = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE'
    return { rows, ...(isChange ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) }
  }

  async #ask<Row>(sql: string, parameters?: readonly unknown[]): Promise<PostgresAnswer<Row>> {
    this.#client ??= await this.#pool.connect()
    try {
      return await this.#client.query(sql, parameters)
    } catch (error) {
      if (endsConnection(error)) this.#breakOff()
      throw error
    }
  }

  #breakOff(): void {
    this.#isBroken = true
  }

  #end(): void {
    this.#leave?.()
    this.#leave = undefined
  }
}

interface WriterQueue {
  /** Waits until nobody of this process writes; answers what ends one's own turn. */
  readonly enter: () => Promise<() => void>
}

/** Who writes in this process, one after the other: so at most one connection waits for the lock. */
function writerQueue(): WriterQueue {
  let last: Promise<void> = Promise.resolve()
  return {
    enter: async () => {
      const before = last
      const turn = Promise.withResolvers<void>()
      last = turn.promise
      if (await isOver(before)) return turn.resolve
      before.then(turn.resolve)
      throw new PostgresUnreachable()
    },
  }
}

/** Whether `turn` is over before the longest wait is. */
async function isOver(turn: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, WRITE_WAIT_MILLISECONDS, false)
  })
  try {
    return await Promise.race([turn.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}
