/**
 * Several people's licences in one wallet (a child's, a parent's, a company's): by holder, so that the
 * right person's licence is shown.
 */
import type { HeldLicence } from './held-licence.ts'

/** The licences of one holder. */
export interface HolderGroup {
  /** As the licences name the holder. */
  readonly holder: string
  /** Pictures of rare characters in the name, in base64url, where one of the licences has them. */
  readonly pictures: string | undefined
  readonly licences: readonly HeldLicence[]
}

/** Groups licences by holder in the order they come in: the group of the most used one first. */
export function holderGroups(licences: readonly HeldLicence[]): readonly HolderGroup[] {
  const holders = new Set(licences.map(({ summary }) => summary.holder))
  return [...holders].map((holder) => {
    const theirs = licences.filter(({ summary }) => summary.holder === holder)
    const pictured = theirs.find(({ summary }) => summary.holderPictures !== undefined)
    return { holder, pictures: pictured?.summary.holderPictures, licences: theirs }
  })
}
