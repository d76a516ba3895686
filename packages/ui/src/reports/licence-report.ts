/** A report of what was not believed: the verdict and what its agency needs to look into it, and nothing of people. */

import { type ErrorCode, fromHex, toBase64url } from '@onetrip/codec'
import { isTypeCode, isUscc } from '@onetrip/credential'
import type { LicenceVerdict, Outcome } from '@onetrip/verifier'
import type { Localised } from '../language.ts'

/** Body of `POST /reports`. */
export interface LicenceReport {
  /** A UUID; sent again under it, it is the same report. */
  readonly id: string
  readonly code: ErrorCode
  readonly place: 'counter' | 'wallet'
  /** USCC of the agency that signed the licence. */
  readonly agency?: string
  /** Type code, 21 characters. */
  readonly type?: string
  /** SHA-256 of what was shown, base64url. */
  readonly digest?: string
  /** Unix seconds. */
  readonly judgedAt: number
  readonly trustVersion?: number
}

/** A report with the names that the person who sends it is told. */
export interface WordedReport {
  readonly report: LicenceReport
  readonly agencyName?: Localised
  readonly typeName?: Localised
}

/** What of any verdict is reported. */
export interface ReportedVerdict {
  readonly outcome: Outcome
  readonly reason?: ErrorCode
  readonly evidence: { readonly trustVersion: number; readonly presentationId?: string }
  readonly licences?: readonly Pick<LicenceVerdict, 'issuer' | 'typeCode' | 'typeName'>[]
}

/** The report of a verdict; none of one that nothing speaks against, or that lacks only data. */
export function reportOf(of: {
  /** A UUID of the verdict's own. */
  readonly id: string
  readonly verdict: ReportedVerdict
  /** Unix seconds. */
  readonly at: number
  readonly place: LicenceReport['place']
}): WordedReport | undefined {
  const { id, verdict, at, place } = of
  const { outcome, reason, evidence } = verdict
  if (reason === undefined || (outcome !== 'invalid' && outcome !== 'caution')) return undefined
  const { trustVersion, presentationId } = evidence
  const base = { id, code: reason, place, judgedAt: at, trustVersion }
  const report = {
    ...base,
    ...(presentationId === undefined ? {} : { digest: toBase64url(fromHex(presentationId)) }),
  }
  const [licence] = verdict.licences ?? []
  if (licence === undefined) return { report }
  const { issuer, typeCode, typeName } = licence
  return {
    report: {
      ...report,
      ...(isUscc(issuer.id) ? { agency: issuer.id } : {}),
      ...(isTypeCode(typeCode) ? { type: typeCode } : {}),
    },
    agencyName: issuer.name,
    typeName,
  }
}
