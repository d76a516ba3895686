/** ARCHITECTURE §3: the best verdict on a delegation by itself is amber. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** A delegation never proves who holds it: always `presentation/delegation`, the delegate has to answer a request with it. */
export const delegation: Rule = {
  id: 'delegation',
  clause: 'ARCHITECTURE §3',
  needs: SIGNED,
  check() {
    throw fault('presentation/delegation')
  },
}
