/** Why a sealed file, or a seal by itself, has its verdict, and what to do about it, in words. */

import type { ErrorCode } from '@onetrip/codec'
import type { DocumentVerdict, SealVerdict } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { documentStepFor, reasonFor } from '../code-words.ts'
import { formatMoment } from '../formatters.ts'
import { type DocumentMessage, td } from './document-words.ts'

type AnyVerdict = DocumentVerdict | SealVerdict

/** What other words say of the use of a seal, these say of a seal that was not used. */
const LONE_REASONS: Readonly<Partial<Record<ErrorCode, DocumentMessage>>> = {
  'seal/expired': 'lone.expired',
  'seal/not-yet-valid': 'lone.not-yet-valid',
  'seal/revoked': 'lone.revoked',
  'seal/suspended': 'lone.suspended',
}

/** A code that a file carries is on no paper. */
const FILE_REASONS: Readonly<Partial<Record<ErrorCode, DocumentMessage>>> = {
  'presentation/paper': 'licence.sealed',
}

/** The one next step, in the current language. */
export function documentStep(verdict: AnyVerdict): string | undefined {
  const { reason, outcome } = verdict
  return reason === undefined || loneReason(verdict) !== undefined
    ? undefined
    : documentStepFor(reason, outcome)
}

/** Properties of {@link DocumentReason}. */
export interface DocumentReasonProps {
  readonly verdict: AnyVerdict
  /** The time ages are counted to, Unix seconds. */
  readonly now: number
}

/** The reason; of what is valid, as of when. */
export function DocumentReason({ verdict, now }: DocumentReasonProps): VNode {
  const { reason } = verdict
  if (reason === undefined) return <WhyValid verdict={verdict} now={now} />
  const own = 'impressions' in verdict ? FILE_REASONS[reason] : loneReason(verdict)
  return <>{own === undefined ? reasonFor(reason) : td(own)}</>
}

function loneReason(verdict: AnyVerdict): DocumentMessage | undefined {
  if ('impressions' in verdict || verdict.reason === undefined) return undefined
  return LONE_REASONS[verdict.reason]
}

/** That the seals hold, and until when that was known, or by what proof it does not matter. */
function WhyValid({ verdict, now }: DocumentReasonProps): VNode {
  const seals = 'impressions' in verdict ? verdict.impressions : [verdict]
  if (seals.some((seal) => 'sealedBefore' in seal)) return <>{td('valid.before')}</>
  const count = seals.length
  const many = count === 1 ? 'valid.one' : 'valid.many'
  const asOf = Math.min(...seals.flatMap(({ status }) => status?.asOf ?? []))
  return (
    <>
      {td('impressions' in verdict ? many : 'valid.lone', { count })}
      {Number.isFinite(asOf) ? (
        <span class="document-as-of">{td('status.valid', { time: formatMoment(asOf, now) })}</span>
      ) : null}
    </>
  )
}
