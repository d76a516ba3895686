/** The part of the record's audit that is about witnesses: each line that is kept has to be its witness's, under the checkpoint of its row. */
import { Fault, utf8Encode } from '@onetrip/codec'
import { addSignatures, openNote, parseVerifierKey } from '@onetrip/log'
import type { Services } from '../services.ts'

/** Size of the first checkpoint of which a cosignature is not as it was given; undefined where all are. */
export async function badCosignature({ storage }: Services): Promise<number | undefined> {
  const rows = await storage
    .selectFrom('log_cosignature')
    .leftJoin('log_checkpoint', 'log_checkpoint.size', 'log_cosignature.size')
    .select(['log_cosignature.size as size', 'witness', 'line', 'log_cosignature.at as at', 'note'])
    .orderBy('log_cosignature.size')
    .execute()
  for (const row of rows) {
    if (!(await isGood(row))) return row.size
  }
  return undefined
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
