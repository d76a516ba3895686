/**
 * The key binding token of an SD-CWT (draft-ietf-spice-sd-cwt §8): a COSE_Sign1 by the holder whose protected
 * header carries the whole SD-CWT in `kcwt`; mode and purpose are private claims.
 */
import {
  type Algorithm,
  buildSign1,
  type CborKey,
  type CborMap,
  CborTag,
  type CborValue,
  decodeCbor,
  decodeSign1,
  encodeCbor,
  encodeSign1,
  fault,
  isBytes,
  isMap,
  type Mutable,
  parseNumericDate,
  type Sign1,
  type Sign1Draft,
  sha256Hex,
  sign1FromValue,
  signSign1,
  sigStructure,
  toHex,
  verifySigned,
} from '@onetrip/codec'
import { unprotectedHeader } from './cwt-headers.ts'
import type { KeyBindingInput } from './kb-jwt.ts'
import {
  asKeyBindingCheck,
  assertStatesUse,
  BOUND_MODES,
  type BoundMode,
  type KeyBinding,
} from './key-binding.ts'
import { CLAIM, HEADER, MODE_NUMBERS, TYP } from './labels.ts'
import { isPlainText } from './licence-claims.ts'

const SIGN1_TAG = 18
/** Of Ed25519 and of ECDSA with P-256 alike (RFC 9053 §2). */
const SIGNATURE_BYTES = 64
const KB_CWT_TYPES: readonly unknown[] = [TYP.kbCwt, 'application/kb+cwt']

/** What the holder's key signs. */
type BindingClaims = Omit<KeyBindingInput, 'signer'> & CborBinding

/** What only the CBOR form states. */
export interface CborBinding {
  /** The request's nonce, mode `requested`. */
  readonly nonce?: Uint8Array
  /** Code of the matter that a delegation is for. */
  readonly matter?: string
  /** Delegations, each with its material: with them it is a delegate's answer, no presentation. */
  readonly delegated?: readonly CborValue[]
  /** Of the log, for the credential inside. */
  readonly receipts?: readonly Uint8Array[] | undefined
}

/** A parsed key binding token. */
export interface BoundSdCwt {
  /** The SD-CWT inside, not parsed further. */
  readonly sdCwt: Sign1
  readonly keyBinding: KeyBinding
}

/** Decodes a COSE_Sign1 whose header may hold another one. */
export function decodeOuterSign1(bytes: Uint8Array): Sign1 {
  return decodeSign1(bytes, { tags: [SIGN1_TAG] })
}

/** Whether a COSE_Sign1 says that it is a key binding token. */
export function isCwtKeyBinding(sign1: Sign1): boolean {
  return KB_CWT_TYPES.includes(sign1.protectedHeader.get(HEADER.typ))
}

/** Whether a COSE_Sign1 says that it is a delegate's answer. */
export function isDelegatedAnswer(sign1: Sign1): boolean {
  return sign1.protectedHeader.get(HEADER.typ) === TYP.delegatedAnswer
}

/**
 * Parses a key binding token. Throws `key-binding/type` (another `typ`), `key-binding/format` (no SD-CWT, `iss`
 * or `sub`, a claim that is missing or of a wrong type), `delegation/chained` (a delegation of what was delegated),
 * `time/format`, and what decoding throws.
 */
export function parseCwtKeyBinding(sign1: Sign1): BoundSdCwt {
  if (!isCwtKeyBinding(sign1)) throw fault('key-binding/type')
  return readCwtKeyBinding(sign1)
}

