/** What the holder's key makes of a credential: a presentation with the chosen claims and a key binding. */
import { type Algorithm, decodeSign1, fault, type Random, toBase64url } from '@onetrip/codec'
import { type CodeKind, codeCharacters, codeText, MAX_CODE_CHARACTERS } from './budgets.ts'
import type { CborDisclosure } from './cbor-disclosures.ts'
import { endOfUse } from './end-of-use.ts'
import { bindSdCwt, boundSdCwtBytes, type CborBinding } from './kb-cwt.ts'
import { bindSdJwt, type KeyBindingInput } from './kb-jwt.ts'
import { LIVE_AUDIENCE, NAMED_RECIPIENT } from './labels.ts'
import { isPlainText } from './licence-claims.ts'
import { assertReceipts } from './log-receipts.ts'
import { parseSdCwt } from './sd-cwt.ts'
import { openSdJwt } from './sd-jwt.ts'
import type { TypeDefinition } from './type-definition.ts'

const NONCE_BYTES = 16

/** What is shown. */
export interface DisclosureChoice<Credential> {
  /** As issued, with all its disclosures. */
  readonly credential: Credential
  readonly type: TypeDefinition
  /** Claim names; claims that are always shown need not be named, those not in the credential are passed over. */
  readonly disclose: readonly string[]
}

/** What is shown of an SD-CWT, and what goes with it. */
export interface CborChoice extends DisclosureChoice<Uint8Array> {
  /** Receipts of the log to carry, two at most; those that stand in the credential are left out. */
  readonly receipts?: readonly Uint8Array[] | undefined
}

/** An SD-CWT presentation to make. */
export interface SdCwtPresentationInput extends CborChoice, KeyBindingInput, CborBinding {}

/** An SD-JWT presentation to make; one of `nonce` and `random` is needed. */
export interface SdJwtPresentationInput extends DisclosureChoice<string>, KeyBindingInput {
  /** The request's nonce, mode `requested`. */
  readonly nonce?: string
  /** Makes the nonce of the other modes. */
  readonly random?: Random
  /** Of OpenID4VP: texts of the request's transaction data, as received. */
  readonly transactionData?: readonly string[]
}

/** A live code to make. */
export interface LiveInput extends CborChoice, Pick<KeyBindingInput, 'signer'> {
  /** Unix seconds. */
  readonly now: number
}

/** What decides which defaults fit a live code. */
export interface LiveDefaultsInput extends Omit<DisclosureChoice<Uint8Array>, 'disclose'> {
  /** Of the holder's key. */
  readonly algorithm: Algorithm
}

/** One licence for the answer to a counter's own request. */
export interface RequestedInput extends LiveInput {
  /** Of the office. */
  readonly audience: string
  /** `requestDigest` of its request. */
  readonly nonce: Uint8Array
}

/** A copy (加注件) to make. */
export interface CopyInput extends LiveInput {
  /** An office of the trust list, or a name in the holder's words. */
  readonly recipient: { readonly office: string } | { readonly name: string }
  /** What the copy is for. */
  readonly purpose: string
  /** Last calendar day of the copy, Asia/Shanghai. */
  readonly endDay: string
}

/**
 * Presents an SD-CWT: a key binding token around it. Throws `claim/unknown` for a name the type does not
 * have, and what `parseSdCwt` throws; `TypeError` for more receipts than two.
 */
export async function presentSdCwt(input: SdCwtPresentationInput): Promise<Uint8Array> {
  assertReceipts(input.receipts ?? [])
  const { sign1, disclosures } = parseSdCwt(decodeSign1(input.credential))
  return bindSdCwt(sign1, bytesOf(chosenDisclosures(disclosures, input)), input)
}

/**
 * Presents an SD-JWT VC with a KB-JWT. Throws `claim/unknown` for a name the type does not have, what
 * `openSdJwt` throws; `TypeError` without `nonce` and without `random`.
 */
export async function presentSdJwt(input: SdJwtPresentationInput): Promise<string> {
  const nonce = input.nonce ?? freshNonce(input.random)
  const { presented, keyBindingText, disclosures } = openSdJwt(input.credential)
  if (keyBindingText !== undefined) throw fault('sd-jwt/unexpected-key-binding')
  const names = new Set<unknown>(chosenClaims(input).map((claim) => claim.name))
  const chosen = disclosures.filter((disclosure) => names.has(disclosure.name))
  const signed = presented.slice(0, presented.indexOf('~') + 1)
  const text = chosen.map((disclosure) => `${disclosure.text}~`).join('')
  return bindSdJwt(signed + text, { ...input, nonce })
}

/**
 * The text of a live code, for 30 s at most; over 1,249 characters it is that of an animated code (`codeText`). One of what
 * is public by law alone, or with pictures of characters, may have 1,853: there is less to leave out.
 */
export async function presentLive(input: LiveInput): Promise<string> {
  const { sign1, disclosures } = parseSdCwt(decodeSign1(input.credential))
  const chosen = chosenDisclosures(disclosures, input)
  const { signer, now, type, receipts = [] } = input
  assertReceipts(receipts)
  const binding = {
    mode: 'live',
    audience: LIVE_AUDIENCE,
    issuedAt: now,
    signer,
    receipts,
  } as const
  return codeText(liveKind(chosen, type), await bindSdCwt(sign1, bytesOf(chosen), binding))
}

