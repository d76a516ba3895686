/** The shape of a rule and of what rules look at; rules throw, the runner makes checks of it. */
import type { ErrorCode, PublicKey } from '@onetrip/codec'
import type { DisclosedClaim, Mode, Presentation, TypeDefinition } from '@onetrip/credential'
import type { StatusList } from '@onetrip/status'
import type { AgencyKey, Trust } from '@onetrip/trust'
import type { Inclusion, KeptReceipts } from './inclusions.ts'
import type { IssuerSource } from './issuer-source.ts'
import type { LicenceSeal } from './licence-seal.ts'
import type { ExpectedRequest, Policy } from './options.ts'
import type { RuleId, SpeaksFor } from './verdict.ts'

/** A thing that was found, or the code that says why not. */
export type Settled<Value> =
  | { readonly value: Value; readonly code?: undefined }
  | { readonly value?: undefined; readonly code: ErrorCode }

/** Who answers with delegations, and for which matter. */
export interface DelegatedFor {
  /** The holder's key of the delegate's own licence, proven. */
  readonly key: PublicKey
  /** Code of the matter. */
  readonly matter: string
}

/** Everything the rules judge: the parsed input, what the trust data say of it, and the options. */
export interface Subject extends IssuerSource {
  readonly presentation: Presentation
  /** `undefined` for a credential shown without key binding. */
  readonly mode: Mode | undefined
  /** Our trust data. */
  readonly trust: Trust
  /** Unix seconds. */
  readonly now: number
  readonly accept: readonly Mode[]
  readonly policy: Policy
  readonly office: string | undefined
  readonly speaksFor: SpeaksFor
  readonly request: ExpectedRequest | undefined
  /** In whose answer, and for which matter, delegations stand; only there. */
  readonly delegated: DelegatedFor | undefined
  readonly seen: Iterable<string>
  readonly environment: string | undefined
  /** The key the wallet expects; only in the receiving check. */
  readonly expectedHolder: PublicKey | undefined
  /** Gives receipts of the log that did not come with the credential. */
  readonly receipts: KeptReceipts | undefined
  /** Gives the text of the pages that carry the code; only for one that a PDF carries. */
  readonly readText: (() => Promise<readonly string[]>) | undefined
  /** The agency's issuing keys with the named kid; two can share one (8 bytes). */
  readonly namedKeys: readonly AgencyKey[]
  /** Those of them whose algorithm is the one the signature claims. */
  readonly candidateKeys: readonly AgencyKey[]
  /** The key under which the issuer's signature holds. */
  readonly issuerKey: Settled<AgencyKey>
  /** Whether the key binding's signature holds under the credential's holder key. */
  readonly keyBinding: Settled<true>
  readonly type: TypeDefinition | undefined
  /** Whether the type, in any of its versions, requires a receipt of the log. */
  readonly receiptRequired: boolean
  /** Where it stands in logs; looked for once the issuer's signature holds, absent where there is no receipt. */
  readonly inclusions: Settled<readonly Inclusion[]> | undefined
  /** The claims, read by the type's definition. */
  readonly claims: Settled<readonly DisclosedClaim[]>
  /** The seal that the credential states; looked for once the issuer's signature holds. */
  readonly seal: Settled<LicenceSeal> | undefined
  /** The text of the pages that carry the code, or why there is none to compare with. */
  readonly pageText: Settled<string>
  /** The status list the credential names, opened under its issuer's key. */
  readonly statusList: Settled<StatusList>
}

/** What rules on the trust data look at: it is there for anything that is verified. */
export type TrustSubject = Pick<
  Subject,
  'trust' | 'issuerTrust' | 'recognition' | 'type' | 'now' | 'environment'
>

/** One rule: what it is, where it comes from, which codes it can give, and the judgement of what it looks at. */
export interface Rule<On = Subject> {
  readonly id: RuleId
  readonly clause: string
  /** Rules that must have passed for this one to mean anything. */
  readonly needs: readonly RuleId[]
  /** Throws a `Fault` when the rule is broken. */
  readonly check: (subject: On) => void
}

/** Rules over what was signed: nothing of it is trusted before all of these have passed. */
export const SIGNED: readonly RuleId[] = [
  'key-binding',
  'issuer-signature',
  'key-binding-signature',
  'key-validity',
  'key-revocation',
]

/** Rules over what a seal maker signed; nothing of a seal is told before all of these have passed. */
export const SEAL_STATED: readonly RuleId[] = [
  'forms',
  'seal-maker',
  'maker-key',
  'maker-key-life',
  'maker-signature',
]

/** Rules over what was signed with a seal's key. */
export const IMPRESSION_SIGNED: readonly RuleId[] = [
  ...SEAL_STATED,
  'seal-key',
  'impression-signature',
]

/** Rules that compare signed times with the device's clock: it must not be known to be wrong. */
export const SIGNED_AND_CLOCK: readonly RuleId[] = [...SIGNED, 'clock-floor']
