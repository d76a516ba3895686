/** ARCHITECTURE §2: the type's definition says which claims there are, and what each may hold. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** The disclosed claims fit the definition: `claim/format`, `claim/missing`, `claim/unknown`. */
export const claims: Rule = {
  id: 'claims',
  clause: 'ARCHITECTURE §2',
  needs: [...SIGNED, 'type'],
  check({ claims }) {
    if (claims.code !== undefined) throw fault(claims.code)
  },
}
