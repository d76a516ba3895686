/** ARCHITECTURE §3: a second scan at the same counter is a replay. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** The caller has not seen this presentation before: `presentation/replayed`. */
export const replay: Rule = {
  id: 'replay',
  clause: 'ARCHITECTURE §3',
  needs: SIGNED,
  check({ presentation, seen }) {
    for (const id of seen) {
      if (id === presentation.keyBinding?.presentationId) throw fault('presentation/replayed')
    }
  },
}
