/** ARCHITECTURE §5: the trust list says what each key may issue. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** The issuer's key may issue this type: `issuer/type-not-allowed`; a key that names none may none. */
export const typeAllowed: Rule = {
  id: 'type-allowed',
  clause: 'ARCHITECTURE §5',
  needs: [...SIGNED, 'type'],
  check({ issuerKey, type }) {
    const allowed = issuerKey.value?.types ?? []
    if (type === undefined || !allowed.includes(type.typeCode)) {
      throw fault('issuer/type-not-allowed')
    }
  },
}
