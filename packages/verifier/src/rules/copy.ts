/** ARCHITECTURE §3: the best verdict on a copy is amber. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** A copy never proves who holds it: always `presentation/copy`, ask for identity. */
export const copy: Rule = {
  id: 'copy',
  clause: 'ARCHITECTURE §3',
  needs: SIGNED,
  check() {
    throw fault('presentation/copy')
  },
}
