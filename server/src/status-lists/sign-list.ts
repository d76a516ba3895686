/**
 * Builds, signs, checks and keeps one list in both forms, and a seal maker's register with it. Reads nothing but that list's entries that are
 * not valid, so a change costs the same whatever else the database holds.
 */
import { type Signer, toBase64url, utf8Decode, utf8Encode } from '@onetrip/codec'
import { decodeStatusList, LIST_BITS, signStatusList } from '@onetrip/status'
import { failpoint } from '../failpoint.ts'
import { signRegister } from '../seals/seal-register.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import type { PublishedStatusTable } from '../storage/schema.ts'
import { agencySigner } from '../trust-data/agencies.ts'
import { assertClockNotAhead } from '../trust-data/clock-doubt.ts'
import { sealMakerSigner } from '../trust-data/seal-makers.ts'
import type { OwnSigner } from '../trust-data/signing-key.ts'
import { keepFormer } from './former-versions.ts'
import { STATUS_LIFE_SECONDS, STATUS_TTL_SECONDS } from './list-life.ts'
import { decodeBody, encodeBody, type PublishedForm } from './status-body.ts'
import { assertReadsAsStored, loadStatusRows } from './status-rows.ts'

/** What signing needs to know of a list; `revision` was read before its entries are. */
export interface ListRow {
  readonly id: number
  readonly agency_id: string | null
  readonly seal_maker_id: string | null
  readonly uri: string
  readonly size: number
  readonly revision: number
}

/**
 * Signs what the database says of `list` and keeps it for every process. Throws status/sentinel, and then
 * keeps nothing, when the signed bytes, or those of its register, do not read as they should; `clock/ahead`.
 */
export async function signList(services: Services, list: ListRow): Promise<void> {
  await assertClockNotAhead(services)
  const rows = await loadStatusRows(services.storage, list.id)
  const issuedAt = Math.max(services.now(), await lastIssuedAt(services, list))
  const content = {
    uri: list.uri,
    bits: LIST_BITS,
    statuses: services.buildStatuses(list.size, rows),
    issuedAt,
    expiresAt: issuedAt + STATUS_LIFE_SECONDS,
    ttlSeconds: STATUS_TTL_SECONDS,
  } as const
  const { cwt, jwt } = await ownSigners(services, list)
  const forms = await signStatusList(content, { cwt, jwt })
  const { size } = list
  await assertReadsAsStored({ token: forms.cwt, key: cwt.publicKey, size, rows })
  await assertReadsAsStored({ token: forms.jwt, key: jwt.publicKey, size, rows })
  const register = await signRegister(services, { list, issuedAt, signer: cwt })
  failpoint(services.config, 'list/after-sign')
  const kept = { list_id: list.id, revision: list.revision, issued_at: issuedAt }
  await transact(services.storage, async (transaction) => {
    await replace(transaction, { ...kept, form: 'cwt', body: encodeBody(forms.cwt, 'cwt') })
    const jwtBody = encodeBody(utf8Encode(forms.jwt), 'jwt')
    await replace(transaction, { ...kept, form: 'jwt', body: jwtBody })
    if (register !== undefined) {
      const body = encodeBody(register, 'seals')
      await replace(transaction, { ...kept, form: 'seals', body })
    }
    failpoint(services.config, 'list/before-commit')
  })
  failpoint(services.config, 'list/after-commit')
}

/** The status keys of the agency or seal maker whose list it is. */
async function ownSigners(
  services: Services,
  { agency_id: agencyId, seal_maker_id: makerId }: ListRow,
): Promise<{ readonly cwt: Signer; readonly jwt: Signer }> {
  const signerFor = (form: 'cbor' | 'jws'): Promise<OwnSigner> =>
    agencyId === null
      ? sealMakerSigner(services, makerId ?? '', `seal-status-${form}`)
      : agencySigner(services, agencyId, `status-${form}`)
  const [cwt, jwt] = [await signerFor('cbor'), await signerFor('jws')]
  return { cwt: cwt.signer, jwt: jwt.signer }
}

/**
 * Verifiers refuse a list that is older than the one they have, so a clock set back must not show in it; but for one whose
 * key has been taken back, which they hold for nothing.
 */
async function lastIssuedAt(services: Services, list: ListRow): Promise<number> {
  const ahead = await services.storage
    .selectFrom('published_status')
    .select(['issued_at', 'form', 'body'])
    .where('list_id', '=', list.id)
    // A register is as old as its list.
    .where('form', '!=', 'seals')
    .where('issued_at', '>', services.now())
    .execute()
  if (ahead.length === 0) return 0
  const kids = new Set(await revokedKids(services, list))
  const standing = ahead.filter(({ body, form }) => !kids.has(signerOf(body, form)))
  return Math.max(0, ...standing.map(({ issued_at: issuedAt }) => issuedAt))
}

async function revokedKids(
  { storage }: Services,
  { agency_id: agencyId, seal_maker_id: makerId }: ListRow,
): Promise<readonly string[]> {
  const ofAgency = storage
    .selectFrom('signing_key')
    .select('kid')
    .where('agency_id', '=', agencyId ?? '')
    .where('revoked_from', 'is not', null)
  const ofMaker = storage
    .selectFrom('seal_maker_key')
    .select('kid')
    .where('seal_maker_id', '=', makerId ?? '')
    .where('revoked_from', 'is not', null)
  return (await ofAgency.union(ofMaker).execute()).map(({ kid }) => kid)
}

/** `kid` of a list as it is stored. */
function signerOf(body: string, form: PublishedForm): string {
  const bytes = decodeBody(body, form)
  const { kid } = decodeStatusList(form === 'cwt' ? bytes : utf8Decode(bytes))
  return kid === undefined ? '' : toBase64url(kid)
}

async function replace(transaction: StorageTransaction, row: PublishedStatusTable): Promise<void> {
  const { list_id, form, revision, issued_at, body } = row
  const last = await transaction
    .selectFrom('published_status')
    .selectAll()
    .where('list_id', '=', list_id)
    .where('form', '=', form)
    .executeTakeFirst()
  // Another process may have signed this or a later one in between: what it published stays.
  if (last !== undefined && isAtLeast(last, row)) return
  // Registers are fetched as targets, of which the repository keeps what was replaced.
  if (last !== undefined && last.body !== body && form !== 'seals') {
    await keepFormer(transaction, { ...last, form }, issued_at)
  }
  await transaction
    .insertInto('published_status')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['list_id', 'form']).doUpdateSet({ revision, issued_at, body }),
    )
    .execute()
}

function isAtLeast(
  last: Pick<PublishedStatusTable, 'revision' | 'issued_at'>,
  row: Pick<PublishedStatusTable, 'revision' | 'issued_at'>,
): boolean {
  if (last.revision !== row.revision) return last.revision > row.revision
  return last.issued_at >= row.issued_at
}
