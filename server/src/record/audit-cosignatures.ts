/** The part of the record's audit that is about witnesses: each line that is kept has to be its witness's, under the checkpoint of its row. */
import { Fault, utf8Encode } from '@onetrip/codec'
import { addSignatures, openNote, parseVerifierKey } from '@onetrip/log'
import type { Services } from '../services.ts'
import type { RecordFault } from './audit.ts'

const ROWS = 512

/** The first checkpoint of which a cosignature is not as it was given. */
export async function cosignatureFault({ storage }: Services): Promise<RecordFault | undefined> {
  for (let [size, witness] = [Number.MIN_SAFE_INTEGER, '']; ; ) {
    const rows = await storage
      .selectFrom('log_cosignature')
      .leftJoin('log_checkpoint', 'log_checkpoint.size', 'log_cosignature.size')
      .select(['log_cosignature.size as size', 'witness', 'line', 'note'])
      .select('log_cosignature.at as at')
      .where(({ eb, and, or }) =>
        or([
          eb('log_cosignature.size', '>', size),
          and([eb('log_cosignature.size', '=', size), eb('witness', '>', witness)]),
        ]),
      )
      .orderBy('log_cosignature.size')
      .orderBy('witness')
      .limit(ROWS)
      .execute()
    for (const row of rows) {
      if (!(await isGood(row))) return { table: 'log_cosignature', place: row.size }
    }
    const last = rows.at(-1)
    if (last === undefined) return undefined
    ;({ size, witness } = last)
  }
}

async function isGood(row: {
  readonly note: string | null
  readonly line: string
  readonly witness: string
  readonly at: number
}): Promise<boolean> {
  try {
    const note = addSignatures(utf8Encode(row.note ?? ''), [row.line])
    const { signatures } = await openNote(note, [parseVerifierKey(row.witness)])
    return signatures[0]?.time === row.at
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}
