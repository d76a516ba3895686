/** ARCHITECTURE §11: what was appended behind a seal counts as nothing when it is one more seal, signed as such. */
import { fault } from '@onetrip/codec'
import type { PdfSealSubject } from '../pdf-seal-subject.ts'
import type { Rule } from '../rule.ts'

/** Each later update is a seal whose signatures hold; else it is like any other: `pdf/other-revision`. */
export const laterSeals: Rule<PdfSealSubject> = {
  id: 'later-seals',
  clause: 'ARCHITECTURE §11',
  needs: [],
  check({ areLaterSealed }) {
    if (!areLaterSealed) throw fault('pdf/other-revision')
  },
}
