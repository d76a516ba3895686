/** Error codes in the holder's words: the wallet's own first, then those every face shares. */
import { type ErrorCode, Fault } from '@onetrip/codec'
import { reasonFor } from '@onetrip/ui'
import { type WalletMessage, w, walletMessages } from './words.ts'

/** What to tell the holder about a code, in the current language. */
export function explain(code: ErrorCode): string {
  const key = `error.${code}`
  return isOwn(key) ? w(key) : reasonFor(code)
}

/** The code of what was thrown; a fault of the program itself is thrown on. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof Fault) {
    return error.code
  }
  throw error
}

function isOwn(key: string): key is WalletMessage {
  return Object.hasOwn(walletMessages['zh-CN'], key)
}
