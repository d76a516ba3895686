/** RFC 9901 §7.3: where key binding is required, its absence is refused first. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'

/** The credential is shown by its holder: `key-binding/missing`. */
export const keyBinding: Rule = {
  id: 'key-binding',
  clause: 'RFC 9901 §7.3',
  needs: [],
  check({ presentation }) {
    if (presentation.keyBinding === undefined) throw fault('key-binding/missing')
  },
}
