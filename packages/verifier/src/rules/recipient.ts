/** ARCHITECTURE §3: a copy is made out to an office, or to a name. */
import { fault } from '@onetrip/codec'
import { NAMED_RECIPIENT } from '@onetrip/credential'
import { type Rule, SIGNED } from '../rule.ts'

/**
 * The copy was made out to this office: `presentation/recipient`, also when it names nobody. One made
 * out to a written name is for a person to compare: `presentation/recipient-by-name`.
 */
export const recipient: Rule = {
  id: 'recipient',
  clause: 'ARCHITECTURE §3',
  needs: SIGNED,
  check({ presentation, office }) {
    const audience = presentation.keyBinding?.audience
    if (audience === NAMED_RECIPIENT) throw fault('presentation/recipient')
    if (audience?.startsWith(NAMED_RECIPIENT)) throw fault('presentation/recipient-by-name')
    if (office === undefined || audience !== office) throw fault('presentation/recipient')
  },
}
