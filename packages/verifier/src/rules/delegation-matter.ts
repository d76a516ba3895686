/** ARCHITECTURE §3: a delegation is for one matter. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** The holder let somebody answer for the matter of this request: `delegation/matter`. */
export const delegationMatter: Rule = {
  id: 'delegation-matter',
  clause: 'ARCHITECTURE §3',
  needs: SIGNED,
  check({ presentation, delegated }) {
    const matter = presentation.keyBinding?.matter
    if (matter === undefined || matter !== delegated?.matter) throw fault('delegation/matter')
  },
}
