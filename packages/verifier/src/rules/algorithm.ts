/** RFC 9053 §2, RFC 8725 §3.1: the key's record says which algorithm it is for. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'

/** The named key is for the algorithm the signature claims: `algorithm/not-allowed`. */
export const algorithm: Rule = {
  id: 'algorithm',
  clause: 'RFC 8725 §3.1',
  needs: ['issuer-key'],
  check({ candidateKeys }) {
    if (candidateKeys.length === 0) throw fault('algorithm/not-allowed')
  },
}
