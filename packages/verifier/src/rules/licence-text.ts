/** ARCHITECTURE §4: a comparison that could not be made is no comparison that was passed. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** The text of the pages could be read: `document/facts-not-compared`. */
export const licenceText: Rule = {
  id: 'licence-text',
  clause: 'ARCHITECTURE §4',
  needs: SIGNED,
  check({ pageText }) {
    if (pageText.code !== undefined) throw fault(pageText.code)
  },
}
