/** ARCHITECTURE §3: the office that asked gives the receipt. */
import { fault } from '@onetrip/codec'
import { DEVICE_SIGNED } from '../device-subject.ts'
import type { ReceiptSubject } from '../receipt-subject.ts'
import type { Rule } from '../rule.ts'

/** The receipt is of the request's office, whichever of its counters: `receipt/office`. */
export const receiptOffice: Rule<ReceiptSubject> = {
  id: 'receipt-office',
  clause: 'ARCHITECTURE §3',
  needs: DEVICE_SIGNED,
  check({ receipt, request }) {
    if (receipt.office !== request?.office) throw fault('receipt/office')
  },
}
