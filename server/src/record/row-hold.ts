/**
 * What an act leaves of a row, as its fact `row`: an HMAC under a key of this server over the columns that no later act changes, so that
 * the audit sees another value in any of them, and nobody who reads the record learns or guesses one.
 */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type { Services } from '../services.ts'
import type { StaffSchema } from '../staff/staff-schema.ts'
import type { BatchTable } from '../storage/batch-schema.ts'
import type { CaseFeedbackTable, LicenceReportTable } from '../storage/case-schema.ts'
import type { OfferTable } from '../storage/offer-schema.ts'
import type { LicenceOrderTable } from '../storage/order-schema.ts'
import type {
  ActorTable,
  ApiKeyTable,
  CounterTable,
  CredentialTable,
  LicenceTable,
  SigningKeyTable,
} from '../storage/schema.ts'
import type { SealTable, SealUseFileTable, SealUseTable } from '../storage/seal-schema.ts'

/** The rows that are held; keys of all tables have what those of agencies have. */
interface HeldRows extends StaffSchema {
  readonly licence: LicenceTable
  readonly offer: OfferTable
  readonly credential: CredentialTable
  readonly seal: SealTable
  readonly seal_use: SealUseTable
  readonly seal_use_file: SealUseFileTable
  readonly counter: CounterTable
  readonly signing_key: Pick<
    SigningKeyTable,
    'id' | 'kid' | 'public_jwk' | 'not_before' | 'not_after'
  >
  readonly api_key: ApiKeyTable
  readonly actor: ActorTable
  readonly batch: BatchTable
  readonly licence_order: LicenceOrderTable
  readonly case_feedback: CaseFeedbackTable
  readonly licence_report: LicenceReportTable
}

/** The columns that are held, in this order: those that no later act changes. */
const HELD: { readonly [Table in keyof HeldRows]: readonly (keyof HeldRows[Table])[] } = {
  licence: [
    'id',
    'agency_id',
    'type_code',
    'type_version',
    'serial',
    'version',
    'identifier',
    'valid_from',
    'valid_to',
    'claims',
    'holder_reference',
    'actor_id',
    'created_at',
  ],
  offer: ['id', 'licence_id', 'code_hash', 'expires_at', 'actor_id', 'created_at', 'replaces'],
  credential: [
    'id',
    'licence_id',
    'offer_id',
    'copy_of',
    'form',
    'list_id',
    'idx',
    'key_id',
    'holder_key',
    'credential',
    'created_at',
    'issued_at',
  ],
  seal: [
    'id',
    'seal_maker_id',
    'owner_id',
    'owner_name',
    'name',
    'kind',
    'rank',
    'lower_line',
    'replaces',
    'licences',
    'image',
    'media_type',
    'width_mm',
    'height_mm',
    'list_id',
    'idx',
    'key_id',
    'cbor_key_id',
    'jws_key_id',
    'valid_from',
    'valid_to',
    'created_at',
  ],
  seal_use: [
    'id',
    'seal_id',
    'purpose',
    'state',
    'requester_id',
    'requested_at',
    'keeper_id',
    'decided_at',
    'reason',
    'good_until',
  ],
  seal_use_file: ['sequence', 'sha256', 'length', 'media_type', 'name', 'place'],
  counter: ['id', 'office_id', 'thumbprint', 'public_jwk', 'name', 'number', 'matters'],
  signing_key: ['id', 'kid', 'public_jwk', 'not_before', 'not_after'],
  api_key: [
    'id',
    'hash',
    'actor_id',
    'agency_id',
    'types',
    'roles',
    'offices',
    'seal_makers',
    'created_at',
  ],
  actor: ['id', 'name', 'kind'],
  staff: ['id', 'issuer', 'subject', 'actor_id', 'agency_id', 'registered_at'],
  staff_grant: [
    'id',
    'staff_id',
    'role',
    'agency_id',
    'matter',
    'not_before',
    'not_after',
    'granted_by',
    'granted_at',
  ],
  staff_person: ['id', 'reference'],
  staff_session: ['hash', 'id', 'staff_id', 'authenticated_at', 'signed_in_at', 'ends_at'],
  batch: ['id', 'agency_id', 'type_code', 'row_count', 'digest', 'requester_id', 'requested_at'],
  licence_order: [
    'id',
    'agency_id',
    'kind',
    'licence_count',
    'digest',
    'reason',
    'requester_id',
    'requested_at',
  ],
  case_feedback: [
    'id',
    'case_id',
    'part',
    'office_id',
    'level',
    'at',
    'state',
    'due_day',
    'answered_by',
    'answered_at',
  ],
  licence_report: ['id', 'agency_id', 'code', 'place', 'at', 'state', 'answered_by', 'answered_at'],
}

/** What people wrote, and what is forgotten with it while the rest of the row stays. */
const SAID: {
  readonly case_feedback: readonly (keyof CaseFeedbackTable)[]
  readonly licence_report: readonly (keyof LicenceReportTable)[]
} = {
  case_feedback: ['words', 'answer'],
  licence_report: ['evidence', 'words', 'answer'],
}

/** What a row says, to be held together with what stands beside it. */
export function heldText<Table extends keyof HeldRows>(
  table: Table,
  row: Readonly<HeldRows[Table]>,
): string {
  return heldColumns(table, row)
}

/** As {@link heldText}, where it is not known which of several tables it is. */
export function heldColumns(table: keyof HeldRows, row: object): string {
  const values = new Map<string, unknown>(Object.entries(row))
  return JSON.stringify([table, ...HELD[table].map((column) => values.get(String(column)) ?? null)])
}

/** What a row says that is forgotten before the row is; acts hold it as their fact `said`. */
export function saidText<Table extends keyof typeof SAID>(
  table: Table,
  row: Readonly<HeldRows[Table]>,
): string {
  const values = new Map<string, unknown>(Object.entries(row))
  return JSON.stringify([table, ...SAID[table].map((column) => values.get(String(column)) ?? null)])
}

/** The facts `row` and `said` of an act. */
export function saidHolds<Table extends keyof typeof SAID>(
  services: Pick<Services, 'keys'>,
  table: Table,
  row: Readonly<HeldRows[Table]>,
): { readonly row: string; readonly said: string } {
  return {
    row: rowHold(services, [heldText(table, row)]),
    said: rowHold(services, [saidText(table, row)]),
  }
}

/** The fact `row` of an act, base64url: of one row, or of one and those that belong to it, in order. */
export function rowHold({ keys }: Pick<Services, 'keys'>, texts: readonly string[]): string {
  return createHmac('sha256', keyOf(keys)).update(JSON.stringify(texts)).digest('base64url')
}

const known = new WeakMap<Services['keys'], KeyObject>()

/** Deriving it takes longer than what is done with it. */
function keyOf(keys: Services['keys']): KeyObject {
  const found = known.get(keys) ?? createSecretKey(keys.secret('record-rows'))
  known.set(keys, found)
  return found
}

/** What of a use of a seal and its files is held, the files in order. */
export function useTexts(
  use: Readonly<SealUseTable>,
  files: readonly Readonly<SealUseFileTable>[],
): readonly string[] {
  return [heldText('seal_use', use), ...files.map((file) => heldText('seal_use_file', file))]
}
