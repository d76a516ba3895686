/** ARCHITECTURE §5: another jurisdiction is recognised for the licence types that our recognition list names (互认). */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** A licence of another jurisdiction is of a type accepted from it: `recognition/type-not-accepted`; ours pass. */
export const recognition: Rule = {
  id: 'recognition',
  clause: 'ARCHITECTURE §5',
  needs: [...SIGNED, 'type'],
  check({ recognition, type }) {
    if (recognition === undefined) return
    if (type === undefined || !recognition.types.includes(type.typeCode)) {
      throw fault('recognition/type-not-accepted')
    }
  },
}
