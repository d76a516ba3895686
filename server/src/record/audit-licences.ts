/** The part of the record's audit that is about licences, the changes of their status, and offers of them. */
import type { Fact } from '@onetrip/log'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import type { OfferTable } from '../storage/offer-schema.ts'
import type { LicenceTable, StatusChangeTable } from '../storage/schema.ts'
import type { RecordFault } from './audit.ts'
import { type ActAbout, type AuditedRow, isHeld, type RowRule, rowFault } from './audit-rows.ts'
import { heldText } from './row-hold.ts'

type AuditedLicence = AuditedRow &
  Readonly<LicenceTable> & {
    /** In order. */
    readonly changes: readonly StatusChangeTable[]
    /** Id of the licence that took its place. */
    readonly next: string | null
  }

type AuditedOffer = AuditedRow & Readonly<OfferTable>

/** The first licence or offer that is not as its acts left it. */
export async function licenceFault(services: Services): Promise<RecordFault | undefined> {
  return (
    (await rowFault(services, licenceRule(services))) ??
    (await rowFault(services, offerRule(services)))
  )
}

function licenceRule(services: Services): RowRule<AuditedLicence> {
  return {
    table: 'licence',
    name: 'licence',
    begins: ['licence/issue'],
    acts: [{ word: ({ id }) => id, kinds: ['licence/issue', 'licence/status', 'licence/replace'] }],
    load: loadLicences,
    fault: (row, acts) => {
      const changes = acts.filter(({ act }) => act === 'licence/status')
      if (acts.length > 0 && row.status !== (changes.at(-1)?.facts.get('to') ?? 'valid')) {
        return 'licence'
      }
      if (!isHeld(services, acts, [heldText('licence', row)])) return 'licence'
      if (!areChanges(row, acts, changes)) return 'status_change'
      return row.next === nextOf(row, acts) ? undefined : 'licence_replacement'
    },
  }
}

async function loadLicences(
  reader: StorageReader,
  ids: readonly string[],
): Promise<readonly AuditedLicence[]> {
  const rows = await reader
    .selectFrom('licence')
    .leftJoin('licence_replacement', 'licence_replacement.licence_id', 'licence.id')
    .selectAll('licence')
    .select('next_id as next')
    .where('licence.id', 'in', ids)
    .execute()
  const found = await reader
    .selectFrom('status_change')
    .selectAll()
    .where('licence_id', 'in', ids)
    .orderBy('sequence')
    .execute()
  const changes = Map.groupBy(found, (change) => change.licence_id)
  return rows.map((row) => ({
    ...row,
    bornAt: row.created_at,
    changes: changes.get(row.id) ?? [],
  }))
}

/** The licence that an act put in its place; acts about it as the next one of another are none of these. */
function nextOf({ id }: AuditedLicence, acts: readonly ActAbout[]): Fact | null {
  const replaced = acts.findLast(
    ({ act, facts }) => act === 'licence/replace' && facts.get('licence') === id,
  )
  return replaced?.facts.get('next') ?? null
}

/** Each change is an act and each act a change; of a licence from before there was a record, as far as there are acts. */
function areChanges(
  { changes }: AuditedLicence,
  acts: readonly ActAbout[],
  done: readonly ActAbout[],
): boolean {
  const isWhole = acts.some(({ act }) => act === 'licence/issue')
  const due = isWhole ? changes : changes.slice(Math.max(0, changes.length - done.length))
  const isOne = (change: StatusChangeTable, act: ActAbout | undefined): boolean =>
    act?.facts.get('from') === change.from_status &&
    act.facts.get('to') === change.to_status &&
    act.facts.get('reason') === change.reason &&
    (act.facts.get('kind') ?? null) === change.kind &&
    (act.facts.get('ground') ?? null) === change.ground &&
    act.facts.get('actor') === change.actor_id &&
    Math.abs(act.at - change.changed_at) <= 1
  const areCounted = changes.every(({ sequence }, at) => sequence === at + 1)
  return areCounted && due.length === done.length && due.every((one, at) => isOne(one, done[at]))
}

function offerRule(services: Services): RowRule<AuditedOffer> {
  return {
    table: 'offer',
    name: 'offer',
    begins: ['offer/make'],
    acts: [
      { word: ({ id }) => id, kinds: ['offer/make', 'offer/redeem', 'offer/wrong-code'] },
      { word: ({ licence_id: licence }) => licence, kinds: ['licence/withdraw'] },
    ],
    load: async (reader, ids) => {
      const rows = await reader.selectFrom('offer').selectAll().where('id', 'in', ids).execute()
      return rows.map((row) => ({ ...row, bornAt: row.created_at }))
    },
    fault: (row, acts) => {
      const isFit = isHeld(services, acts, [heldText('offer', row)]) && isOfferState(row, acts)
      return isFit ? undefined : 'offer'
    },
  }
}

function isOfferState(row: AuditedOffer, acts: readonly ActAbout[]): boolean {
  const made = acts.find(({ act }) => act === 'offer/make')
  if (made === undefined) return true
  const isRedeemed = acts.some(({ act }) => act === 'offer/redeem')
  const attempts = acts.filter(({ act }) => act === 'offer/wrong-code').length
  const isTaken = acts.some(
    ({ act, place, facts }) =>
      act === 'licence/withdraw' && place > made.place && facts.get('offer') !== row.id,
  )
  if (attempts !== row.wrong_attempts || isRedeemed !== (row.state === 'redeemed')) return false
  // What is taken back with no copy of it has no act: nothing can be done with it.
  return row.state !== 'open' || !isTaken
}
