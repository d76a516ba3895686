/** What the rules on an answer look at: the request, what was shown as which of its materials, and what was not asked. */
import {
  type OfficeRequest,
  type TypeDefinition,
  type Want,
  wantServedBy,
} from '@onetrip/credential'
import { type PlanName, planFor } from './plans.ts'
import type { Reading } from './read-input.ts'
import type { Subject } from './rule.ts'
import { gatherSubject, type Question } from './subject.ts'
import type { Verdict } from './verdict.ts'
import { unread, verdictAbout } from './verify.ts'

/** What was asked, as far as an answer is judged by it. */
export type AskedRequest = Pick<
  OfficeRequest,
  'office' | 'matter' | 'issuedAt' | 'expiresAt' | 'wants'
>

/** What the rules on the whole look at. */
export interface AnswerSubject {
  readonly request: AskedRequest
  /** Unix seconds. */
  readonly now: number
  /** How many licences were shown that were not asked. */
  readonly unasked: number
}

/** What the rules on one wanted material look at. */
export interface MaterialSubject {
  readonly want: Want
  /** Whether a licence was shown as it. */
  readonly isShown: boolean
  /** Names of disclosed claims that were not asked. */
  readonly beyond: readonly string[]
  /** Names of claims that were asked, that every licence of the type states, and that stayed hidden. */
  readonly missing: readonly string[]
}

/** A presentation of an answer, judged by itself. */
export interface ShownPart {
  /** Code of the material that it names. */
  readonly material: string | undefined
  readonly verdict: Verdict
  /** By what it says of itself; what is not proven cannot be relied on. */
  readonly type: TypeDefinition | undefined
}

/** Judges a presentation of an answer as every other; a delegation of a delegate's answer by whose it is, and for what. */
export async function judgePart(
  reading: Reading & { readonly material: string | undefined },
  question: Question,
): Promise<ShownPart> {
  const { presentation, checks, material } = reading
  if (presentation === undefined) {
    return { material, verdict: unread(checks, question), type: undefined }
  }
  const subject = await gatherSubject(presentation, question)
  const verdict = verdictAbout(subject, { checks, plan: partPlan(subject) })
  return { material, verdict, type: subject.type }
}

function partPlan({ mode, delegated }: Subject): PlanName {
  return mode === 'delegate' && delegated !== undefined ? 'delegated' : planFor(mode)
}

/**
 * The want that a presentation is shown as; none for a licence that was not asked. One that is not proven to be a licence fails
 * where it was put.
 */
export function wantFor(
  { material, verdict, type }: ShownPart,
  wants: readonly Want[],
): Want | undefined {
  const served = type && wantServedBy(wants, type.typeCode)
  const named = wants.find((want) => want.material === material)
  if (verdict.licences.length === 0) return material === undefined ? (served ?? wants[0]) : named
  const want = material === undefined ? served : named
  return want?.options.some((option) => option.type === type?.typeCode) ? want : undefined
}

/** Holds what was shown against what was asked. */
export function materialSubject(want: Want, part: ShownPart | undefined): MaterialSubject {
  const licence = part?.verdict.licences[0]
  const asked = want.options.find(({ type }) => type === part?.type?.typeCode)?.claims ?? []
  const definitions = part?.type?.claims ?? []
  const disclosed = licence?.claims ?? []
  return {
    want,
    isShown: part !== undefined,
    beyond: disclosed
      .filter(({ name, of }) => {
        const isPublic = definitions.some((claim) => claim.name === name && claim.sd === 'never')
        return !isPublic && !asked.includes(of ?? name)
      })
      .map(({ name }) => name),
    missing: definitions
      .filter(({ name, mandatory }) => mandatory && asked.includes(name))
      .map(({ name }) => name)
      .filter((name) => !disclosed.some((claim) => claim.name === name)),
  }
}
