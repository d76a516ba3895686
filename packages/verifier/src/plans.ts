/** Which rules are meant to run for which kind of input, in order (ARCHITECTURE §3, §4). */
import type { Mode } from '@onetrip/credential'
import type { Rule } from './rule.ts'
import { algorithm } from './rules/algorithm.ts'
import { answerEnd } from './rules/answer-end.ts'
import { answerTime } from './rules/answer-time.ts'
import { audience } from './rules/audience.ts'
import { claims } from './rules/claims.ts'
import { clockFloor } from './rules/clock-floor.ts'
import { copy } from './rules/copy.ts'
import { copyPeriod } from './rules/copy-period.ts'
import { credentialEnd } from './rules/credential-end.ts'
import { credentialStart } from './rules/credential-start.ts'
import { delegateKey } from './rules/delegate-key.ts'
import { delegateNamed } from './rules/delegate-named.ts'
import { delegation } from './rules/delegation.ts'
import { delegationMatter } from './rules/delegation-matter.ts'
import { delegationPeriod } from './rules/delegation-period.ts'
import { environment } from './rules/environment.ts'
import { holder } from './rules/holder.ts'
import { issuer } from './rules/issuer.ts'
import { issuerKey } from './rules/issuer-key.ts'
import { issuerSignature } from './rules/issuer-signature.ts'
import { keyBinding } from './rules/key-binding.ts'
import { keyBindingSignature } from './rules/key-binding-signature.ts'
import { keyRevocation } from './rules/key-revocation.ts'
import { keyValidity } from './rules/key-validity.ts'
import { licenceEnd } from './rules/licence-end.ts'
import { licenceFacts } from './rules/licence-facts.ts'
import { licenceSeal } from './rules/licence-seal.ts'
import { licenceSealLife } from './rules/licence-seal-life.ts'
import { licenceStart } from './rules/licence-start.ts'
import { licenceText } from './rules/licence-text.ts'
import { liveTime } from './rules/live-time.ts'
import { logReceipt } from './rules/log-receipt.ts'
import { mode } from './rules/mode.ts'
import { nonce } from './rules/nonce.ts'
import { paper } from './rules/paper.ts'
import { recipient } from './rules/recipient.ts'
import { recognition } from './rules/recognition.ts'
import { replay } from './rules/replay.ts'
import { statusFreshness } from './rules/status-freshness.ts'
import { statusList } from './rules/status-list.ts'
import { statusValue } from './rules/status-value.ts'
import { transactionData } from './rules/transaction-data.ts'
import { trustFreshness } from './rules/trust-freshness.ts'
import { type } from './rules/type.ts'
import { typeAllowed } from './rules/type-allowed.ts'

const TRUST: readonly Rule[] = [clockFloor, trustFreshness, environment]
const KEYS: readonly Rule[] = [issuer, issuerKey, algorithm]
const ISSUED: readonly Rule[] = [issuerSignature, keyValidity, keyRevocation]
const BOUND: readonly Rule[] = [keyBinding, ...ISSUED, keyBindingSignature]
const ANSWERED: readonly Rule[] = [transactionData, answerTime, answerEnd, replay]
const REQUESTED: readonly Rule[] = [mode, audience, nonce, ...ANSWERED]
const DELEGATED: readonly Rule[] = [delegateKey, delegationMatter, delegationPeriod]
const LICENCE: readonly Rule[] = [
  type,
  typeAllowed,
  recognition,
  claims,
  credentialStart,
  credentialEnd,
  licenceStart,
  licenceEnd,
  statusList,
  statusFreshness,
  statusValue,
  logReceipt,
  licenceSeal,
  licenceSealLife,
]

/** Kinds of input, each with the rules that are meant to run after `limits` and `format`. */
export type PlanName =
  | 'unread'
  | 'unbound'
  | 'received'
  | 'issued'
  | 'requested'
  | 'live'
  | 'copy'
  | 'delegation'
  | 'delegate'
  | 'delegated'
  | 'paper'
  | 'attached'

/** The rules of each kind, in order; every one of them appears in the verdict's checks. */
export const PLANS: Readonly<Record<PlanName, readonly Rule[]>> = {
  unread: [...TRUST, ...KEYS, ...ISSUED, mode, ...LICENCE],
  unbound: [...TRUST, ...KEYS, keyBinding, ...ISSUED, mode, ...LICENCE],
  received: [...TRUST, ...KEYS, ...ISSUED, holder, ...LICENCE],
  issued: [...TRUST, ...KEYS, ...ISSUED, ...LICENCE],
  requested: [...TRUST, ...KEYS, ...BOUND, ...REQUESTED, ...LICENCE],
  live: [...TRUST, ...KEYS, ...BOUND, mode, audience, liveTime, replay, ...LICENCE],
  copy: [...TRUST, ...KEYS, ...BOUND, mode, copyPeriod, recipient, ...LICENCE, copy],
  delegation: [...TRUST, ...KEYS, ...BOUND, mode, delegationPeriod, ...LICENCE, delegation],
  delegate: [...TRUST, ...KEYS, ...BOUND, ...REQUESTED, ...LICENCE, delegateNamed],
  delegated: [...TRUST, ...KEYS, ...BOUND, mode, ...DELEGATED, replay, ...LICENCE],
  paper: [...TRUST, ...KEYS, ...ISSUED, mode, ...LICENCE, paper],
  attached: [...TRUST, ...KEYS, ...ISSUED, mode, ...LICENCE, licenceText, licenceFacts, paper],
}

const BY_MODE: Readonly<Record<Mode, PlanName>> = {
  requested: 'requested',
  live: 'live',
  copy: 'copy',
  delegate: 'delegation',
  paper: 'paper',
  document: 'unread',
}

/** The plan for a way of showing; without a mode it is a credential without key binding. */
export function planFor(mode: Mode | undefined): PlanName {
  return mode === undefined ? 'unbound' : BY_MODE[mode]
}
