/** ARCHITECTURE §2: every version of every type definition stays in the trust data. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** The definition of the licence's type, in its version, is known: `type/unknown`. */
export const type: Rule = {
  id: 'type',
  clause: 'ARCHITECTURE §2',
  needs: SIGNED,
  check({ type }) {
    if (type === undefined) throw fault('type/unknown')
  },
}
