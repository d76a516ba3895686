/** The part of the record's audit that is about credentials: what was signed, what was withdrawn, and the bit of each. */
import { STATUS } from '@onetrip/status'
import type { Services } from '../services.ts'
import type { StorageReader } from '../storage/database.ts'
import type { CredentialTable, LicenceTable } from '../storage/schema.ts'
import type { RecordFault } from './audit.ts'
import { type ActAbout, type AuditedRow, isHeld, type RowRule, rowFault } from './audit-rows.ts'
import { heldText } from './row-hold.ts'

type AuditedCredential = AuditedRow &
  Readonly<CredentialTable> & {
    /** Of its licence. */
    readonly due: LicenceTable['status']
    /** The offer that gave it out, also as a further copy. */
    readonly offer: string | null
  }

/** The first credential that is not as acts left it. */
export function credentialFault(services: Services): Promise<RecordFault | undefined> {
  return rowFault(services, credentialRule(services))
}

function credentialRule(services: Services): RowRule<AuditedCredential> {
  return {
    table: 'credential',
    name: 'credential',
    begins: ['credential/issue'],
    acts: [
      {
        word: ({ id }) => id,
        kinds: ['credential/issue', 'credential/void', 'licence/withdraw-copy'],
      },
      {
        word: ({ licence_id: licence }) => licence,
        kinds: ['licence/issue', 'licence/status', 'licence/withdraw'],
      },
    ],
    load: loadCredentials,
    fault: (row, acts) => {
      const isFit =
        isState(row, acts) &&
        isWithdrawn(row, acts) &&
        row.status === (row.withdrawn_at === null ? STATUS[row.due] : STATUS.revoked)
      const isSame = row.state !== 'issued' || isHeld(services, issueOf(acts), [textOf(row)])
      return isFit && isSame ? undefined : 'credential'
    },
  }
}

async function loadCredentials(
  reader: StorageReader,
  ids: readonly string[],
): Promise<readonly AuditedCredential[]> {
  const rows = await reader
    .selectFrom('credential')
    .innerJoin('licence', 'licence.id', 'credential.licence_id')
    .leftJoin('credential as first', 'first.id', 'credential.copy_of')
    .selectAll('credential')
    .select(['licence.status as due', 'first.offer_id as first_offer'])
    .where('credential.id', 'in', ids)
    .execute()
  return rows.map((row) => ({
    ...row,
    offer: row.offer_id ?? row.first_offer,
    // What is reserved or pending was given to nobody.
    bornAt: row.state === 'issued' ? (row.issued_at ?? Infinity) : undefined,
  }))
}

const textOf = (row: AuditedCredential): string => heldText('credential', row)

function issueOf(acts: readonly ActAbout[]): readonly ActAbout[] {
  return acts.filter(({ act }) => act === 'credential/issue')
}

function isState({ state }: AuditedCredential, acts: readonly ActAbout[]): boolean {
  if (acts.some(({ act }) => act === 'credential/void')) return state === 'void'
  return issueOf(acts).length === 0 || state === 'issued'
}

/** Withdrawn is what an act withdrew, by itself or with all that its licence had then; paper and what an offer spared is not. */
function isWithdrawn(row: AuditedCredential, acts: readonly ActAbout[]): boolean {
  const isAlone = acts.some(
    ({ act }) => act === 'licence/withdraw-copy' || act === 'credential/void',
  )
  const withdrawals = acts.filter(({ act }) => act === 'licence/withdraw')
  if (row.withdrawn_at !== null) return isAlone || withdrawals.length > 0 || isOlder(acts)
  const issued = issueOf(acts).at(-1)?.place ?? Infinity
  const isMeant = ({ place, facts }: ActAbout): boolean => {
    // Without its offer an act of the server's own spared one that is not known.
    const isKnown = facts.has('offer') || facts.has('actor')
    return isKnown && place > issued && facts.get('offer') !== row.offer
  }
  return !isAlone && (row.form === 'paper' || !withdrawals.some(isMeant))
}

/** Whether the licence is from before there was a record. */
function isOlder(acts: readonly ActAbout[]): boolean {
  return !acts.some(({ act }) => act === 'licence/issue')
}
