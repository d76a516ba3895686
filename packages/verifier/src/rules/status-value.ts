/** draft-ietf-oauth-status-list §7.1: what the list says of this index. */
import { type ErrorCode, fault } from '@onetrip/codec'
import { type LicenceStatus, statusOf } from '@onetrip/status'
import { type Rule, SIGNED } from '../rule.ts'

const REFUSED: Readonly<Record<Exclude<LicenceStatus, 'valid'> | 'unknown', ErrorCode>> = {
  revoked: 'status/revoked',
  suspended: 'status/suspended',
  unknown: 'status/unknown-value',
}

/**
 * The licence is neither suspended nor revoked: `status/revoked`, `status/suspended`,
 * `status/unknown-value`, `status/index`. An old list still revokes. The entry of a delegation is its own, so that one is
 * `delegation/revoked`, and the licence may be in force.
 */
export const statusValue: Rule = {
  id: 'status-value',
  clause: 'draft-ietf-oauth-status-list §7.1',
  needs: [...SIGNED, 'status-list'],
  check({ presentation, mode, statusList }) {
    if (statusList.value === undefined) throw fault('status/unavailable')
    const status = statusOf(statusList.value.get(presentation.claims.status.index))
    if (status === 'revoked' && mode === 'delegate') throw fault('delegation/revoked')
    if (status !== 'valid') throw fault(REFUSED[status])
  },
}
