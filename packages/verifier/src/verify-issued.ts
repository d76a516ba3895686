/** A credential as its issuer kept it: whether it is the issuer's word, as of a time. Whose it is and who shows it is not asked. */
import type { Trust } from '@onetrip/trust'
import { ran } from './judge.ts'
import type { Policy } from './options.ts'
import { readInput } from './read-input.ts'
import { format } from './rules/format.ts'
import { limits } from './rules/limits.ts'
import type { Question } from './subject.ts'
import type { Verdict } from './verdict.ts'
import { unread, verdictOn } from './verify.ts'

/** Options of `verifyIssued`. */
export interface IssuedOptions {
  /** Bytes (COSE) or the text of an SD-JWT VC. */
  readonly credential: Uint8Array | string
  readonly trust: Trust
  /** Unix seconds. */
  readonly now: number
  readonly policy?: Policy
  readonly environment?: string
}

/**
 * Verifies what lies in a file of the issuer's: every rule but those of showing and of the holder. One that holds a key binding was shown by
 * somebody, and is `sd-jwt/unexpected-key-binding`.
 */
export async function verifyIssued(options: IssuedOptions): Promise<Verdict> {
  const { credential, trust, now, policy, environment } = options
  const question: Question = {
    trust,
    now,
    accept: [],
    policy: policy ?? {},
    office: undefined,
    speaksFor: { kind: 'none' },
    request: undefined,
    delegated: undefined,
    seen: [],
    environment,
    expectedHolder: undefined,
    receipts: undefined,
    readText: undefined,
  }
  const { presentation, checks } = readInput(credential)
  if (presentation === undefined) return unread(checks, question)
  if (presentation.keyBinding !== undefined) {
    return unread([ran(limits), ran(format, 'sd-jwt/unexpected-key-binding')], question)
  }
  return verdictOn({ presentation, checks, plan: 'issued', question })
}
