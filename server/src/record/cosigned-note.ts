/** A checkpoint as it is given out: the log's own note, with what witnesses have added to it. */
import { utf8Encode } from '@onetrip/codec'
import { addSignatures, formatVerifierKey } from '@onetrip/log'
import type { Services } from '../services.ts'
import type { LogCheckpointTable } from '../storage/record-schema.ts'
import { newestCheckpoint } from './integrate.ts'

/** How long a witness may take before it counts as late. */
const LATE_SECONDS = 60

/** What cosignatures are read with. */
type Reading = Pick<Services, 'storage' | 'config'>

/** A witness that has not cosigned what it could have for a minute. */
export interface LateWitness {
  readonly name: string
  /** Size of the last checkpoint that it cosigned; 0 for none. */
  readonly size: number
}

/** The signed note of a checkpoint, with the cosignatures of the configured witnesses that are there. */
export async function cosignedNote(
  { storage, config }: Reading,
  { note, size }: Pick<LogCheckpointTable, 'note' | 'size'>,
): Promise<Uint8Array> {
  const rows = await storage
    .selectFrom('log_cosignature')
    .select('line')
    .where('size', '=', size)
    .where('witness', 'in', witnessKeys(config))
    .orderBy('witness')
    .execute()
  return addSignatures(
    utf8Encode(note),
    rows.map(({ line }) => line),
  )
}

/** The newest checkpoint that the configured quorum of witnesses cosigned; of a quorum of none, the newest one. */
export async function newestCosigned(services: Services): Promise<LogCheckpointTable | undefined> {
  const { storage, config } = services
  if (config.witnessQuorum === 0) return newestCheckpoint(services)
  const cosigned = await storage
    .selectFrom('log_cosignature')
    .select('size')
    .where('witness', 'in', witnessKeys(config))
    .groupBy('size')
    .having((row) => row.fn.countAll(), '>=', config.witnessQuorum)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (cosigned === undefined) return undefined
  return storage
    .selectFrom('log_checkpoint')
    .selectAll()
    .where('size', '=', cosigned.size)
    .executeTakeFirst()
}

/** Witnesses that are late, by name. */
export async function lateWitnesses({
  storage,
  config,
  now,
}: Pick<Services, 'storage' | 'config' | 'now'>): Promise<readonly LateWitness[]> {
  if (config.witnesses.length === 0) return []
  const due = await storage
    .selectFrom('log_checkpoint')
    .select('size')
    .where('at', '<=', now() - LATE_SECONDS)
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst()
  const late: LateWitness[] = []
  for (const { key } of config.witnesses) {
    const size = await lastCosigned({ storage }, formatVerifierKey(key))
    if (size < (due?.size ?? 0)) late.push({ name: key.name, size })
  }
  return late
}

/** Size of the last checkpoint that a witness (its key as text) cosigned; 0 for none. */
export async function lastCosigned(
  { storage }: Pick<Services, 'storage'>,
  witness: string,
): Promise<number> {
  const { size } = await storage
    .selectFrom('log_cosignature')
    .select((row) => row.fn.max('size').as('size'))
    .where('witness', '=', witness)
    .executeTakeFirstOrThrow()
  return Number(size ?? 0)
}

/** The configured witnesses' keys as text. */
export function witnessKeys({ witnesses }: Pick<Services['config'], 'witnesses'>): string[] {
  return witnesses.map(({ key }) => formatVerifierKey(key))
}
