/** The part of the record's audit that is about the hashes of full tiles. */
import { TILE_WIDTH } from '@onetrip/log'
import type { Services } from '../services.ts'
import { isMediumFault } from '../storage/database.ts'
import type { LogHashTable } from '../storage/record-schema.ts'
import type { RecordFault } from './audit.ts'
import { newestCheckpoint } from './integrate.ts'
import { storedTileHash } from './stored-tiles.ts'

const ROWS = 512

/** The first hash that is missing, is another, or is of a tile that no checkpoint covers. The server may go on meanwhile. */
export async function hashFault(services: Services): Promise<RecordFault | undefined> {
  for (let level = 1; ; level += 1) {
    const due = await coveredTiles(services, level)
    let idx = 0
    for await (const row of hashesOf(services, level)) {
      // It may have come since, with a checkpoint that covers it.
      const isCovered = idx < due || idx < (await coveredTiles(services, level))
      const hash = isCovered ? await dueHash(services, level, idx) : undefined
      if (row.idx !== idx || row.hash !== hash) return { table: 'log_hash', place: idx }
      idx += 1
    }
    if (idx < due) return { table: 'log_hash', place: idx }
    if (due > 0) continue
    const stray = await services.storage
      .selectFrom('log_hash')
      .select('idx')
      .where((row) => row.or([row('level', '>', level), row('level', '<', 1)]))
      .executeTakeFirst()
    return stray === undefined ? undefined : { table: 'log_hash', place: stray.idx }
  }
}

/** The rows of a level in order, some at a time. */
async function* hashesOf({ storage }: Services, level: number): AsyncGenerator<LogHashTable> {
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = await storage
      .selectFrom('log_hash')
      .selectAll()
      .where('level', '=', level)
      .where('idx', '>', after)
      .orderBy('idx')
      .limit(ROWS)
      .execute()
    yield* rows
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.idx
  }
}

/** Full tiles below a level that the newest checkpoint covers. */
async function coveredTiles(services: Services, level: number): Promise<number> {
  const newest = await newestCheckpoint(services)
  return Math.floor((newest?.size ?? 0) / TILE_WIDTH ** level)
}

function dueHash({ storage }: Services, level: number, index: number): Promise<string | undefined> {
  const tile = { level: level - 1, index, width: TILE_WIDTH }
  return storedTileHash(storage, tile).catch((error: unknown) => {
    // A database that does not answer has not changed.
    if (isMediumFault(error)) throw error
    return undefined
  })
}
