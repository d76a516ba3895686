/** draft-ietf-oauth-status-list §8.3, ARCHITECTURE §2: the credential's own issuer says its status. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** The issuer's own list is at hand and whole: `status/unavailable`, `status/issuer-mismatch`. */
export const statusList: Rule = {
  id: 'status-list',
  clause: 'draft-ietf-oauth-status-list §8.3',
  needs: SIGNED,
  check({ statusList }) {
    if (statusList.code !== undefined) throw fault(statusList.code)
  },
}
