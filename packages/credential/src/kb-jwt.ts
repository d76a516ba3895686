/** The KB-JWT of an SD-JWT (RFC 9901 §4.3), with OneTrip's mode and purpose as private claims. It delegates nothing: no matter. */
import {
  decodeJws,
  fault,
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  parseNumericDate,
  type Signer,
  sha256,
  sha256Base64url,
  signJws,
  toHex,
  utf8Encode,
  verifyJws,
} from '@onetrip/codec'
import {
  asKeyBindingCheck,
  assertStatesUse,
  BOUND_MODES,
  type BoundMode,
  type KeyBinding,
} from './key-binding.ts'
import { JOSE_TYP } from './labels.ts'
import { isPlainText } from './licence-claims.ts'
import { MAX_TRANSACTIONS, transactionHash } from './openid4vp-transaction.ts'

const TRANSACTION_HASH = 'sha-256'

/** What a key binding states. */
export interface KeyBindingInput {
  readonly mode: BoundMode
  readonly audience: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Unix seconds; the end of a copy or a delegation. */
  readonly expiresAt?: number
  /** What a copy is for. */
  readonly purpose?: string
  readonly signer: Signer
}

/**
 * Parses a KB-JWT that follows `presented`, the text up to and including the last `~`. Throws
 * `key-binding/type` (another `typ`), `key-binding/format` (a claim that is missing or of a wrong type),
 * `time/format`, and what decoding throws.
 */
export function parseJwtKeyBinding(text: string, presented: string): KeyBinding {
  const jws = decodeJws(text)
  if (jws.header['typ'] !== JOSE_TYP.keyBinding) throw fault('key-binding/type')
  const payload = parseJson(jws.payload)
  if (!isObject(payload)) throw fault('key-binding/format')
  const { iat, exp, onetrip_mode: mode, onetrip_purpose: purpose } = payload
  const sdHash = textIn(payload['sd_hash'])
  const transactionHashes = transactionHashesIn(payload)
  if (iat === undefined) throw fault('key-binding/format')
  const keyBinding: KeyBinding = {
    mode: modeIn(mode),
    audience: plainTextIn(payload['aud']),
    issuedAt: parseNumericDate(iat),
    ...(exp === undefined ? {} : { expiresAt: parseNumericDate(exp) }),
    nonce: textIn(payload['nonce']),
    ...(purpose === undefined ? {} : { purpose: plainTextIn(purpose) }),
    ...(transactionHashes === undefined ? {} : { transactionHashes }),
    presentationId: toHex(sha256(utf8Encode(jws.signingInput))),
    verify: async (key) => {
      await asKeyBindingCheck(verifyJws(jws, key))
      if (sdHash !== sha256Base64url(presented)) throw fault('key-binding/sd-hash')
    },
  }
  assertStatesUse(keyBinding)
  return keyBinding
}

/** Signs a KB-JWT over `presented` and answers the whole presentation. */
export async function bindSdJwt(
  presented: string,
  input: KeyBindingInput & {
    readonly nonce: string
    /** Of OpenID4VP: texts that the holder's key signs too. */
    readonly transactionData?: readonly string[]
  },
): Promise<string> {
  const { mode, audience, issuedAt, expiresAt, purpose, nonce, signer } = input
  const { transactionData = [] } = input
  const payload = {
    iat: issuedAt,
    aud: audience,
    nonce,
    sd_hash: sha256Base64url(presented),
    ...(expiresAt === undefined ? {} : { exp: expiresAt }),
    onetrip_mode: mode,
    ...(purpose === undefined ? {} : { onetrip_purpose: purpose }),
    ...(transactionData.length === 0
      ? {}
      : {
          transaction_data_hashes: transactionData.map(transactionHash),
          transaction_data_hashes_alg: TRANSACTION_HASH,
        }),
  }
  return presented + (await signJws({ header: { typ: JOSE_TYP.keyBinding }, payload, signer }))
}

function modeIn(value: JsonValue | undefined): BoundMode | undefined {
  if (value === undefined) return undefined
  const mode = BOUND_MODES.find((name) => name === value)
  if (mode === undefined) throw fault('key-binding/format')
  return mode
}

/** OpenID4VP 1.0 §B.3.3.1. */
function transactionHashesIn(payload: JsonObject): readonly string[] | undefined {
  const { transaction_data_hashes: hashes, transaction_data_hashes_alg: hash } = payload
  if (hashes === undefined) return undefined
  const isList = Array.isArray(hashes) && hashes.length > 0 && hashes.length <= MAX_TRANSACTIONS
  if (!isList || (hash !== undefined && hash !== TRANSACTION_HASH)) {
    throw fault('key-binding/format')
  }
  return hashes.map(textIn)
}

function textIn(value: JsonValue | undefined): string {
  if (typeof value !== 'string' || value === '') throw fault('key-binding/format')
  return value
}

function plainTextIn(value: JsonValue | undefined): string {
  const text = textIn(value)
  if (!isPlainText(text)) throw fault('key-binding/format')
  return text
}
