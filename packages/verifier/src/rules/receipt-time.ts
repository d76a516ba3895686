/** ARCHITECTURE §3: a receipt was given before it is looked at. */
import { fault } from '@onetrip/codec'
import { DEVICE_SIGNED } from '../device-subject.ts'
import type { ReceiptSubject } from '../receipt-subject.ts'
import type { Rule } from '../rule.ts'
import { AHEAD_SECONDS } from './request-time.ts'

/** The receipt does not come from the future: `clock/differs`. */
export const receiptTime: Rule<ReceiptSubject> = {
  id: 'receipt-time',
  clause: 'ARCHITECTURE §3',
  needs: [...DEVICE_SIGNED, 'clock-floor'],
  check({ receipt, now }) {
    if (receipt.issuedAt > now + AHEAD_SECONDS) throw fault('clock/differs')
  },
}
