/** What is kept of a scan: enough to find it again, with the holder's name hidden. */

import type { ErrorCode } from '@onetrip/codec'
import type { Mode, TypeDefinition } from '@onetrip/credential'
import { headOf, type Localised, type VerdictHead } from '@onetrip/ui'
import type { DataEvidence, LicenceVerdict, Outcome, Verdict } from '@onetrip/verifier'
import type { AskedRecord } from './ask/asked-record.ts'

/** One line of the recent list, as it is stored. */
export interface ScanRecord {
  readonly format: 1
  readonly id: string
  /** Unix seconds. */
  readonly at: number
  readonly outcome: Outcome
  readonly code?: ErrorCode
  /** Last day, `YYYY-MM-DD`, of what was valid and near it. */
  readonly endsOn?: string
  /** The licence's type, what kind of sealed file it was, or the matter that was asked for. */
  readonly typeName?: Localised
  readonly issuerName?: Localised
  /** The recognised jurisdiction that issued it; absent for our own. */
  readonly jurisdiction?: Localised
  /** When our trust data were signed, Unix seconds. */
  readonly trustSignedAt?: number
  /** The holder's name with all but its first character hidden; organisations' in full. */
  readonly holder?: string
  readonly mode?: Mode
  /** When the status list used was signed, Unix seconds. */
  readonly statusAsOf?: number
  /** Office id of the counter at that time: certified where `device` is there, else only chosen. */
  readonly office?: string
  /** The enrolled device that verified; absent: the counter spoke for no office. */
  readonly device?: { readonly number: string; readonly name: string }
  /** Of an answer to this counter's own request. */
  readonly asked?: AskedRecord
}

/** Days after which a record is deleted. */
export const RECORD_DAYS = 30

/** Makes the record of a verdict. */
export function recordOf(options: {
  readonly id: string
  readonly verdict: Verdict
  readonly at: number
  readonly types: readonly TypeDefinition[]
}): ScanRecord {
  const { id, verdict, at, types } = options
  const [licence] = verdict.licences
  const { mode, status } = verdict.evidence
  const { endsOn } = headOf(verdict, at)
  const base = {
    ...baseRecord({ id, at, verdict }),
    ...(endsOn === undefined ? {} : { endsOn }),
    ...(mode === undefined ? {} : { mode }),
    ...(status === undefined ? {} : { statusAsOf: status.asOf }),
  }
  if (licence === undefined) return base
  const { jurisdiction } = licence.issuer
  const holder = holderOf(licence, types)
  const shown = licence.about === 'person' && holder !== undefined ? hideName(holder) : holder
  return {
    ...base,
    typeName: licence.typeName,
    issuerName: licence.issuer.name,
    ...(jurisdiction === undefined ? {} : { jurisdiction: jurisdiction.name }),
    ...(shown === undefined ? {} : { holder: shown }),
  }
}

/** What is kept of any verdict. */
export function baseRecord(options: {
  readonly id: string
  readonly at: number
  readonly verdict: Pick<Verdict, 'outcome' | 'reason'> & { readonly evidence: DataEvidence }
}): ScanRecord {
  const { id, at, verdict } = options
  const { outcome, reason, evidence } = verdict
  const { office, speaksFor, trustSignedAt } = evidence
  return {
    format: 1,
    id,
    at,
    outcome,
    trustSignedAt,
    ...(reason === undefined ? {} : { code: reason }),
    ...(office === undefined ? {} : { office }),
    ...(speaksFor.kind === 'office' ? { device: speaksFor.device } : {}),
  }
}

/** What the head of a record's verdict showed. */
export function recordedHead({ outcome, code, endsOn }: ScanRecord): VerdictHead {
  return {
    outcome,
    ...(code === undefined ? {} : { reason: code }),
    ...(endsOn === undefined ? {} : { endsOn }),
  }
}

/** The holder's name among the claims, by the type's definition. */
export function holderOf(
  licence: LicenceVerdict,
  types: readonly TypeDefinition[],
): string | undefined {
  const type = types.find((known) => known.typeCode === licence.typeCode)
  const claim = licence.claims.find((shown) => shown.name === type?.holder.name)
  return claim === undefined ? undefined : String(claim.value)
}

/** Keeps the first character of a name: `陈**`. */
export function hideName(name: string): string {
  const [first = ''] = Array.from(name)
  return `${first}**`
}
