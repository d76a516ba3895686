/** OpenID4VP 1.0 §5.10: a request that was fetched by POST was made for this fetch. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'
import { CLIENT_SIGNED, type VpRequestSubject } from '../vp-request-subject.ts'

/** The request holds the nonce that the wallet sent, if it sent one: `request/nonce`. */
export const walletNonce: Rule<VpRequestSubject> = {
  id: 'wallet-nonce',
  clause: 'OpenID4VP 1.0 §5.10',
  needs: CLIENT_SIGNED,
  check({ request, sentWalletNonce }) {
    if (sentWalletNonce !== undefined && request.walletNonce !== sentWalletNonce) {
      throw fault('request/nonce')
    }
  },
}
