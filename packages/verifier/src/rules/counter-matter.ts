/** ARCHITECTURE §5: a certificate names the matters that its device may act in. */
import { fault } from '@onetrip/codec'
import { DEVICE_SIGNED } from '../device-subject.ts'
import type { RequestSubject } from '../request-subject.ts'
import type { Rule } from '../rule.ts'

/** The certificate names the matter: `request/matter`; one that names none lets the device verify, and ask nothing. */
export const counterMatter: Rule<RequestSubject> = {
  id: 'counter-matter',
  clause: 'ARCHITECTURE §5',
  needs: DEVICE_SIGNED,
  check({ counter, request }) {
    if (counter.value?.matters.includes(request.matter) !== true) throw fault('request/matter')
  },
}
