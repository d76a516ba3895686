/** draft-ietf-oauth-status-list §7.1: what the maker's list says of a seal. */
import { type ErrorCode, fault } from '@onetrip/codec'
import { sealStatus as statusOfSeal } from '@onetrip/seal'
import type { SealSubject } from '../impression-subject.ts'
import { type Rule, SEAL_STATED } from '../rule.ts'

/** What the maker does to a seal. */
const TAKEN_BACK: readonly ErrorCode[] = ['seal/suspended', 'seal/revoked']

/**
 * The seal is neither suspended nor revoked: `seal/suspended`, `seal/revoked`, `status/unknown-value`, `status/index`. An
 * old list still revokes. What becomes of a seal later does not undo what is proven to have been sealed before.
 */
export const sealStatus: Rule<SealSubject> = {
  id: 'seal-status',
  clause: 'draft-ietf-oauth-status-list §7.1',
  needs: [...SEAL_STATED, 'seal-status-list'],
  check({ seal, statusList, sealedBefore }) {
    const code = statusOfSeal(seal, statusList.value)
    if (code === undefined || (sealedBefore !== undefined && TAKEN_BACK.includes(code))) return
    throw fault(code)
  },
}
