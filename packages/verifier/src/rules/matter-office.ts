/** ARCHITECTURE §5: the catalogue says where a matter may be brought. */
import { fault } from '@onetrip/codec'
import { ASKER_SIGNED } from '../request-signed.ts'
import type { AskedSubject } from '../request-subject.ts'
import type { Rule } from '../rule.ts'

/** The matter may be brought to the office that asks: `request/office`. */
export const matterOffice: Rule<AskedSubject> = {
  id: 'matter-office',
  clause: 'ARCHITECTURE §5',
  needs: [...ASKER_SIGNED, 'matter'],
  check({ matter, request }) {
    if (matter?.offices.includes(request.office) !== true) throw fault('request/office')
  },
}
