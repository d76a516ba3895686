/** draft-ietf-oauth-status-list §7.1: what the maker's list says of a seal. */
import { fault } from '@onetrip/codec'
import { sealStatus as statusOfSeal } from '@onetrip/seal'
import type { SealSubject } from '../impression-subject.ts'
import { type Rule, SEAL_STATED } from '../rule.ts'

/**
 * The seal is neither suspended nor revoked: `seal/suspended`, `seal/revoked`, `status/unknown-value`, `status/index`. An
 * old list still revokes.
 */
export const sealStatus: Rule<SealSubject> = {
  id: 'seal-status',
  clause: 'draft-ietf-oauth-status-list §7.1',
  needs: [...SEAL_STATED, 'seal-status-list'],
  check({ seal, statusList }) {
    const code = statusOfSeal(seal, statusList.value)
    if (code !== undefined) throw fault(code)
  },
}
