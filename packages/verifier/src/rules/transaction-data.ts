/** OpenID4VP 1.0 §8.4, §B.3.3.1: the holder's key signs the transaction data of the request, and no other. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** The key binding has the hashes of this request's transaction data in their order: `key-binding/transaction-data`. */
export const transactionData: Rule = {
  id: 'transaction-data',
  clause: 'OpenID4VP 1.0 §B.3.3.1',
  needs: [...SIGNED, 'audience', 'nonce'],
  check({ presentation, request }) {
    const expected = request?.transactionHashes ?? []
    const given = presentation.keyBinding?.transactionHashes ?? []
    const isSame =
      given.length === expected.length && given.every((hash, at) => hash === expected[at])
    if (!isSame) throw fault('key-binding/transaction-data')
  },
}
