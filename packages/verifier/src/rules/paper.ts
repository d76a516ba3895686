/** ARCHITECTURE §3: the best verdict on a paper licence is amber. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** Paper never proves who holds it: always `presentation/paper`, ask for identity. */
export const paper: Rule = {
  id: 'paper',
  clause: 'ARCHITECTURE §3',
  needs: SIGNED,
  check() {
    throw fault('presentation/paper')
  },
}
