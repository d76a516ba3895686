/** The part of the record's audit that is about seals, the steps of their lives, and their uses with the files of each. */
import { sha256Base64url } from '@onetrip/codec'
import { STATUS } from '@onetrip/status'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import type {
  SealEventTable,
  SealTable,
  SealUseFileTable,
  SealUseTable,
} from '../storage/seal-schema.ts'
import type { RecordFault } from './audit.ts'
import { type ActAbout, type AuditedRow, isHeld, type RowRule, rowFault } from './audit-rows.ts'
import { heldText, useTexts } from './row-hold.ts'

type AuditedSeal = AuditedRow &
  Readonly<SealTable> & {
    /** In order. */
    readonly events: readonly SealEventTable[]
  }

type AuditedUse = AuditedRow &
  Readonly<SealUseTable> & {
    /** In order. */
    readonly files: readonly SealUseFileTable[]
  }

/** What each step leaves a seal as; of one that is being made there are two. */
const LEFT: Readonly<
  Record<SealEventTable['act'], { readonly states: readonly string[]; readonly status: number }>
> = {
  apply: { states: ['applied'], status: STATUS.valid },
  refuse: { states: ['refused'], status: STATUS.valid },
  make: { states: ['making', 'made'], status: STATUS.suspended },
  register: { states: ['in-use'], status: STATUS.valid },
  suspend: { states: ['suspended'], status: STATUS.suspended },
  'ask-resume': { states: ['suspended'], status: STATUS.suspended },
  resume: { states: ['in-use'], status: STATUS.valid },
  change: { states: ['changed'], status: STATUS.revoked },
  cancel: { states: ['cancelled'], status: STATUS.revoked },
}

const SEAL_ACTS = Object.keys(LEFT).map((act) => `seal/${act}`)
const DECIDED: Readonly<Record<string, SealUseTable['state']>> = {
  'seal-use/request': 'requested',
  'seal-use/approve': 'approved',
  'seal-use/refuse': 'refused',
}

/** The first seal or use of one that is not as acts left it. */
export async function sealFault(services: Services): Promise<RecordFault | undefined> {
  return (
    (await rowFault(services, sealRule(services))) ?? (await rowFault(services, useRule(services)))
  )
}

function sealRule(services: Services): RowRule<AuditedSeal> {
  return {
    table: 'seal',
    name: 'seal',
    begins: ['seal/apply'],
    acts: [{ word: ({ id }) => id, kinds: SEAL_ACTS }],
    load: loadSeals,
    fault: (row, acts) => {
      if (acts.length === 0) return undefined
      if (!areEvents(row, acts)) return 'seal_event'
      const last = row.events.at(-1)
      const left = last === undefined ? undefined : LEFT[last.act]
      const isState = left?.states.includes(row.state) === true && left.status === row.status
      return isState && isHeld(services, acts, [heldText('seal', row)]) ? undefined : 'seal'
    },
  }
}

async function loadSeals(
  reader: StorageReader,
  ids: readonly string[],
): Promise<readonly AuditedSeal[]> {
  const rows = await reader.selectFrom('seal').selectAll().where('id', 'in', ids).execute()
  const found = await reader
    .selectFrom('seal_event')
    .selectAll()
    .where('seal_id', 'in', ids)
    .orderBy('sequence')
    .execute()
  const events = Map.groupBy(found, (event) => event.seal_id)
  return rows.map((row) => ({ ...row, bornAt: row.created_at, events: events.get(row.id) ?? [] }))
}

/** Each step is an act and each act a step; of a seal from before there was a record, as far as there are acts. */
function areEvents({ events }: AuditedSeal, acts: readonly ActAbout[]): boolean {
  const isWhole = acts[0]?.act === 'seal/apply'
  const due = isWhole ? events : events.slice(Math.max(0, events.length - acts.length))
  const isOne = (event: SealEventTable, act: ActAbout | undefined): boolean =>
    act?.act === `seal/${event.act}` &&
    act.facts.get('reason') === event.reason &&
    act.facts.get('actor') === event.actor_id &&
    Math.abs(act.at - event.at) <= 1
  const areCounted = events.every(({ sequence }, at) => sequence === at + 1)
  return areCounted && due.length === acts.length && due.every((one, at) => isOne(one, acts[at]))
}

function useRule(services: Services): RowRule<AuditedUse> {
  return {
    table: 'seal_use',
    name: 'use',
    begins: ['seal-use/request'],
    acts: [{ word: ({ id }) => id, kinds: [...Object.keys(DECIDED), 'seal-use/seal'] }],
    load: loadUses,
    fault: (row, acts) => {
      const decided = acts.filter(({ act }) => act in DECIDED).at(-1)
      if (decided === undefined) return undefined
      const isFit =
        row.state === DECIDED[decided.act] && isHeld(services, acts, useTexts(row, row.files))
      if (!isFit) return 'seal_use'
      return areSealed(row, acts) ? undefined : 'seal_use_file'
    },
  }
}

async function loadUses(
  reader: StorageReader,
  ids: readonly string[],
): Promise<readonly AuditedUse[]> {
  const rows = await reader.selectFrom('seal_use').selectAll().where('id', 'in', ids).execute()
  const found = await reader
    .selectFrom('seal_use_file')
    .selectAll()
    .where('use_id', 'in', ids)
    .orderBy('sequence')
    .execute()
  const files = Map.groupBy(found, (file) => file.use_id)
  return rows.map((row) => ({ ...row, bornAt: row.requested_at, files: files.get(row.id) ?? [] }))
}

/** Sealed is each file of which an act says so, with what came of it, and no other. */
function areSealed({ files }: AuditedUse, acts: readonly ActAbout[]): boolean {
  const sealed = new Map(
    acts
      .filter(({ act }) => act === 'seal-use/seal')
      .map(({ facts }) => [facts.get('file'), facts.get('result')]),
  )
  const areFiles = files.every(({ sha256: digest, state, result }) => {
    if (!sealed.has(digest)) return state !== 'sealed'
    const due = sealed.get(digest)
    return state === 'sealed' && (due === undefined || due === sha256Base64url(result ?? ''))
  })
  return areFiles && [...sealed.keys()].every((one) => files.some((file) => file.sha256 === one))
}
