/** ARCHITECTURE §4: an old status list makes amber, then grey, by a policy per type. */
import { fault } from '@onetrip/codec'
import { assertFresh, freshnessPolicy } from '../freshness-policy.ts'
import { type Rule, SIGNED_AND_CLOCK } from '../rule.ts'

/** The status list is fresh: `status/stale`, then `status/expired`, also past the list's `exp`. */
export const statusFreshness: Rule = {
  id: 'status-freshness',
  clause: 'ARCHITECTURE §4',
  needs: [...SIGNED_AND_CLOCK, 'type', 'status-list'],
  check(subject) {
    const list = subject.statusList.value
    const policy = freshnessPolicy(subject)
    if (list === undefined || policy === undefined) throw fault('status/unavailable')
    assertFresh({ list, now: subject.now, policy })
  },
}
