/** ARCHITECTURE §3: the holder's keys signed for this office and this request, whole. */
import { fault } from '@onetrip/codec'
import { DEVICE_SIGNED } from '../device-subject.ts'
import type { ReceiptSubject } from '../receipt-subject.ts'
import type { Rule } from '../rule.ts'

/**
 * Each licence of the answer is bound by its holder's key to the receipt's office and request, over the network to the client that the
 * receipt names: `key-binding/missing`,
 * `key-binding/audience`, `key-binding/nonce`, `key-binding/signature`, `key-binding/sd-hash`; in a delegate's answer that is the
 * delegate's own, and each other one is let to their key for the matter: `delegation/delegate`, `delegation/matter`,
 * `delegation/expired`. With this, and the request that the receipt names, the office proves that the holder agreed.
 */
export const receiptAgreement: Rule<ReceiptSubject> = {
  id: 'receipt-agreement',
  clause: 'ARCHITECTURE §3',
  needs: [...DEVICE_SIGNED, 'receipt-answer'],
  check({ answer }) {
    if (answer?.agreement.code !== undefined) throw fault(answer.agreement.code)
  },
}
