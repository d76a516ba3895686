/** ARCHITECTURE §3: the caller says which modes it accepts. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED, type Subject } from '../rule.ts'

/** The way it is shown is one the caller takes: `presentation/mode`. */
export const mode: Rule<Pick<Subject, 'mode' | 'accept'>> = {
  id: 'mode',
  clause: 'ARCHITECTURE §3',
  needs: SIGNED,
  check({ mode, accept }) {
    if (mode === undefined || !accept.includes(mode)) throw fault('presentation/mode')
  },
}
