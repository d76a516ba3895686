/** ARCHITECTURE §3: no claim is taken that was not asked for. */
import { fault } from '@onetrip/codec'
import type { MaterialSubject } from '../answer-subject.ts'
import { type Rule, SIGNED } from '../rule.ts'

/** The licence discloses what was asked and what is public by law, no more: `answer/unasked`; the rest is not told. */
export const answerClaims: Rule<MaterialSubject> = {
  id: 'answer-claims',
  clause: 'ARCHITECTURE §3',
  needs: [...SIGNED, 'type', 'claims'],
  check({ beyond }) {
    if (beyond.length > 0) throw fault('answer/unasked')
  },
}
