/** As what a delegate's own licence stands among what was shown. */
import type { DisplayText } from '@onetrip/credential'

/** Code and name; no matter of the catalogue has such a material. */
export const DELEGATE_MATERIAL: { readonly code: string; readonly name: DisplayText } = {
  code: 'delegate',
  name: { 'zh-CN': '代办人', en: 'Delegate' },
}
