/** ARCHITECTURE §4: an old status list makes amber, then grey; for seals by the general policy. */
import { fault } from '@onetrip/codec'
import { DEFAULT_TRUST_FRESHNESS } from '@onetrip/credential'
import { assertFresh, stricterPolicy } from '../freshness-policy.ts'
import type { SealSubject } from '../impression-subject.ts'
import { type Rule, SEAL_STATED } from '../rule.ts'

/**
 * The maker's list is fresh: `status/stale`, then `status/expired`, also past the list's `exp`. A caller's policy only
 * tightens the general one.
 */
export const sealStatusFreshness: Rule<SealSubject> = {
  id: 'seal-status-freshness',
  clause: 'ARCHITECTURE §4',
  needs: [...SEAL_STATED, 'clock-floor', 'seal-status-list'],
  check({ statusList, now, policy }) {
    const list = statusList.value
    if (list === undefined) throw fault('status/unavailable')
    assertFresh({ list, now, policy: stricterPolicy(DEFAULT_TRUST_FRESHNESS, policy) })
  },
}
