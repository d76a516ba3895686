/** ARCHITECTURE §5: the catalogue says the most that may be asked for a matter. */
import { fault } from '@onetrip/codec'
import { ASKER_SIGNED } from '../request-signed.ts'
import type { AskedSubject } from '../request-subject.ts'
import type { Rule } from '../rule.ts'

/** Every licence and claim may be asked as its material: `request/over-asking`. */
export const requestWants: Rule<AskedSubject> = {
  id: 'request-wants',
  clause: 'ARCHITECTURE §5',
  needs: [...ASKER_SIGNED, 'matter'],
  check({ overAsking }) {
    if (overAsking.length > 0) throw fault('request/over-asking')
  },
}
