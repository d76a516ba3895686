/** ARCHITECTURE §3: what a matter cannot go on without is there. */
import { fault } from '@onetrip/codec'
import type { MaterialSubject } from '../answer-subject.ts'
import { type Rule, SIGNED } from '../rule.ts'

/** A required material is shown, and what is shown discloses what was asked of it: `answer/missing`. */
export const answerComplete: Rule<MaterialSubject> = {
  id: 'answer-complete',
  clause: 'ARCHITECTURE §3',
  needs: [...SIGNED, 'type', 'claims'],
  check({ want, isShown, missing }) {
    if (isShown ? missing.length > 0 : want.required) throw fault('answer/missing')
  },
}
