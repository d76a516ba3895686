/** ARCHITECTURE §11: what becomes of a seal later does not undo what was issued under it before. */
import { fault } from '@onetrip/codec'
import { HOUR_SECONDS, issuedAtOf } from '../issued-at.ts'
import { type Rule, SIGNED } from '../rule.ts'

/**
 * The seal that is stated, if any, was in its period and in use when the credential was issued: `seal/not-yet-valid`,
 * `seal/expired`, `seal/suspended`, `seal/revoked`. `iat` is rounded down to the hour, so any second of that hour may have been
 * the one, and the first in which all is well decides.
 */
export const licenceSealLife: Rule = {
  id: 'licence-seal-life',
  clause: 'ARCHITECTURE §11',
  needs: [...SIGNED, 'licence-seal'],
  check(subject) {
    if (subject.seal?.value === undefined) return
    const { facts, entry } = subject.seal.value
    const earliest = issuedAtOf(subject)
    const latest = earliest + HOUR_SECONDS - 1
    if (Math.max(facts.validFrom, facts.issuedAt) > latest) throw fault('seal/not-yet-valid')
    if (facts.validTo < earliest) throw fault('seal/expired')
    if (entry.state === 'in-use' || entry.since > earliest) return
    throw fault(entry.state === 'suspended' ? 'seal/suspended' : 'seal/revoked')
  },
}
