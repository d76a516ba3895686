/** ARCHITECTURE §5: matters are those of the catalogue. */
import { fault } from '@onetrip/codec'
import { ASKER_SIGNED } from '../request-signed.ts'
import type { AskedSubject } from '../request-subject.ts'
import type { Rule } from '../rule.ts'

/** The catalogue has the matter: `request/matter-unknown`. */
export const matter: Rule<AskedSubject> = {
  id: 'matter',
  clause: 'ARCHITECTURE §5',
  needs: ASKER_SIGNED,
  check({ matter }) {
    if (matter === undefined) throw fault('request/matter-unknown')
  },
}
