/** The verifier's answer: outcome, checks, evidence, licences (ARCHITECTURE §4). */
import type { ErrorCode } from '@onetrip/codec'
import type { DisclosedClaim, Mode } from '@onetrip/credential'
import type { RegisteredSeal, SealCheckId, SealKind, SealOwner } from '@onetrip/seal'
import type { LicenceStatus, StatusReference } from '@onetrip/status'

/** Green, amber, red, grey. Grey is "we cannot say" and is never shown like green. */
export type Outcome = 'valid' | 'caution' | 'invalid' | 'unverifiable'

/** What became of one rule; `not-run` where a rule it leans on did not pass. */
export type CheckOutcome = 'passed' | 'failed' | 'not-run'

/** Names of the rules, each the file name under `rules/`; those on an impression itself are the seal package's. */
export type RuleId =
  | SealCheckId
  | 'algorithm'
  | 'answer-asked'
  | 'answer-claims'
  | 'answer-complete'
  | 'answer-end'
  | 'answer-time'
  | 'audience'
  | 'claims'
  | 'client-certificate'
  | 'client-commitment'
  | 'client-id'
  | 'client-signature'
  | 'client-standing'
  | 'clock-floor'
  | 'copy'
  | 'copy-period'
  | 'counter-certificate'
  | 'counter-matter'
  | 'counter-standing'
  | 'credential-end'
  | 'credential-start'
  | 'delegate-key'
  | 'delegate-named'
  | 'delegation'
  | 'delegation-matter'
  | 'delegation-period'
  | 'device-signature'
  | 'environment'
  | 'format'
  | 'holder'
  | 'issuer'
  | 'issuer-key'
  | 'issuer-signature'
  | 'key-binding'
  | 'key-binding-signature'
  | 'key-revocation'
  | 'key-validity'
  | 'licence-code'
  | 'licence-end'
  | 'licence-seal'
  | 'licence-seal-life'
  | 'licence-facts'
  | 'licence-start'
  | 'licence-text'
  | 'limits'
  | 'live-time'
  | 'log-receipt'
  | 'matter'
  | 'matter-office'
  | 'mode'
  | 'nonce'
  | 'later-seals'
  | 'pades-facts'
  | 'pades-format'
  | 'pades-issuer'
  | 'pades-seal'
  | 'pades-signature'
  | 'paper'
  | 'pdf-appearance'
  | 'pdf-findings'
  | 'pdf-sealed'
  | 'receipt-agreement'
  | 'receipt-answer'
  | 'receipt-office'
  | 'receipt-request'
  | 'receipt-time'
  | 'recipient'
  | 'recognition'
  | 'replay'
  | 'request-open'
  | 'request-time'
  | 'request-wants'
  | 'seal-file'
  | 'seal-status'
  | 'seal-status-freshness'
  | 'seal-status-list'
  | 'status-freshness'
  | 'status-list'
  | 'status-value'
  | 'time-stamp'
  | 'transaction-data'
  | 'transaction-matter'
  | 'trust-freshness'
  | 'type'
  | 'type-allowed'
  | 'wallet-nonce'

/** One rule that was meant to run. */
export interface Check {
  readonly id: RuleId
  readonly outcome: CheckOutcome
  /** Present exactly when the rule failed. */
  readonly code?: ErrorCode
  /** Where the rule comes from, such as `ARCHITECTURE §3`. */
  readonly clause: string
}

/** A text in both languages of the product. */
export interface LocalText {
  readonly 'zh-CN': string
  readonly en: string
}

/** "Not revoked as of T": what the status list said, and when it said so. */
export interface StatusEvidence {
  readonly uri: string
  readonly value: LicenceStatus | 'unknown'
  /** Unix seconds at which the list was signed. */
  readonly asOf: number
  readonly ageSeconds: number
}

/** That the credential stands in a log of its issuer's. */
export interface LoggedEvidence {
  /** The log's name. */
  readonly log: string
  /** From 0; absent, as is `size`, where no published checkpoint proves it. */
  readonly index?: number
  /** Entries of the log at that checkpoint. */
  readonly size?: number
  /** How many witnesses cosigned that checkpoint. */
  readonly witnesses?: number
  /** The key was revoked since, and the credential counts because the log had it before. */
  readonly spared?: true
}

/** The readings of time, for the case that they do not agree. */
export interface ClockEvidence {
  /** The caller's `now`, Unix seconds. */
  readonly deviceTime: number
  /** When the holder's key signed, Unix seconds; absent where nothing of the sort was read. */
  readonly codeTime?: number
  /** Newest verified time signed by a trust role, Unix seconds: the clock's floor. */
  readonly signedTime: number
  /** Whether the readings disagree by more than the rules allow. */
  readonly differs: boolean
  /** Data just fetched were over by this device's clock: it may be far ahead. */
  readonly mayBeAhead: boolean
}

/** The age of one part of the trust data. */
export interface PartEvidence {
  /** `timestamp`, `snapshot`, `targets`, `deny`. */
  readonly name: string
  readonly version: number
  /** Unix seconds; absent where the repository does not say. */
  readonly signedAt?: number
  readonly ageSeconds?: number
}

