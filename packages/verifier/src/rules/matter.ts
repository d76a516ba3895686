/** ARCHITECTURE §5: matters are those of the catalogue. */
import { fault } from '@onetrip/codec'
import { DEVICE_SIGNED } from '../device-subject.ts'
import type { RequestSubject } from '../request-subject.ts'
import type { Rule } from '../rule.ts'

/** The catalogue has the matter: `request/matter-unknown`. */
export const matter: Rule<RequestSubject> = {
  id: 'matter',
  clause: 'ARCHITECTURE §5',
  needs: DEVICE_SIGNED,
  check({ matter }) {
    if (matter === undefined) throw fault('request/matter-unknown')
  },
}
