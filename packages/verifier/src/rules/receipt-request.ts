/** ARCHITECTURE §3: a receipt is for one request. */
import { equalBytes, fault } from '@onetrip/codec'
import { DEVICE_SIGNED } from '../device-subject.ts'
import type { ReceiptSubject } from '../receipt-subject.ts'
import type { Rule } from '../rule.ts'

/** The receipt names the request by the digest of the whole, its matter, and its client if it came over the network: `receipt/request`. */
export const receiptRequest: Rule<ReceiptSubject> = {
  id: 'receipt-request',
  clause: 'ARCHITECTURE §3',
  needs: DEVICE_SIGNED,
  check({ receipt, request }) {
    const isSame =
      request !== undefined &&
      equalBytes(receipt.request, request.digest) &&
      receipt.matter === request.matter &&
      receipt.client === request.client
    if (!isSame) throw fault('receipt/request')
  },
}
