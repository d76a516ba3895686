/** ARCHITECTURE §5: the catalogue says where a matter may be brought. */
import { fault } from '@onetrip/codec'
import { DEVICE_SIGNED } from '../device-subject.ts'
import type { RequestSubject } from '../request-subject.ts'
import type { Rule } from '../rule.ts'

/** The matter may be brought to the office that asks: `request/office`. */
export const matterOffice: Rule<RequestSubject> = {
  id: 'matter-office',
  clause: 'ARCHITECTURE §5',
  needs: [...DEVICE_SIGNED, 'matter'],
  check({ matter, request }) {
    if (matter?.offices.includes(request.office) !== true) throw fault('request/office')
  },
}