/** What {@link parseCwtKeyBinding} reads, whatever `typ` says. */
export function readCwtKeyBinding(sign1: Sign1): BoundSdCwt {
  const inner = sign1.protectedHeader.get(HEADER.kcwt)
  if (inner === undefined) throw fault('key-binding/format')
  const payload = decodeCbor(sign1.payload)
  if (!isMap(payload)) throw fault('key-binding/format')
  if (payload.has(CLAIM.iss) || payload.has(CLAIM.sub)) throw fault('key-binding/format')
  const issuedAt = payload.get(CLAIM.iat)
  const expiresAt = payload.get(CLAIM.exp)
  const nonce = payload.get(CLAIM.cnonce)
  const purpose = payload.get(CLAIM.purpose)
  const matter = payload.get(CLAIM.matter)
  if (issuedAt === undefined) throw fault('key-binding/format')
  const signedBytes = sigStructure(sign1)
  const keyBinding: Mutable<KeyBinding> = {
    mode: modeIn(payload.get(CLAIM.mode)),
    audience: textIn(payload.get(CLAIM.aud)),
    issuedAt: parseNumericDate(issuedAt),
    presentationId: sha256Hex(signedBytes),
    verify: (key) => asKeyBindingCheck(verifySigned(sign1, signedBytes, key)),
  }
  if (expiresAt !== undefined) keyBinding.expiresAt = parseNumericDate(expiresAt)
  if (nonce !== undefined) keyBinding.nonce = nonceIn(nonce)
  if (purpose !== undefined) keyBinding.purpose = textIn(purpose)
  if (matter !== undefined) keyBinding.matter = textIn(matter)
  assertStatesUse(keyBinding)
  if (keyBinding.mode === 'delegate' || isDelegatedAnswer(sign1)) assertOwn(inner)
  return { sdCwt: sign1FromValue(inner), keyBinding }
}

/** Signs a key binding token around an SD-CWT with the chosen disclosures. */
export function bindSdCwt(
  sdCwt: Sign1,
  disclosures: readonly Uint8Array[],
  input: BindingClaims & Pick<KeyBindingInput, 'signer'>,
): Promise<Uint8Array> {
  return signSign1({ ...bindingDraft(sdCwt, disclosures, input), signer: input.signer })
}

/** How many bytes {@link bindSdCwt} makes with a key of the algorithm; nothing is signed. */
export function boundSdCwtBytes(
  sdCwt: Sign1,
  disclosures: readonly Uint8Array[],
  input: BindingClaims & { readonly algorithm: Algorithm },
): number {
  const { algorithm } = input
  const { protectedHeader, payload } = bindingDraft(sdCwt, disclosures, input)
  const { protectedBytes } = buildSign1({ protectedHeader, payload, algorithm })
  const signature = new Uint8Array(SIGNATURE_BYTES)
  return encodeSign1({ protectedBytes, payload, signature }).length
}

function bindingDraft(
  sdCwt: Sign1,
  disclosures: readonly Uint8Array[],
  input: BindingClaims,
): Omit<Sign1Draft, 'algorithm'> {
  const { protectedBytes, payload, signature } = sdCwt
  const parts = [protectedBytes, unprotectedHeader(disclosures, input.receipts), payload, signature]
  const protectedHeader = new Map<CborKey, CborValue>([
    [HEADER.kcwt, new CborTag(SIGN1_TAG, parts)],
    [HEADER.typ, input.delegated === undefined ? TYP.kbCwt : TYP.delegatedAnswer],
  ])
  return { protectedHeader, payload: encodeCbor(keyBindingClaims(input)) }
}

function keyBindingClaims(input: BindingClaims): CborMap {
  const claims = new Map<CborKey, CborValue>([
    [CLAIM.aud, input.audience],
    [CLAIM.iat, input.issuedAt],
    [CLAIM.mode, MODE_NUMBERS[input.mode]],
  ])
  if (input.expiresAt !== undefined) claims.set(CLAIM.exp, input.expiresAt)
  if (input.nonce !== undefined) claims.set(CLAIM.cnonce, input.nonce)
  if (input.purpose !== undefined) claims.set(CLAIM.purpose, input.purpose)
  if (input.matter !== undefined) claims.set(CLAIM.matter, input.matter)
  if (input.delegated !== undefined) claims.set(CLAIM.delegated, input.delegated)
  return claims
}

/** Who acts by a delegation holds no licence by it: what they sign around is a credential of their own. */
function assertOwn(inner: CborValue): void {
  const sign1 = sign1FromValue(inner, { tags: [SIGN1_TAG] })
  if (isCwtKeyBinding(sign1) || isDelegatedAnswer(sign1)) throw fault('delegation/chained')
}

function modeIn(value: CborValue | undefined): BoundMode | undefined {
  if (value === undefined) return undefined
  const mode = BOUND_MODES.find((name) => MODE_NUMBERS[name] === value)
  if (mode === undefined) throw fault('key-binding/format')
  return mode
}

function textIn(value: CborValue | undefined): string {
  if (typeof value !== 'string' || value === '') throw fault('key-binding/format')
  if (!isPlainText(value)) throw fault('key-binding/format')
  return value
}

function nonceIn(value: CborValue): string {
  if (!isBytes(value)) throw fault('key-binding/format')
  return toHex(value)
}
