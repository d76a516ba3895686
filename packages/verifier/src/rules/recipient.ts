/** DESIGN §3: a copy is made out to an office, or to a name. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** What stands before a name the holder wrote, in place of an office id. */
export const NAME_PREFIX = 'name:'

/**
 * The copy was made out to this office: `presentation/recipient`. One made out to a written name is
 * for a person to compare: `presentation/recipient-by-name`.
 */
export const recipient: Rule = {
  id: 'recipient',
  clause: 'DESIGN §3',
  needs: SIGNED,
  check({ presentation, office }) {
    const audience = presentation.keyBinding?.audience
    if (audience?.startsWith(NAME_PREFIX)) throw fault('presentation/recipient-by-name')
    if (office === undefined || audience !== office) throw fault('presentation/recipient')
  },
}
