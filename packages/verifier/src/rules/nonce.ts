/** RFC 9901 §7.3, draft-ietf-spice-sd-cwt (cnonce): this request, not an earlier one. */
import { fault } from '@onetrip/codec'
import { type Rule, SIGNED } from '../rule.ts'

/** A requested answer carries the request's nonce: `key-binding/nonce`. */
export const nonce: Rule = {
  id: 'nonce',
  clause: 'RFC 9901 §7.3',
  needs: [...SIGNED, 'audience'],
  check({ presentation, request }) {
    const given = presentation.keyBinding?.nonce
    if (given === undefined || given !== request?.nonce) throw fault('key-binding/nonce')
  },
}
