/** ARCHITECTURE §4: who may issue stands in the trust list, nowhere else. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'

/** The issuer the credential names stands in the trust list: `issuer/unknown`. */
export const issuer: Rule = {
  id: 'issuer',
  clause: 'ARCHITECTURE §4',
  needs: [],
  check({ agency }) {
    if (agency === undefined) throw fault('issuer/unknown')
  },
}
