/** What the demo desk shows of seals: those that were ever in use, and the newest requests to use one. */
import { fault } from '@onetrip/codec'
import type { Services } from '../services.ts'
import type { SealTable, SealUseFileTable, SealUseTable } from '../storage/seal-schema.ts'

const MAX_USES = 6
const SHOWN_STATES = ['in-use', 'suspended', 'changed', 'cancelled'] as const

/** A seal as the desk lists it. */
export interface DeskSeal extends Pick<SealTable, 'id' | 'name'> {
  readonly number: string
  readonly ownerName: string
  readonly state: (typeof SHOWN_STATES)[number]
  /** Whether licences are issued under it. */
  readonly isForLicences: boolean
}

/** A request over one file, and what became of it; `expired` is one that was not decided or not used in time. */
export interface DeskUse extends Pick<SealUseTable, 'id' | 'purpose'> {
  readonly sealName: string
  readonly fileName: string
  readonly digest: string
  readonly state: SealUseTable['state'] | 'sealed' | 'expired'
  readonly requester: string
  readonly keeper: string | null
  /** Whether the seal goes into the file, which then has to be at hand. */
  readonly isInFile: boolean
}

/** Loads the seals, in the order in which they were made. */
export async function deskSeals({ storage }: Services): Promise<readonly DeskSeal[]> {
  const rows = await storage
    .selectFrom('seal')
    .select(['id', 'name', 'number', 'owner_name', 'state', 'licences'])
    .where('state', 'in', SHOWN_STATES)
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, name, number, owner_name: ownerName, state, licences }) => {
    const shown = SHOWN_STATES.find((one) => one === state)
    if (shown === undefined || number === null) return []
    return { id, name, number, ownerName, state: shown, isForLicences: licences === 1 }
  })
}

/** The picture of a seal. Throws `seal/not-found`. */
export async function deskPicture(
  { storage }: Services,
  sealId: string,
): Promise<{ readonly image: string; readonly mediaType: string }> {
  const row = await storage
    .selectFrom('seal')
    .select(['image', 'media_type'])
    .where('id', '=', sealId)
    .where('state', 'in', SHOWN_STATES)
    .executeTakeFirst()
  if (!row?.image || row.media_type === null) throw fault('seal/not-found')
  return { image: row.image, mediaType: row.media_type }
}

/** Loads the newest requests, the newest first; of a request over several files the first. */
export async function deskUses({ storage, now }: Services): Promise<readonly DeskUse[]> {
  const rows = await storage
    .selectFrom('seal_use')
    .innerJoin('seal', 'seal.id', 'seal_use.seal_id')
    .innerJoin('seal_use_file', 'seal_use_file.use_id', 'seal_use.id')
    .innerJoin('actor as requester', 'requester.id', 'seal_use.requester_id')
    .leftJoin('actor as keeper', 'keeper.id', 'seal_use.keeper_id')
    .select(['seal_use.id', 'purpose', 'seal_use.state', 'good_until', 'seal.name as seal_name'])
    .select(['requester.name as requester', 'keeper.name as keeper'])
    .select(['sha256', 'seal_use_file.name as file_name', 'place', 'seal_use_file.state as file'])
    .where('sequence', '=', 0)
    .orderBy('seal_use.id', 'desc')
    .limit(MAX_USES)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    purpose: row.purpose,
    sealName: row.seal_name,
    fileName: row.file_name ?? row.sha256,
    digest: row.sha256,
    state: stateOf(row, now()),
    requester: row.requester,
    keeper: row.keeper,
    isInFile: row.place !== null,
  }))
}

function stateOf(
  row: Pick<SealUseTable, 'state' | 'good_until'> & { readonly file: SealUseFileTable['state'] },
  now: number,
): DeskUse['state'] {
  if (row.file === 'sealed') return 'sealed'
  return row.state !== 'refused' && now > row.good_until ? 'expired' : row.state
}
