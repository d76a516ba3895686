/** ARCHITECTURE §3: a receipt is for one answer, and says of it what it discloses. */
import { equalBytes, fault } from '@onetrip/codec'
import type { ReceiptMaterial } from '@onetrip/credential'
import { DEVICE_SIGNED } from '../device-subject.ts'
import type { ReceiptSubject } from '../receipt-subject.ts'
import type { Rule } from '../rule.ts'

/**
 * The receipt names the answer's bytes, and each licence and disclosure in it: `receipt/answer`; what cannot be read of the
 * answer gives its own code. With this the holder proves what they agreed to.
 */
export const receiptAnswer: Rule<ReceiptSubject> = {
  id: 'receipt-answer',
  clause: 'ARCHITECTURE §3',
  needs: DEVICE_SIGNED,
  check({ receipt, answer }) {
    if (answer === undefined || !equalBytes(receipt.answer, answer.digest)) {
      throw fault('receipt/answer')
    }
    if (answer.shown.code !== undefined) throw fault(answer.shown.code)
    const shown = answer.shown.value
    const isSame =
      shown.length === receipt.shown.length &&
      shown.every((material, at) => isSameMaterial(material, receipt.shown[at]))
    if (!isSame) throw fault('receipt/answer')
  },
}

function isSameMaterial(a: ReceiptMaterial, b: ReceiptMaterial | undefined): boolean {
  if (a.material !== b?.material || a.type !== b.type || a.issuer !== b.issuer) return false
  if (a.claims.length !== b.claims.length) return false
  return a.claims.every(({ name, digest }, at) => {
    const other = b.claims[at]
    return other !== undefined && other.name === name && equalBytes(other.digest, digest)
  })
}
