/** ARCHITECTURE §3, RFC 7638: whom the holder let answer. */
import { fault } from '@onetrip/codec'
import { delegateCode } from '@onetrip/credential'
import { type Rule, SIGNED } from '../rule.ts'

/** The key that answers is the one the delegation names: `delegation/delegate`. */
export const delegateKey: Rule = {
  id: 'delegate-key',
  clause: 'RFC 7638 §3',
  needs: SIGNED,
  check({ presentation, delegated }) {
    const due = delegated && delegateCode(delegated.key)
    if (due === undefined || presentation.keyBinding?.audience !== due) {
      throw fault('delegation/delegate')
    }
  },
}
