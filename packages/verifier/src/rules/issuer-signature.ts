/** RFC 9052 §4.4 and RFC 7515 §5.2, over the bytes as received. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'

/** The issuer's key signed these bytes: `signature/invalid`, `signature/format`. */
export const issuerSignature: Rule = {
  id: 'issuer-signature',
  clause: 'RFC 9052 §4.4',
  needs: ['algorithm'],
  check({ issuerKey }) {
    if (issuerKey.code !== undefined) throw fault(issuerKey.code)
  },
}
