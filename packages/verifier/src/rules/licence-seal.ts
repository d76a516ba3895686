/** ARCHITECTURE §11: a licence is issued under a seal of its issuer's, which the register of its maker knows. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/**
 * The seal that is stated, if any, stands in a register (`licence-seal/unknown`), as its maker stated it (`key/*`,
 * `algorithm/not-allowed`, `signature/*`), and is the issuer's own (`licence-seal/owner`).
 */
export const licenceSeal: Rule = {
  id: 'licence-seal',
  clause: 'ARCHITECTURE §11',
  needs: SIGNED,
  check({ seal, agency }) {
    if (seal === undefined) return
    if (seal.code !== undefined) throw fault(seal.code)
    if (seal.value.facts.owner.uscc !== agency?.id) throw fault('licence-seal/owner')
  },
}
