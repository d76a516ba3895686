/** What the head of a verdict on a file says, where that is not what it says on a code. */

import type { DocumentVerdict } from '@onetrip/verifier'
import type { VerdictHead } from '../verdict-words.ts'

/** The head; a file is no paper, whatever the code that it carries was made for. */
export function documentHead({
  outcome,
  reason,
}: Pick<DocumentVerdict, 'outcome' | 'reason'>): VerdictHead {
  return reason === undefined || reason === 'presentation/paper' ? { outcome } : { outcome, reason }
}
