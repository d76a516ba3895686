/** What went wrong with a case, in the words of whoever brings it. */
import type { ErrorCode } from '@onetrip/codec'
import { explain } from '../error-words.ts'
import { hasCaseWords, wc } from '../words-cases.ts'

/** Words for a code, in the current language. */
export function explainCase(code: ErrorCode): string {
  const key = `error.${code}`
  return hasCaseWords(key) ? wc(key) : explain(code)
}
