/** The wallet's receiving check (ARCHITECTURE §3): a credential from its issuer, bound to the wallet's key. */
import type { ErrorCode } from '@onetrip/codec'
import type { Presentation } from '@onetrip/credential'
import { ran } from './judge.ts'
import type { ReceivedOptions } from './options.ts'
import { readInput } from './read-input.ts'
import { format } from './rules/format.ts'
import { limits } from './rules/limits.ts'
import type { Question } from './subject.ts'
import type { Verdict } from './verdict.ts'
import { unread, verdictOn } from './verify.ts'

/**
 * Verifies what an issuer handed out: every rule but those of showing, and that it is bound to
 * `holderKey` (`holder/mismatch`). One that already holds a key binding is
 * `sd-jwt/unexpected-key-binding`; a paper code is `credential/wrong-type`.
 */
export async function verifyReceived(options: ReceivedOptions): Promise<Verdict> {
  const { credential, holderKey, trust, now, policy, environment } = options
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
    expectedHolder: holderKey,
    receipts: undefined,
    readText: undefined,
  }
  const { presentation, checks } = readInput(credential)
  if (presentation === undefined) return unread(checks, question)
  const unfit = unfitCode(presentation)
  if (unfit !== undefined) return unread([ran(limits), ran(format, unfit)], question)
  return verdictOn({ presentation, checks, plan: 'received', question })
}

function unfitCode({ kind, keyBinding }: Presentation): ErrorCode | undefined {
  if (kind === 'paper') return 'credential/wrong-type'
  return keyBinding === undefined ? undefined : 'sd-jwt/unexpected-key-binding'
}
