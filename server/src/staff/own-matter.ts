/**
 * Nobody decides their own matter (回避, 行政许可法 第十条; 公务员法 第七十六条): a member of staff may apply for something as a citizen. Whose number the provider of
 * staff names when they sign in is kept as an HMAC alone, and compared with whom a case or a licence is about.
 */
import { createHmac } from 'node:crypto'
import { fault } from '@onetrip/codec'
import * as v from 'valibot'
import { plainText } from '../licences/plain-text.ts'
import { recordAct } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import { readAs, referencesOf } from '../rights/other-person.ts'
import type { Services } from '../services.ts'
import type { StorageReader, StorageTransaction } from '../storage/database.ts'
import type { SignedIn } from './staff-sessions.ts'

const REFERENCE = plainText(120)

/** Who acts, and as what the people are known whom it is about; undefined and null are nobody. */
export interface Matter {
  readonly actorId: string
  readonly people: Iterable<string | number | null | undefined>
}

/** Whom a licence is about, as they are known: its holder, and whoever it states. */
export function peopleIn(licence: {
  readonly holderReference?: string | null | undefined
  readonly claims: Readonly<Record<string, string | number>>
}): Matter['people'] {
  return [licence.holderReference, ...Object.values(licence.claims)]
}

/**
 * Keeps as whom a member is known who signs in, and records it where it is another than before; nothing where no claim is configured. Throws `sign-in/refused` for
 * a provider that does not say it although it should: who is not known decides nothing.
 */
export async function keepPerson(
  services: Services,
  transaction: StorageTransaction,
  of: { readonly member: SignedIn; readonly claims: ReadonlyMap<string, unknown> },
): Promise<void> {
  const { staffPersonClaim: claim } = services
  if (claim === undefined) return
  const { member, claims } = of
  const said = v.safeParse(REFERENCE, claims.get(claim))
  if (!said.success) throw fault('sign-in/refused')
  const row = { id: member.id, reference: referenceOf(services, said.output) }
  const known = await transaction
    .selectFrom('staff_person')
    .select('reference')
    .where('id', '=', member.id)
    .executeTakeFirst()
  if (known?.reference === row.reference) return
  await transaction
    .insertInto('staff_person')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ reference: row.reference }))
    .execute()
  await recordAct(services, transaction, {
    act: 'staff/person',
    agency: member.agency_id,
    actor: member.actor_id,
    facts: { member: member.id, row: rowHold(services, [heldText('staff_person', row)]) },
  })
}

/** Throws `approval/own-matter` where it is about whoever acts, under any key or session. */
export async function assertNotOwn(
  services: Pick<Services, 'keys'>,
  reader: StorageReader,
  matter: Matter,
): Promise<void> {
  if (await isOwnMatter(services, reader, matter)) throw fault('approval/own-matter')
}

/** Whether it is about whoever acts. */
export async function isOwnMatter(
  services: Pick<Services, 'keys'>,
  reader: StorageReader,
  { actorId, people }: Matter,
): Promise<boolean> {
  const { name } = await reader
    .selectFrom('actor')
    .select('name')
    .where('id', '=', actorId)
    .executeTakeFirstOrThrow()
  const own = await referencesOf(reader, name)
  if (own.size === 0) return false
  for (const person of people) {
    if (person != null && own.has(referenceOf(services, String(person)))) return true
  }
  return false
}

/** The same however it is written: `x` and `X` at the end of a number, full width, spaces. */
function referenceOf({ keys }: Pick<Services, 'keys'>, person: string): string {
  return createHmac('sha256', keys.secret('staff-person'))
    .update(readAs(person))
    .digest('base64url')
}
