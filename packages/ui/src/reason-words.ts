/** The words for codes in both languages, for whoever puts them before people: the faces, and the command line. */
import type { ErrorCode } from '@onetrip/codec'
import { codeWordsEn } from './code-words-en.ts'
import { codeWordsZh, type ExplainedCode } from './code-words-zh.ts'
import type { Localised } from './language.ts'

/** Whether a code has words of its own. */
export function isExplained(code: ErrorCode): code is ErrorCode & ExplainedCode {
  return Object.hasOwn(codeWordsZh, code)
}

/** Why, in both languages; nothing for a code without words of its own. */
export function reasonWords(code: ErrorCode): Localised | undefined {
  if (!isExplained(code)) return undefined
  return { 'zh-CN': codeWordsZh[code], en: codeWordsEn[code] }
}
