/** The part of the record's audit that is about staff: who is a member, which roles they were given, and the sessions that are open. */
import type { Services } from '../services.ts'
import type {
  StaffGrantTable,
  StaffPersonTable,
  StaffSessionTable,
  StaffTable,
} from '../staff/staff-schema.ts'
import type { StorageReader } from '../storage/database.ts'
import type { ActorTable } from '../storage/schema.ts'
import type { RecordFault } from './audit.ts'
import { type ActAbout, type AuditedRow, isHeld, type RowRule, rowFault } from './audit-rows.ts'
import { heldText } from './row-hold.ts'

type AuditedMember = AuditedRow & Readonly<StaffTable> & { readonly person: ActorTable }
type AuditedGrant = AuditedRow & Readonly<StaffGrantTable>
type AuditedPerson = AuditedRow & Readonly<StaffPersonTable>
type AuditedSession = AuditedRow & Readonly<StaffSessionTable>

/** The first member, role, person or session that is not as acts left it. */
export async function staffFault(services: Services): Promise<RecordFault | undefined> {
  return (
    (await rowFault(services, memberRule(services))) ??
    (await rowFault(services, grantRule(services))) ??
    (await rowFault(services, personRule(services))) ??
    (await rowFault(services, sessionRule(services)))
  )
}

function memberRule(services: Services): RowRule<AuditedMember> {
  return {
    table: 'staff',
    name: 'member',
    begins: ['staff/register'],
    acts: [{ word: ({ id }) => id, kinds: ['staff/register', 'staff/end'] }],
    load: loadMembers,
    fault: (row, acts) => {
      const texts = [heldText('staff', row), heldText('actor', row.person)]
      const isFit = isEnd(row.ended_at, endOf(acts, 'staff/end')) && isHeld(services, acts, texts)
      return isFit ? undefined : 'staff'
    },
  }
}

async function loadMembers(
  reader: StorageReader,
  ids: readonly string[],
): Promise<readonly AuditedMember[]> {
  const rows = await reader
    .selectFrom('staff')
    .innerJoin('actor', 'actor.id', 'staff.actor_id')
    .selectAll('staff')
    .select(['actor.name as person_name', 'actor.kind as person_kind'])
    .where('staff.id', 'in', ids)
    .execute()
  return rows.map(({ person_name: name, person_kind: kind, ...row }) => ({
    ...row,
    // No table of staff is older than the record.
    bornAt: Infinity,
    person: { id: row.actor_id, name, kind },
  }))
}

function grantRule(services: Services): RowRule<AuditedGrant> {
  return {
    table: 'staff_grant',
    name: 'grant',
    begins: ['staff/grant'],
    acts: [{ word: ({ staff_id: member }) => member, kinds: ['staff/grant', 'staff/revoke'] }],
    load: async (reader, ids) => {
      const rows = await reader
        .selectFrom('staff_grant')
        .selectAll()
        .where('id', 'in', ids)
        .execute()
      return rows.map((row) => ({ ...row, bornAt: Infinity }))
    },
    fault: (row, ofMember) => {
      const acts = ofMember.filter(({ facts }) => facts.get('grant') === row.id)
      const end = endOf(acts, 'staff/revoke')
      const isEnded = isEnd(row.ended_at, end) && row.ended_by === (end?.facts.get('actor') ?? null)
      const isFit = isEnded && isHeld(services, acts, [heldText('staff_grant', row)])
      return isFit ? undefined : 'staff_grant'
    },
  }
}

function personRule(services: Services): RowRule<AuditedPerson> {
  return {
    table: 'staff_person',
    name: 'member',
    begins: ['staff/person'],
    acts: [{ word: ({ id }) => id, kinds: ['staff/person'] }],
    load: async (reader, ids) => {
      const rows = await reader
        .selectFrom('staff_person')
        .selectAll()
        .where('id', 'in', ids)
        .execute()
      return rows.map((row) => ({ ...row, bornAt: Infinity }))
    },
    fault: (row, acts) =>
      isHeld(services, acts, [heldText('staff_person', row)]) ? undefined : 'staff_person',
  }
}

/** Sessions end and are forgotten without an act; what one says of its person follows from the act that opened it. */
function sessionRule(services: Services): RowRule<AuditedSession> {
  return {
    table: 'staff_session',
    name: 'session',
    begins: ['staff/sign-in'],
    acts: [{ word: ({ id }) => id, kinds: ['staff/sign-in'] }],
    load: async (reader, ids) => {
      const rows = await reader
        .selectFrom('staff_session')
        .selectAll()
        .where('id', 'in', ids)
        .execute()
      return rows.map((row) => ({ ...row, bornAt: Infinity }))
    },
    fault: (row, acts) =>
      isHeld(services, acts, [heldText('staff_session', row)]) ? undefined : 'staff_session',
  }
}

function endOf(acts: readonly ActAbout[], kind: string): ActAbout | undefined {
  return acts.findLast(({ act }) => act === kind)
}

function isEnd(endedAt: number | null, end: ActAbout | undefined): boolean {
  if (endedAt === null || end === undefined) return endedAt === null && end === undefined
  return Math.abs(end.at - endedAt) <= 1
}
