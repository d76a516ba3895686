/**
 * Numbers of an agency's licences of one type: the next that nobody has, and those that drafts of cases are about to give. Whoever names a
 * number first has it, so that what is sealed can be issued, and a number that was typed never stands in the way of the counter.
 */
import { fault, parseJson } from '@onetrip/codec'
import * as v from 'valibot'
import type { CasePartTable } from '../storage/case-schema.ts'
import type { StorageReader, StorageTransaction } from '../storage/database.ts'

/** Serials the server gives have this many digits after the type's counter began. */
const SERIAL_DIGITS = 12
const DRAFT_LIMITS = { maxBytes: 1_048_576, maxItems: 65_536 } as const
/** Drafted, and not issued. */
const UNDER_WAY = ['drafted', 'approved', 'sealing', 'sealed'] as const
const NUMBERED_DRAFT = v.object({ type: v.string(), serial: v.string() })

/** Whose numbers. */
export interface NumberSpace {
  /** USCC. */
  readonly agencyId: string
  /** 21 characters. */
  readonly typeCode: string
}

/** Numbers that drafts under way name; without those of one part, where it is said which. */
export async function draftedSerials(
  reader: StorageReader,
  { agencyId, typeCode }: NumberSpace,
  except?: Pick<CasePartTable, 'case_id' | 'code'>,
): Promise<ReadonlySet<string>> {
  const parts = await reader
    .selectFrom('case_part')
    .select(['case_id', 'code', 'draft'])
    .where('office_id', '=', agencyId)
    .where('state', 'in', [...UNDER_WAY])
    .where('draft', 'like', '%"serial":%')
    .execute()
  const others = parts.filter(
    (part) => part.case_id !== except?.case_id || part.code !== except.code,
  )
  const drafts = others.map(({ draft }) =>
    v.safeParse(NUMBERED_DRAFT, parseJson(draft ?? '', DRAFT_LIMITS)),
  )
  return new Set(
    drafts.flatMap(({ success, output }) =>
      success && output.type === typeCode ? [output.serial] : [],
    ),
  )
}

/** Throws `licence/exists` for a number that a licence of any version has, or another part's draft. */
export async function assertNumberFree(
  reader: StorageReader,
  of: {
    readonly space: NumberSpace
    readonly serial: string
    /** The part that names it. */
    readonly part: Pick<CasePartTable, 'case_id' | 'code'>
  },
): Promise<void> {
  const { space, serial, part } = of
  const drafted = await draftedSerials(reader, space, part)
  if (drafted.has(serial) || (await isIssued(reader, space, serial))) throw fault('licence/exists')
}

/** The next serial that no licence has and no draft names, claimed in the database. */
export async function nextFreeSerial(
  transaction: StorageTransaction,
  space: NumberSpace,
): Promise<string> {
  const drafted = await draftedSerials(transaction, space)
  for (;;) {
    const serial = await nextSerial(transaction, space)
    if (!drafted.has(serial) && !(await isIssued(transaction, space, serial))) return serial
  }
}

/** The next serial of the agency's type, claimed in the database, whether or not it was typed before. */
export async function nextSerial(
  transaction: StorageTransaction,
  { agencyId, typeCode }: NumberSpace,
): Promise<string> {
  const row = await transaction
    .insertInto('serial_counter')
    .values({ agency_id: agencyId, type_code: typeCode, next: 2 })
    .onConflict((conflict) =>
      conflict
        .columns(['agency_id', 'type_code'])
        .doUpdateSet((columns) => ({ next: columns('serial_counter.next', '+', 1) })),
    )
    .returning('next')
    .executeTakeFirstOrThrow()
  return String(row.next - 1).padStart(SERIAL_DIGITS, '0')
}

async function isIssued(
  reader: StorageReader,
  { agencyId, typeCode }: NumberSpace,
  serial: string,
): Promise<boolean> {
  const issued = await reader
    .selectFrom('licence')
    .select('id')
    .where('agency_id', '=', agencyId)
    .where('type_code', '=', typeCode)
    .where('serial', '=', serial)
    .executeTakeFirst()
  return issued !== undefined
}
