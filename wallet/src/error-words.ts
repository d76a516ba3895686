/** Error codes in the holder's words: the wallet's own first, then those every face shares. */
import { type ErrorCode, Fault } from '@onetrip/codec'
import { reasonFor } from '@onetrip/ui'
import { hasErrorWords, we } from './words-error.ts'

/** What to tell the holder about a code, in the current language. */
export function explain(code: ErrorCode): string {
  const key = `error.${code}`
  return hasErrorWords(key) ? we(key) : reasonFor(code)
}

/** The code of what was thrown; a fault of the program itself is thrown on. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof Fault) {
    return error.code
  }
  throw error
}
