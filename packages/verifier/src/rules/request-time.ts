/** RFC 8392 §3.1.4, ARCHITECTURE §3: a request lives five minutes. */
import { fault } from '@onetrip/codec'
import { ASKER_SIGNED } from '../request-signed.ts'
import type { AskedSubject } from '../request-subject.ts'
import type { Rule } from '../rule.ts'

/** How far a request or a receipt may seem to come from the future: the devices' clocks are not one. */
export const AHEAD_SECONDS = 60

/** The request is not over: `request/expired`; one from the future says that the clocks differ: `clock/differs`. */
export const requestTime: Rule<AskedSubject> = {
  id: 'request-time',
  clause: 'ARCHITECTURE §3',
  needs: [...ASKER_SIGNED, 'clock-floor'],
  check({ request, now }) {
    if (now >= request.expiresAt) throw fault('request/expired')
    if (request.issuedAt > now + AHEAD_SECONDS) throw fault('clock/differs')
  },
}
