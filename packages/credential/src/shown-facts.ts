/** What a licence says to people, row by row: its number, the claims that are disclosed, its period. */
import type { DisclosedClaim } from './licence-claims.ts'
import { validityText } from './shown-text.ts'
import type { DisplayText } from './type-definition.ts'

/** One row: what it is, and what it says. */
export interface ShownFact {
  /** `serial`, `validity`, or the claim's name. */
  readonly name: string
  readonly label: DisplayText
  readonly text: DisplayText
}

/** The part of a licence that is shown in rows. */
export interface ShownLicence {
  readonly serial: string
  readonly validFrom: string
  readonly validTo?: string | undefined
  readonly claims: readonly DisclosedClaim[]
}

const SERIAL: DisplayText = { 'zh-CN': '证照编号', en: 'Number' }
const VALIDITY: DisplayText = { 'zh-CN': '有效期', en: 'Validity' }

/** The rows of a licence; pictures of characters belong to their text and have no row of their own. */
export function shownFacts(licence: ShownLicence): readonly ShownFact[] {
  const { serial } = licence
  const claims = licence.claims.flatMap(({ name, display, format, text }) =>
    format === 'glyphs' ? [] : [{ name, label: display, text }],
  )
  return [
    { name: 'serial', label: SERIAL, text: { 'zh-CN': serial, en: serial } },
    ...claims,
    { name: 'validity', label: VALIDITY, text: validityText(licence) },
  ]
}
