/** ARCHITECTURE §3: a verdict on a delegate's answer names both people. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** The delegate's own licence is a person's, and discloses their name: `delegation/unnamed`. */
export const delegateNamed: Rule = {
  id: 'delegate-named',
  clause: 'ARCHITECTURE §3',
  needs: [...SIGNED, 'type', 'claims'],
  check({ type, claims }) {
    const isNamed = claims.value?.some(({ name }) => name === type?.holder.name)
    if (type?.about !== 'person' || isNamed !== true) throw fault('delegation/unnamed')
  },
}
