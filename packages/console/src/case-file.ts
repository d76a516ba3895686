/** A case as the API tells of it; `case-data.ts` reads it. */

import type { CaseState, PartState } from './case-states.ts'
import type { GuideField } from './guide-data.ts'

/** A text in both languages. */
export interface BothTexts {
  readonly 'zh-CN': string
  readonly en: string
}

/** How a part's clock stands, in working days. */
export interface Limit {
  readonly light: 'green' | 'yellow' | 'red' | 'stopped'
  readonly dueDay: string
  readonly leftDays: number
}

/** A part's decision as it was sealed. */
export interface SealedDecision {
  readonly document: string
  /** The `.seal` file, base64url. */
  readonly seal: string
}

/** A part as the list has it. */
export interface PartLine {
  readonly code: string
  readonly state: PartState
  readonly version: number
  readonly limit: Limit | null
}

/** A case as the list has it. */
export interface CaseLine {
  readonly id: string
  readonly number: string | null
  readonly matter: string
  readonly applicant?: string | undefined
  readonly state: CaseState
  readonly createdAt: number
  readonly parts: readonly PartLine[]
}

/** A page of the list. */
export interface CasesPage {
  readonly cases: readonly CaseLine[]
  readonly next?: string | undefined
}

/** A legal ground of refusal. */
export interface Ground {
  readonly code: string
  readonly text: BothTexts
  readonly basis: string
}

/** What comes of a part. */
export type PartResult =
  | { readonly kind: 'none' }
  | { readonly kind: 'notice'; readonly name: BothTexts }
  | {
      readonly kind: 'licence'
      readonly type: string
      readonly typeVersion: number
      readonly years?: number | undefined
    }

/** Values by claim. */
export type Claims = Readonly<Record<string, string | number>>

/** What was drafted. */
export interface Draft {
  readonly words?: string | undefined
  readonly serial?: string | undefined
  readonly validFrom?: string | undefined
  readonly validTo?: string | undefined
  readonly claims?: Claims | undefined
}

/** A part of a case. */
export interface CasePart extends PartLine {
  readonly name: BothTexts
  readonly officeName: BothTexts
  readonly result: PartResult
  readonly conditions: readonly BothTexts[]
  readonly basis: readonly string[]
  readonly grounds: readonly Ground[]
  readonly needsVisit: boolean
  readonly opinion?: string | null | undefined
  readonly draft?: Draft | null | undefined
  readonly document?: string | null | undefined
  readonly sha256?: string | null | undefined
  readonly ground?: Ground | undefined
  /** Id of what was issued. */
  readonly licence: string | null
  readonly actions: readonly string[]
  readonly mayApprove: boolean
}

/** By what a material is there. */
export type MaterialWay = 'licence' | 'register' | 'upload' | 'promise' | 'generated' | 'deferred'

/** What was shown, promised or laid in. */
export interface Evidence {
  readonly upload?: string | undefined
  readonly mediaType?: string | undefined
  readonly length?: number | undefined
  readonly serial?: string | undefined
  /** Code of the licence's type. */
  readonly type?: string | undefined
  /** Of its definition; 1 unless said. */
  readonly typeVersion?: number | undefined
  readonly claims?: Claims | undefined
  readonly text?: string | undefined
}

/** A material of a case. */
export interface CaseMaterial {
  readonly code: string
  readonly name: BothTexts
  readonly sources: readonly string[]
  readonly deferDays: number | null
  readonly promise: BothTexts | null
  /** Codes of the parts that need it. */
  readonly parts: readonly string[]
  readonly way: MaterialWay | null
  readonly dueDay?: string | null | undefined
  readonly reminder?: 'none' | 'soon' | 'late' | null | undefined
  readonly evidence?: Evidence | undefined
}

/** A department at a visit. */
export interface CaseVisit {
  readonly id: string
  readonly day: string
  readonly part: string
  readonly passed: boolean | null
  readonly findings: string | null
}

/** A visit that is set and not over, whosever it is. */
export interface PlannedVisit {
  readonly id: string
  readonly day: string
  /** Of the departments that go. */
  readonly offices: readonly BothTexts[]
}

/** What else there is of the matter for the same applicant and place; an `id` of what the viewer's organisation may open. */
export interface Alike {
  readonly cases: readonly {
    readonly id?: string | undefined
    readonly number: string | null
    readonly state: CaseState
    readonly officeName: BothTexts
  }[]
  readonly licences: readonly {
    readonly id?: string | undefined
    readonly typeName: BothTexts
    readonly serial: string
    readonly status: 'valid' | 'suspended'
  }[]
}

/** What was done. */
export interface TakenStep {
  readonly part: string
  readonly action: string
  readonly by: string | null
  readonly doer: 'staff' | 'citizen' | 'server'
  readonly reason: string | null
  readonly at: number
}

/** A field of the one form. */
export interface CaseField extends GuideField {
  /** Codes of the parts that were decided by it: it stays as it is. */
  readonly fixedBy: readonly string[]
}

/** A case. */
export interface CaseFile {
  readonly id: string
  readonly matter: string
  readonly name: BothTexts
  readonly officeName: BothTexts
  readonly number: string | null
  readonly state: CaseState
  readonly version: number
  readonly channel: 'counter' | 'home'
  readonly trips: number
  readonly applicant?: string | undefined
  readonly createdAt: number
  readonly submittedAt: number | null
  readonly acceptedAt: number | null
  readonly closedAt: number | null
  readonly answers: Readonly<Record<string, string>>
  readonly form: Readonly<Record<string, string>>
  readonly fields: readonly CaseField[]
  readonly materials: readonly CaseMaterial[]
  readonly parts: readonly CasePart[]
  readonly visits: readonly CaseVisit[]
  readonly alike: Alike
  readonly planned: readonly PlannedVisit[]
  readonly actions: readonly string[]
  /** Of one that was not accepted: why by law, and what can be done against it. */
  readonly declined?:
    | { readonly ground?: Ground | undefined; readonly objection: BothTexts }
    | undefined
  readonly steps: readonly TakenStep[]
}