/** Another jurisdiction, which our recognition list names. */
export interface Jurisdiction {
  readonly id: string
  readonly name: LocalText
}

/** Another jurisdiction's trust data, on which a verdict rests besides ours. */
export interface RecognitionEvidence extends Jurisdiction {
  readonly trustVersion: number
  /** Unix seconds. */
  readonly trustSignedAt: number
  readonly trustAgeSeconds: number
  readonly parts: readonly PartEvidence[]
}

/** For whom the verifier speaks: as a certified device of an office, or for none, and why its certificate does not count. */
export type SpeaksFor =
  | {
      readonly kind: 'office'
      readonly office: { readonly id: string; readonly name: LocalText }
      readonly device: { readonly number: string; readonly name: string }
      /** Unix seconds at which the certificate ends. */
      readonly until: number
    }
  | { readonly kind: 'none'; readonly reason?: ErrorCode }

/** On what anything that is verified rests. */
export interface DataEvidence {
  readonly trustVersion: number
  /** Unix seconds. */
  readonly trustSignedAt: number
  readonly trustAgeSeconds: number
  /** What our trust data consist of, in the order in which they vouch for each other. */
  readonly parts: readonly PartEvidence[]
  readonly clock: ClockEvidence
  /** The office whose copies were taken: the certified one, else the one the caller chose, which proves nothing. */
  readonly office?: string
  readonly speaksFor: SpeaksFor
}

/** On what the verdict rests. */
export interface Evidence extends DataEvidence {
  readonly mode?: Mode
  /** Present when the licence is of a jurisdiction that ours recognises. */
  readonly recognition?: RecognitionEvidence
  readonly status?: StatusEvidence
  /** Where the credential's status stands, also while no list is there to say it; absent where nothing of it is trusted. */
  readonly statusPlace?: StatusReference
  /** Absent without a receipt that holds. */
  readonly logged?: LoggedEvidence
  /** Lower-case hex SHA-256; what the caller adds to `seen` after a scan. */
  readonly presentationId?: string
  /** The number under a printed code, computed from the code: to be compared with the print. */
  readonly codeNumber?: string
  /** How many earlier scans the caller passed; 0 says that replays could not be noticed. */
  readonly seenCount: number
}

/** Whom a copy was made out to: an office of the trust list, or a name the holder wrote. */
export type CopyRecipient = { readonly office: string } | { readonly name: string }

/** The note on a copy (加注件). */
export interface CopyNote {
  readonly recipient: CopyRecipient
  readonly purpose: string
  /** Unix seconds, exclusive. */
  readonly endsAt: number
}

/** Whom a holder let answer, and for what (代办). */
export interface DelegationNote {
  /** `key:` and the thumbprint of the delegate's key. */
  readonly delegate: string
  /** Code of the matter. */
  readonly matter: string
  /** Unix seconds, exclusive. */
  readonly endsAt: number
}

/** The seal that a licence was issued under, as its maker stated it and its register tells of it. */
export interface LicenceSealVerdict {
  /** 14 digits. */
  readonly id: string
  readonly name: string
  readonly kind: SealKind
  readonly owner: SealOwner
  /** By the trust list. */
  readonly maker: { readonly id: string; readonly name: LocalText }
  /** Unix seconds, inclusive. */
  readonly validFrom: number
  readonly validTo: number
  readonly state: RegisteredSeal['state']
  /** Since when it is suspended or has ended, Unix seconds. */
  readonly since?: number
  /** When its register said so, Unix seconds. */
  readonly asOf: number
}

/** One licence that was shown; only ever present when its signatures hold. */
export interface LicenceVerdict {
  readonly outcome: Outcome
  /** 21 characters, GB/T 36903. */
  readonly typeCode: string
  readonly typeName: LocalText
  /** Of the type's definition that names the claims. */
  readonly typeVersion: number
  /** The licence identifier (证照标识), composed here, never carried; absent where not composable. */
  readonly identifier?: string
  /** From the trust list, never from the credential; `jurisdiction` is absent for our own. */
  readonly issuer: {
    readonly id: string
    readonly name: LocalText
    readonly jurisdiction?: Jurisdiction
  }
  readonly serial: string
  readonly version: number
  /** ISO calendar day, Asia/Shanghai. */
  readonly validFrom: string
  /** ISO calendar day, inclusive; absent means long-term (长期). */
  readonly validTo?: string
  readonly about: 'person' | 'organisation'
  /** Empty when the claims do not fit the type's definition. */
  readonly claims: readonly DisclosedClaim[]
  readonly hiddenCount: number
  /** Absent when none is stated, or it is not known. */
  readonly seal?: LicenceSealVerdict
  readonly copy?: CopyNote
  readonly delegation?: DelegationNote
  /** A key proves a key: types about a person say 请核对本人 in every mode. */
  readonly checkPerson: boolean
}

/** What {@link verify} answers for any input. */
export interface Verdict {
  readonly outcome: Outcome
  /** The code of the first of the worst failed checks; absent when nothing failed. */
  readonly reason?: ErrorCode
  readonly checks: readonly Check[]
  readonly evidence: Evidence
  readonly licences: readonly LicenceVerdict[]
}
