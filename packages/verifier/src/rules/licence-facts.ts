/** ARCHITECTURE §11: what the code in a PDF states stands on its pages. */
import { fault } from '@onetrip/codec'
import { factsMissingInText, type ShownFact, shownFacts } from '@onetrip/credential'
import { type Rule, SIGNED, type Subject } from '../rule.ts'

/** Kind of licence and every fact that the code states are in the text of the pages: `document/facts-differ`. */
export const licenceFacts: Rule = {
  id: 'licence-facts',
  clause: 'ARCHITECTURE §11',
  needs: [...SIGNED, 'type', 'claims', 'licence-text'],
  check(subject) {
    const missing = factsMissingInText(subject.pageText.value ?? '', statedFacts(subject))
    if (missing.length > 0) throw fault('document/facts-differ')
  },
}

function statedFacts({ type, claims, presentation }: Subject): readonly ShownFact[] {
  if (type === undefined || claims.value === undefined) throw fault('type/unknown')
  const { serial, validFrom, validTo } = presentation.claims
  // A title has no label before it.
  const kind = { name: 'type', label: { 'zh-CN': '', en: '' }, text: type.name }
  return [kind, ...shownFacts({ serial, validFrom, validTo, claims: claims.value })]
}
