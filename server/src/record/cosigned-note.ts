/** A checkpoint as it is given out: the log's own note, with what witnesses have added to it. */
import { utf8Encode } from '@onetrip/codec'
import type { Services } from '../services.ts'
import type { LogCheckpointTable } from '../storage/record-schema.ts'

/** The signed note of a checkpoint. */
export async function cosignedNote(
  _services: Services,
  { note }: LogCheckpointTable,
): Promise<Uint8Array> {
  return utf8Encode(note)
}
