/** Numbers of bytes in words. */

import { language } from '../language.ts'
import { td } from './document-words.ts'

/** `1,234 字节`, `1,234 bytes`. */
export function formatBytes(count: number): string {
  return td('bytes', { count: new Intl.NumberFormat(language.value).format(count) })
}
