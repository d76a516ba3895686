/** Whether what was sealed is still what it was, by the checks on an impression and on the whole file. */

import { type Check, type ImpressionVerdict, type RuleId, severityOf } from '@onetrip/verifier'

/** `unknown` where the impression itself is not confirmed, or where nobody can say. */
export type Change = 'no' | 'yes' | 'unknown'

/** The rules that compare the file with what was sealed; those on a PDF are asked of a PDF only. */
const SAME: readonly RuleId[] = [
  'digest',
  'length',
  'pades-signature',
  'later-seals',
  'pdf-findings',
  'pdf-appearance',
]

/** Answers for one impression; `fileChecks` are those on the whole file. */
export function changeSince(
  { checks, stated }: Pick<ImpressionVerdict, 'checks' | 'stated'>,
  fileChecks: readonly Check[],
): Change {
  const compared = [...fileChecks, ...checks].filter(({ id }) => SAME.includes(id))
  if (compared.some(({ code }) => code !== undefined && severityOf(code) === 'invalid'))
    return 'yes'
  const isSame = compared.length > 0 && compared.every(({ outcome }) => outcome === 'passed')
  return isSame && stated !== undefined ? 'no' : 'unknown'
}
