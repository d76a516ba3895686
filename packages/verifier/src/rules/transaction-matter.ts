/** OpenID4VP 1.0 §8.4: what the holder's key is to sign is what the holder is told. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'
import { CLIENT_SIGNED, type VpRequestSubject } from '../vp-request-subject.ts'

/** Transaction data state the matter and the purpose of the request: `request/transaction-data`. */
export const transactionMatter: Rule<VpRequestSubject> = {
  id: 'transaction-matter',
  clause: 'OpenID4VP 1.0 §8.4',
  needs: CLIENT_SIGNED,
  check({ request }) {
    const isSame = request.transactions.every(
      ({ matter, purpose }) => matter === request.matter && purpose === request.purpose,
    )
    if (!isSame) throw fault('request/transaction-data')
  },
}
