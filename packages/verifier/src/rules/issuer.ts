/** ARCHITECTURE §4, §5: who may issue stands in our trust list, or in one that ours recognise, nowhere else. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'

/** The issuer the credential names stands in a trust list that counts: `issuer/unknown`. */
export const issuer: Rule = {
  id: 'issuer',
  clause: 'ARCHITECTURE §4',
  needs: [],
  check({ agency }) {
    if (agency === undefined) throw fault('issuer/unknown')
  },
}
