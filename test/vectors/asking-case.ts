/** One case about a request, an answer, a receipt or a delegation before it is a file. */
import type { AskingInput } from './asking-verdicts.ts'

/** A case before it is a file. */
export interface AskingCase {
  readonly name: string
  readonly clause: string
  readonly why: string
  readonly now?: number
  readonly input: AskingInput
  readonly outcome: 'valid' | 'caution' | 'invalid' | 'unverifiable'
  readonly code?: string
}

/** What is expected, and when. */
export type Judged = Pick<AskingCase, 'outcome' | 'code' | 'now'> & {
  readonly more?: Partial<AskingInput>
}

/** Green. */
export const valid: Judged = { outcome: 'valid' }
/** Red, by this code. */
export const red = (code: string, more: Omit<Judged, 'outcome' | 'code'> = {}): Judged => ({
  outcome: 'invalid',
  code,
  ...more,
})
/** Grey, by this code. */
export const grey = (code: string, more: Omit<Judged, 'outcome' | 'code'> = {}): Judged => ({
  ...red(code, more),
  outcome: 'unverifiable',
})
/** Amber, by this code. */
export const amber = (code: string, more: Omit<Judged, 'outcome' | 'code'> = {}): Judged => ({
  ...red(code, more),
  outcome: 'caution',
})

/** A case from its bytes in hexadecimal. */
export function caseOf(
  kind: AskingInput['kind'],
  of: { readonly name: string; readonly why: string; readonly hex: string } & Judged,
): AskingCase {
  const { name, why, hex, outcome, code, now, more } = of
  return {
    name,
    clause: 'ARCHITECTURE §3',
    why,
    ...(now === undefined ? {} : { now }),
    input: { trust: 'asking', kind, hex, ...more },
    outcome,
    ...(code === undefined ? {} : { code }),
  }
}
