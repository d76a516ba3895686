/**
 * What a copy made out for someone (加注件) may say: purpose and recipient short enough for a
 * printed code, an end at most 90 days ahead and never past the credential (ARCHITECTURE §2, §3).
 */
import { fault, utf8Encode } from '@onetrip/codec'
import { isPlainText, today } from '@onetrip/credential'

/** Longest life of a copy in calendar days, today not counted. */
export const MAX_COPY_DAYS = 90
/** Purpose and recipient's name together, in UTF-8 bytes. */
export const MAX_COPY_TEXT_BYTES = 170

const SECONDS_PER_DAY = 86_400
const DEFAULT_DAYS = 30

/** Who a copy is for: an office of the trust list, or a name the holder wrote. */
export type CopyRecipient =
  | { readonly kind: 'office'; readonly id: string; readonly name: string }
  | { readonly kind: 'name'; readonly name: string }

/** A copy's details as the holder entered them. */
export interface CopyRequest {
  readonly purpose: string
  readonly recipient: CopyRecipient
  /** Last day of the copy, `YYYY-MM-DD`, Asia/Shanghai. */
  readonly endDay: string
}

/** A field of the copy form and why it cannot stay as it is. */
export interface CopyProblem {
  readonly field: 'purpose' | 'recipient' | 'end'
  readonly why: 'missing' | 'characters' | 'too-long' | 'past' | 'too-late'
}

/** The first and last day a copy may end on. */
export interface CopyWindow {
  readonly firstDay: string
  readonly lastDay: string
}

/**
 * The days a copy may end on. A copy lasts to the end of its day, so the last one is the last
 * whole day before the credential expires. Throws `credential/expired` when no day is left.
 */
export function copyWindow(options: {
  /** Unix seconds. */
  readonly now: number
  /** The credential's `exp`, Unix seconds. */
  readonly credentialExpiresAt: number
  /** The licence's last day, if it has one. */
  readonly licenceValidTo?: string | undefined
}): CopyWindow {
  const firstDay = today(options.now)
  const lastWhole = today(options.credentialExpiresAt - SECONDS_PER_DAY)
  const ends = [
    today(options.now + MAX_COPY_DAYS * SECONDS_PER_DAY),
    lastWhole,
    options.licenceValidTo ?? lastWhole,
  ]
  const lastDay = ends.toSorted()[0] ?? lastWhole
  if (lastDay < firstDay) {
    throw fault('credential/expired')
  }
  return { firstDay, lastDay }
}

/** A month ahead, or the last day possible. */
export function proposedDay({ firstDay, lastDay }: CopyWindow): string {
  const start = Date.parse(`${firstDay}T00:00:00Z`)
  const month = new Date(start + DEFAULT_DAYS * 86_400_000).toISOString().slice(0, 10)
  return month < lastDay ? month : lastDay
}

/** What is wrong with a copy's details, field by field; empty when it can be made. */
export function copyProblems(request: CopyRequest, window: CopyWindow): readonly CopyProblem[] {
  const problems: CopyProblem[] = []
  const purpose = request.purpose.normalize('NFC').trim()
  const name = request.recipient.name.normalize('NFC').trim()
  textProblem(purpose, 'purpose', problems)
  textProblem(name, 'recipient', problems)
  if (problems.length === 0 && copyTextBytes(request) > MAX_COPY_TEXT_BYTES) {
    problems.push({ field: 'purpose', why: 'too-long' })
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(request.endDay)) {
    problems.push({ field: 'end', why: 'missing' })
  } else if (request.endDay < window.firstDay) {
    problems.push({ field: 'end', why: 'past' })
  } else if (request.endDay > window.lastDay) {
    problems.push({ field: 'end', why: 'too-late' })
  }
  return problems
}

/** Bytes the purpose and the recipient take of {@link MAX_COPY_TEXT_BYTES}. */
export function copyTextBytes(request: Pick<CopyRequest, 'purpose' | 'recipient'>): number {
  const { purpose, recipient } = request
  const who = recipient.kind === 'office' ? recipient.id : recipient.name
  return (
    utf8Encode(purpose.normalize('NFC').trim()).length +
    utf8Encode(who.normalize('NFC').trim()).length
  )
}

function textProblem(text: string, field: 'purpose' | 'recipient', problems: CopyProblem[]): void {
  if (text === '') {
    problems.push({ field, why: 'missing' })
  } else if (!isPlainText(text)) {
    problems.push({ field, why: 'characters' })
  }
}
