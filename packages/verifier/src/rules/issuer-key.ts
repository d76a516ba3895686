/** ARCHITECTURE §4: a key is scoped by issuer, use and environment; keys in headers are ignored. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'

/** The issuer has an issuing key with the named kid: `key/unknown`, also when no kid is given. */
export const issuerKey: Rule = {
  id: 'issuer-key',
  clause: 'ARCHITECTURE §4',
  needs: ['issuer'],
  check({ namedKeys }) {
    if (namedKeys.length === 0) throw fault('key/unknown')
  },
}