/**
 * Names of the selectable claims that a live code discloses unless the holder says otherwise: the type's defaults that
 * the credential holds, in the definition's order, each left out that would not fit 1,249 characters beside those before
 * it. Throws what `parseSdCwt` throws.
 */
export function liveDefaults(input: LiveDefaultsInput): readonly string[] {
  const { type, algorithm } = input
  const { sign1, claims, disclosures } = parseSdCwt(decodeSign1(input.credential))
  const held = new Set<unknown>(disclosures.map((disclosure) => disclosure.key))
  // Any time of this century takes as many bytes.
  const issuedAt = claims.expiresAt
  const binding = { mode: 'live', audience: LIVE_AUDIENCE, issuedAt, algorithm } as const
  const fits = (disclose: readonly string[]): boolean => {
    const chosen = chosenDisclosures(disclosures, { type, disclose })
    const characters = codeCharacters(boundSdCwtBytes(sign1, bytesOf(chosen), binding))
    return characters <= MAX_CODE_CHARACTERS[liveKind(chosen, type)]
  }
  let names: readonly string[] = []
  for (const claim of type.claims) {
    if (!claim.default || claim.sd === 'never' || !held.has(claim.key)) continue
    const more = [...names, claim.name]
    if (fits(more)) names = more
  }
  return names
}

/** One licence for the answer to a request. Throws as {@link presentSdCwt} does. */
export function presentRequested(input: RequestedInput): Promise<Uint8Array> {
  const { audience, nonce, now } = input
  const binding = { mode: 'requested', audience, nonce, issuedAt: now } as const
  return presentSdCwt({ ...choiceOf(input), ...binding })
}

/**
 * The text of a copy; over 1,451 characters it is that of an animated code (`codeText`), and nothing for paper. Recipient's
 * name and purpose become NFC. Throws `copy/too-long` (more than 90 days from today, or past the credential's end),
 * `presentation/copy-expired` (a last day before today), `claim/format` (an empty purpose or name, or one with characters
 * that are not seen), `time/format`.
 */
export async function makeCopy(input: CopyInput): Promise<string> {
  const { claims } = parseSdCwt(decodeSign1(input.credential))
  const codes = { past: 'presentation/copy-expired', tooLong: 'copy/too-long' } as const
  const expiresAt = endOfUse({ ...input, credentialEnd: claims.expiresAt }, codes)
  const audience = copyAudience(input.recipient)
  const purpose = plainText(input.purpose)
  const binding = { mode: 'copy', audience, purpose, issuedAt: input.now, expiresAt } as const
  return codeText('copy', await presentSdCwt({ ...choiceOf(input), ...binding }))
}

/** The `aud` of a copy: an office identifier, or `name:` and a name in NFC. Throws `claim/format`. */
export function copyAudience(recipient: CopyInput['recipient']): string {
  if ('office' in recipient) return plainText(recipient.office)
  return NAMED_RECIPIENT + plainText(recipient.name)
}

function chosenClaims({
  type,
  disclose,
}: Omit<DisclosureChoice<unknown>, 'credential'>): TypeDefinition['claims'] {
  const names = new Set(disclose)
  const known = type.claims.filter((claim) => names.has(claim.name))
  if (known.length !== names.size) throw fault('claim/unknown')
  // Pictures go with the text whose characters they are, and never alone.
  return type.claims.filter((claim) => names.has(claim.of ?? claim.name))
}

function chosenDisclosures(
  disclosures: readonly CborDisclosure[],
  choice: Omit<DisclosureChoice<unknown>, 'credential'>,
): readonly CborDisclosure[] {
  const keys = new Set<unknown>(chosenClaims(choice).map((claim) => claim.key))
  return disclosures.filter((disclosure) => keys.has(disclosure.key))
}

function liveKind(chosen: readonly CborDisclosure[], type: TypeDefinition): CodeKind {
  const keys = new Set(chosen.map((disclosure) => disclosure.key))
  const hasPictures = type.claims.some((claim) => claim.of !== undefined && keys.has(claim.key))
  return chosen.length === 0 || hasPictures ? 'liveGrown' : 'live'
}

function bytesOf(disclosures: readonly CborDisclosure[]): readonly Uint8Array[] {
  return disclosures.map((disclosure) => disclosure.bytes)
}

/** What is shown, and with whose key. */
export function choiceOf({
  credential,
  type,
  disclose,
  signer,
  receipts,
}: LiveInput): CborChoice & Pick<KeyBindingInput, 'signer'> {
  return { credential, type, disclose, signer, receipts }
}

function freshNonce(random: Random | undefined): string {
  if (random === undefined) throw new TypeError('a KB-JWT needs a nonce or randomness for one')
  return toBase64url(random(NONCE_BYTES))
}

function plainText(text: string): string {
  const normal = text.normalize('NFC').trim()
  if (normal === '' || !isPlainText(normal)) throw fault('claim/format')
  return normal
}
