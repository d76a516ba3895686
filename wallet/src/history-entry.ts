/** The history of what was shown: names of claims and of who received them; values only inside the answer of a consent. */
import type { DisplayText } from '@onetrip/credential'
import type { ConsentEntry } from './asked/consent-entry.ts'
import type { CopyRecipient } from './copy-limits.ts'
import type { ClaimChoice } from './disclosure.ts'
import type { HeldLicence } from './held-licence.ts'
import { wordsOf } from './search-words.ts'

/** Version of the stored record. */
export const HISTORY_FORMAT = 1

/** An entry of the history. */
export type HistoryEntry = ShowingEntry | ConsentEntry

/** One showing of a live code, one copy made out, or one delegation given. */
export interface ShowingEntry {
  readonly format: typeof HISTORY_FORMAT
  readonly id: string
  /** Unix seconds. */
  readonly at: number
  readonly kind: 'live' | 'copy' | 'delegation'
  readonly licenceId: string
  readonly typeName: DisplayText
  /** The licence's number. */
  readonly number: string
  /** Everything disclosed during the showing, in the order of the type definition. */
  readonly claims: readonly DisplayText[]
  /** Of a copy or a delegation. Who scans a live code is not known to the wallet. */
  readonly recipient?: CopyRecipient
  readonly purpose?: string
  /** It came out of a backup: nothing that is kept proves it. */
  readonly unproven?: true
}

/** For whom something was made out, and for what. */
interface MadeOut {
  readonly recipient: CopyRecipient
  readonly purpose: string
}

/** Makes an entry; `disclosed` are the names of the chosen claims, the fixed ones are added. */
export function historyEntry(options: {
  readonly id: string
  readonly at: number
  readonly licence: HeldLicence
  readonly content: { readonly choice: ClaimChoice }
  readonly disclosed: ReadonlySet<string>
  readonly copy?: MadeOut
  /** Of a delegation: to whom, and the matter's name. */
  readonly lent?: MadeOut
}): ShowingEntry {
  const { id, at, licence, content, disclosed, copy, lent } = options
  const { fixed, selectable } = content.choice
  const chosen = selectable.filter(({ name }) => disclosed.has(name))
  return {
    format: HISTORY_FORMAT,
    id,
    at,
    kind: lent !== undefined ? 'delegation' : copy === undefined ? 'live' : 'copy',
    licenceId: licence.id,
    typeName: licence.summary.typeName,
    number: licence.summary.number,
    claims: [...fixed, ...chosen].map(({ display }) => display),
    ...copy,
    ...lent,
  }
}

/** Newest first. */
export function newestFirst(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  return entries.toSorted((one, other) => other.at - one.at)
}

/** The entries in which every word of a search occurs, in either language, whatever the case. */
export function searched(
  entries: readonly HistoryEntry[],
  search: string,
): readonly HistoryEntry[] {
  const isFound = wordsOf(search)
  return entries.filter((entry) => {
    const licences = entry.kind === 'consent' ? entry.shown : [entry]
    const names = licences.flatMap(({ typeName, claims }) => [typeName, ...claims])
    const numbers = licences.map(({ number }) => number)
    const texts = [...names, ...namesOf(entry)].flatMap((name) => [name['zh-CN'], name.en])
    return isFound([...texts, ...numbers, recipientOf(entry), entry.purpose ?? ''])
  })
}

function namesOf(entry: HistoryEntry): readonly DisplayText[] {
  if (entry.kind !== 'consent') return []
  return [entry.office.name, ...(entry.matter.name === undefined ? [] : [entry.matter.name])]
}

function recipientOf(entry: HistoryEntry): string {
  return entry.kind === 'consent' ? '' : (entry.recipient?.name ?? '')
}
