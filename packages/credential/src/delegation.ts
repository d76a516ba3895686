/**
 * A delegation (代办): a holder lets another person's key answer for one matter with chosen claims of one licence, until a day
 * within 90. It is a key binding of mode `delegate` whose `aud` names that key. Made from a copy of the credential that is shown
 * nowhere else, it has that copy's status entry to itself: given in advance, read offline, and taken back without touching the rest.
 */
import { decodeSign1, fault, jwkThumbprint, type PublicKey } from '@onetrip/codec'
import { codeText } from './budgets.ts'
import { isMatterCode } from './counter-certificate.ts'
import { endOfUse } from './end-of-use.ts'
import { DELEGATE_KEY } from './labels.ts'
import { choiceOf, type LiveInput, presentSdCwt } from './present.ts'
import { parseSdCwt } from './sd-cwt.ts'

/** Base64url of 32 bytes: its last character holds four bits. */
const DELEGATE_CODE = /^key:[\w-]{42}[AEIMQUYcgkosw048]$/

/** A delegation to make. */
export interface DelegationInput extends LiveInput {
  /** {@link delegateCode} of the delegate's key. */
  readonly delegate: string
  /** Code of the matter. */
  readonly matter: string
  /** Last calendar day of the delegation, Asia/Shanghai. */
  readonly endDay: string
}

/** How a delegate's key is named: `key:` and its SHA-256 thumbprint (RFC 7638) as base64url, 47 characters. */
export function delegateCode(key: PublicKey): string {
  return DELEGATE_KEY + jwkThumbprint(key)
}

/** Whether a text names a delegate's key. */
export function isDelegateCode(text: string): boolean {
  return DELEGATE_CODE.test(text)
}

/**
 * Makes a delegation. Throws `key/format` (no delegate's key), `delegation/too-long` (more than 90 days from today, or past the
 * credential's end), `delegation/expired` (a last day before today), `claim/unknown`, `time/format`, and what parsing the
 * credential throws; `TypeError` for what is no code of a matter.
 */
export async function makeDelegation(input: DelegationInput): Promise<Uint8Array> {
  const { delegate, matter, now } = input
  if (!isMatterCode(matter)) throw new TypeError('not the code of a matter')
  if (!isDelegateCode(delegate)) throw fault('key/format')
  const { claims } = parseSdCwt(decodeSign1(input.credential))
  const codes = { past: 'delegation/expired', tooLong: 'delegation/too-long' } as const
  const expiresAt = endOfUse({ ...input, credentialEnd: claims.expiresAt }, codes)
  const binding = {
    mode: 'delegate',
    audience: delegate,
    matter,
    issuedAt: now,
    expiresAt,
  } as const
  return presentSdCwt({ ...choiceOf(input), ...binding })
}

/** The text of a delegation's code; over 1,460 characters an animated one. */
export function delegationText(delegation: Uint8Array): string {
  return codeText('delegation', delegation)
}
