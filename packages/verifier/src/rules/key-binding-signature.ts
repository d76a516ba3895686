/** draft-ietf-spice-sd-cwt §8 and RFC 9901 §7.3: the holder's key signed what is shown. */
import { fault } from '@onetrip/codec'
import type { Rule } from '../rule.ts'

/**
 * The key in the credential signed this presentation of it: `key-binding/signature`,
 * `key-binding/sd-hash`, `signature/format`, `algorithm/not-allowed`.
 */
export const keyBindingSignature: Rule = {
  id: 'key-binding-signature',
  clause: 'RFC 9901 §7.3',
  needs: ['key-binding', 'algorithm'],
  check({ keyBinding }) {
    if (keyBinding.code === 'signature/invalid') throw fault('key-binding/signature')
    if (keyBinding.code !== undefined) throw fault(keyBinding.code)
  },
}
