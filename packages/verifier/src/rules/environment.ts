/** ARCHITECTURE §10 T3: a test environment's trust data say nothing in production. */
import { fault } from '@onetrip/codec'
import type { Rule, TrustSubject } from '../rule.ts'

/** The trust data are of the environment this verifier works for: `trust/wrong-environment`. */
export const environment: Rule<TrustSubject> = {
  id: 'environment',
  clause: 'ARCHITECTURE §4',
  needs: [],
  check({ environment, trust }) {
    if (environment !== undefined && environment !== trust.environment) {
      throw fault('trust/wrong-environment')
    }
  },
}
