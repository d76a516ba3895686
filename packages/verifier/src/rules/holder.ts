/** ARCHITECTURE §10 WA06: a wallet keeps only what is bound to its own key. */
import { fault, samePublicKey } from '@onetrip/codec'
import type { Rule } from '../rule.ts'

/** The credential is bound to the wallet's key: `holder/mismatch`. */
export const holder: Rule = {
  id: 'holder',
  clause: 'RFC 8747 §3.1',
  needs: ['issuer-signature'],
  check({ presentation, expectedHolder }) {
    const { holderKey } = presentation.claims
    if (holderKey === undefined || expectedHolder === undefined) throw fault('holder/mismatch')
    if (!samePublicKey(holderKey, expectedHolder)) throw fault('holder/mismatch')
  },
}
