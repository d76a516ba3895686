/** The part of the record's audit that is about keys: announced, retired, revoked; and API keys with whose they are. */
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import type { ActorTable, ApiKeyTable } from '../storage/schema.ts'
import type { RecordFault } from './audit.ts'
import { type ActAbout, type AuditedRow, isHeld, type RowRule, rowFault } from './audit-rows.ts'
import { heldText } from './row-hold.ts'

const KEY_TABLES = ['signing_key', 'office_key', 'seal_maker_key'] as const
const KEY_ACTS = ['key/announce', 'key/retire', 'key/revoke']

interface AuditedKey extends AuditedRow {
  readonly kid: string
  readonly public_jwk: string
  readonly not_before: number
  readonly not_after: number
  readonly revoked_from: number | null
  readonly retired_at: number | null
}

type AuditedApiKey = AuditedRow &
  Readonly<ApiKeyTable> & {
    readonly holder: ActorTable
  }

/** The first key that is not as acts left it. */
export async function keyFault(services: Services): Promise<RecordFault | undefined> {
  for (const table of KEY_TABLES) {
    const fault = await rowFault(services, keyRule(services, table))
    if (fault !== undefined) return fault
  }
  return rowFault(services, apiKeyRule(services))
}

function keyRule(services: Services, table: (typeof KEY_TABLES)[number]): RowRule<AuditedKey> {
  return {
    table,
    name: 'key',
    begins: ['key/announce'],
    acts: [{ word: ({ id }) => id, kinds: KEY_ACTS }],
    load: async (reader, ids) => {
      const rows = await reader
        .selectFrom(table)
        .select(['id', 'kid', 'public_jwk', 'not_before', 'not_after'])
        .select(['revoked_from', 'retired_at'])
        .where('id', 'in', ids)
        .execute()
      // The first ones come with their owner's registration.
      return rows.map((row) => ({ ...row, bornAt: undefined }))
    },
    fault: (row, acts) => {
      const isFit =
        isTime(row.revoked_from, timeOf(acts, 'key/revoke')) &&
        isTime(row.retired_at, timeOf(acts, 'key/retire')) &&
        isHeld(services, acts, [heldText('signing_key', row)])
      return isFit ? undefined : table
    },
  }
}

function timeOf(acts: readonly ActAbout[], kind: string): number | undefined {
  const at = acts.findLast(({ act }) => act === kind)?.facts.get('at')
  return at === undefined ? undefined : Number(at)
}

const isTime = (kept: number | null, due: number | undefined): boolean => kept === (due ?? null)

function apiKeyRule(services: Services): RowRule<AuditedApiKey> {
  return {
    table: 'api_key',
    name: 'key',
    begins: ['api-key/create'],
    acts: [{ word: ({ id }) => id, kinds: ['api-key/create'] }],
    load: loadApiKeys,
    fault: (row, acts) => {
      const texts = [heldText('api_key', row), heldText('actor', row.holder)]
      return isHeld(services, acts, texts) ? undefined : 'api_key'
    },
  }
}

async function loadApiKeys(
  reader: StorageReader,
  ids: readonly string[],
): Promise<readonly AuditedApiKey[]> {
  const rows = await reader
    .selectFrom('api_key')
    .innerJoin('actor', 'actor.id', 'api_key.actor_id')
    .selectAll('api_key')
    .select(['actor.name as holder_name', 'actor.kind as holder_kind'])
    .where('api_key.id', 'in', ids)
    .execute()
  return rows.map(({ holder_name: name, holder_kind: kind, ...row }) => ({
    ...row,
    bornAt: row.created_at,
    holder: { id: row.actor_id, name, kind },
  }))
}
