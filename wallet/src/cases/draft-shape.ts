/** Drafts as they lie on the disk: what is damaged, or a later version's, counts as nothing. */
import type { Texts } from './case-api.ts'

/** A matter that is being prepared. */
export interface MatterDraft {
  readonly format: 1
  /** Of the case once it is begun: a retry begins nothing anew. */
  readonly id: string
  readonly office?: string
  readonly answers: Texts
}

/** A draft of this version; undefined for anything else. */
export function parseDraft(value: unknown): MatterDraft | undefined {
  return isDraft(value) ? value : undefined
}

/** Values of a form; none for anything else. */
export function parseValues(value: unknown): Texts {
  return isTexts(value) ? value : {}
}

function isDraft(value: unknown): value is MatterDraft {
  if (typeof value !== 'object' || value === null) return false
  const { format, id, office, answers } = value as Readonly<Record<string, unknown>>
  const isOffice = office === undefined || typeof office === 'string'
  return format === 1 && typeof id === 'string' && isOffice && isTexts(answers)
}

function isTexts(value: unknown): value is Texts {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === 'string')
  )
}
