/** What a holder's key signs when a credential is shown; one shape for both securings. */
import { type ErrorCode, Fault, fault, type PublicKey } from '@onetrip/codec'
import { isMatterCode } from './counter-certificate.ts'

/** The modes a key binding can sign. */
export const BOUND_MODES = ['requested', 'live', 'copy', 'delegate'] as const

/** A mode that a key binding can sign. */
export type BoundMode = (typeof BOUND_MODES)[number]

/** How something is shown (ARCHITECTURE "Five ways to show"). */
export type Mode = BoundMode | 'document' | 'paper'

/** A parsed key binding; nothing in it is trusted before `verify`. */
export interface KeyBinding {
  /** The mode that was signed; `undefined` in a foreign wallet's. */
  readonly mode: BoundMode | undefined
  readonly audience: string
  /** Unix seconds; left out in an mdoc's, which states no time. */
  readonly issuedAt?: number
  /** Unix seconds; the end of a copy or a delegation. */
  readonly expiresAt?: number
  /** KB-JWT: the text as received. SD-CWT: `cnonce` as lower-case hexadecimal. */
  readonly nonce?: string
  /** What a copy is for. */
  readonly purpose?: string
  /** Of OpenID4VP: SHA-256 of each text of the request's transaction data, base64url. */
  readonly transactionHashes?: readonly string[]
  /** Code of the matter that a delegation is for. */
  readonly matter?: string
  /** Lower-case hexadecimal SHA-256 of what was signed, never of the signature, which may be malleable. */
  readonly presentationId: string
  /**
   * Verifies the signature under the holder's key and, in a KB-JWT, `sd_hash`. Throws
   * `key-binding/signature`, `key-binding/sd-hash`, `signature/format`.
   */
  readonly verify: (key: PublicKey) => Promise<void>
}

/** A copy says what it is for, a delegation for which matter: one that does not is `key-binding/format`. */
export function assertStatesUse(keyBinding: Pick<KeyBinding, 'mode' | 'purpose' | 'matter'>): void {
  const { mode, purpose, matter } = keyBinding
  if (mode === 'copy' && purpose === undefined) throw fault('key-binding/format')
  const isForMatter = matter !== undefined && isMatterCode(matter)
  if (mode === 'delegate' && !isForMatter) throw fault('key-binding/format')
}

const SIGNATURE_FAULTS: readonly ErrorCode[] = ['signature/invalid', 'algorithm/not-allowed']

/** Runs a signature check; a signature that is not the holder key's is `key-binding/signature`. */
export async function asKeyBindingCheck(check: Promise<void>): Promise<void> {
  try {
    await check
  } catch (error) {
    if (error instanceof Fault && SIGNATURE_FAULTS.includes(error.code)) {
      throw fault('key-binding/signature')
    }
    throw error
  }
}
