/** draft-ietf-oauth-status-list §8.3, ARCHITECTURE §11: the maker of a seal says what became of it. */
import { fault } from '@onetrip/codec'
import type { SealSubject } from '../impression-subject.ts'
import { type Rule, SEAL_STATED } from '../rule.ts'

/** The maker's own list is at hand and whole: `status/unavailable`, `status/issuer-mismatch`. */
export const sealStatusList: Rule<SealSubject> = {
  id: 'seal-status-list',
  clause: 'draft-ietf-oauth-status-list §8.3',
  needs: SEAL_STATED,
  check({ statusList }) {
    if (statusList.code !== undefined) throw fault(statusList.code)
  },
}
