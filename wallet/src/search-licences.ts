/** Finding licences by a word of what their cards say. */
import type { HeldLicence } from './held-licence.ts'
import { wordsOf } from './search-words.ts'

/** The licences in whose type, number, holder or issuer every word of a search occurs. */
export function searchedLicences(
  licences: readonly HeldLicence[],
  search: string,
): readonly HeldLicence[] {
  const isFound = wordsOf(search)
  return licences.filter(({ summary }) => {
    const { typeName, number, holder, issuer } = summary
    return isFound([typeName['zh-CN'], typeName.en, number, holder, issuer['zh-CN'], issuer.en])
  })
}
