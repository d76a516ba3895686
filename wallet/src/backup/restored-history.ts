/**
 * What a backup says of the past is not taken on its word: a consent is told by its request and answer, everything else as unproven, and
 * receipts are judged as on arrival, for anybody
 * may hand somebody a file and its code. One that cannot be judged is not bad: trust data may be absent or too old, or its counter
 * denied for a time. It stays and is shown as not confirmed, for what is dropped never comes back: restoring leaves an entry that
 * is here as it is.
 */
import { Fault } from '@onetrip/codec'
import { answerBytes, parseReceipt } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { type Check, severityOf } from '@onetrip/verifier'
import type { ConsentEntry } from '../asked/consent-entry.ts'
import { answeredIn, isProven, verifyBeside } from '../asked/keep-receipt.ts'
import type { HistoryEntry } from '../history-entry.ts'
import { derivedConsent } from './derived-consent.ts'

/** Whether there is anything to prove. */
export function hasConsents(history: readonly HistoryEntry[]): boolean {
  return history.some(({ kind }) => kind === 'consent')
}

/** How many receipts there are to judge. */
export function countReceipts(history: readonly HistoryEntry[]): number {
  return history.filter((entry) => entry.kind === 'consent' && entry.receipt !== undefined).length
}

/**
 * An entry of a backup as it is restored: in the words that its signatures prove, or marked as unproven; without a receipt that is not
 * for its request and answer.
 */
export async function restoredEntry(
  entry: HistoryEntry,
  at: {
    /** Where this wallet has none, no receipt can be judged. */
    readonly trust: Trust | undefined
    /** Unix seconds. */
    readonly now: number
  },
): Promise<HistoryEntry> {
  // Of a showing, a copy and a delegation no signature lies here.
  if (entry.kind !== 'consent') return { ...entry, unproven: true }
  const { trust, now } = at
  const proven = trust === undefined ? undefined : await derivedConsent(entry, { trust, now })
  const { receipt: saved, ...told } = proven ?? { ...entry, unproven: true as const }
  if (saved === undefined) return told
  const receipt = await restoredReceipt(told, saved.text, at)
  return receipt === undefined ? told : { ...told, receipt }
}

async function restoredReceipt(
  entry: ConsentEntry,
  text: string,
  { trust, now }: { readonly trust: Trust | undefined; readonly now: number },
): Promise<ConsentEntry['receipt']> {
  const at = issuedAt(text)
  const answered = answeredIn(entry)
  if (at === undefined || answered === undefined) return undefined
  if (trust === undefined) return { at, text, unconfirmed: true }
  const verdict = await verifyBeside(text, answered, { trust, now })
  if (isProven(verdict)) return { at, text }
  return verdict.checks.some(isForGood) ? undefined : { at, text, unconfirmed: true }
}

/** Whether no other trust data would mend it: who may sign changes with them, what was signed does not. */
function isForGood({ id, code }: Check): boolean {
  return id !== 'counter-standing' && code !== undefined && severityOf(code) === 'invalid'
}

function issuedAt(text: string): number | undefined {
  try {
    return parseReceipt(answerBytes(text)).issuedAt
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}
