/** Deterministic CBOR, COSE, JOSE, Base45, QR text and frames; each outside library behind one file. */

export {
  engineName,
  sha256,
  sha256Base64url,
  sha256Hex,
  sha512Hex,
  signerFromPrivateJwk,
  textToBase64url,
  toBase64url,
  verifySignature,
} from '#platform'
export {
  ALGORITHMS,
  type Algorithm,
  type AlgorithmEntry,
  algorithmFromCose,
  algorithmFromJose,
} from './algorithms.ts'
export { decodeBase45, encodeBase45 } from './base45.ts'
export {
  compareBytes,
  concatBytes,
  equalBytes,
  fromBase64url,
  fromHex,
  toHex,
  utf8Decode,
  utf8Encode,
} from './bytes.ts'
export { ANY_KEY_ORDER, type CborLimits, decodeCbor } from './cbor-decode.ts'
export { encodeCbor, isCborOf } from './cbor-encode.ts'
export {
  CborFloat,
  type CborKey,
  type CborMap,
  CborTag,
  type CborValue,
  isArray,
  isBytes,
  isMap,
  REDACTED_KEYS,
} from './cbor-value.ts'
export {
  buildSign1,
  type DetachedSign1,
  decodeDetachedSign1,
  decodeSign1,
  detachedSign1FromValue,
  encodeSign1,
  type Sign1,
  type Sign1Draft,
  type Sign1Parts,
  type SignedParts,
  sign1FromValue,
  signSign1,
  sigStructure,
  verifySign1,
  verifySigned,
} from './cose.ts'
export {
  DER_TAG,
  derBits,
  derBoolean,
  derContext,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derPrintable,
  derSequence,
  derSetOf,
  derTime,
  derUtf8,
  derValue,
} from './der.ts'
export {
  type DerLimits,
  type DerNode,
  decodeDer,
  derChildren,
  derContent,
  derParts,
  derSeconds,
  derText,
} from './der-decode.ts'
export { encodeEcdsaDer, parseEcdsaDer } from './ecdsa-der.ts'
export type { EngineName, SignatureInput } from './engine.ts'
export { ERROR_CODES, type ErrorCode, Fault, fault } from './errors.ts'
export { type JsonLimits, parseJson } from './json.ts'
export { encodeJson, isObject, type JsonObject, type JsonValue } from './json-value.ts'
export {
  decryptJwe,
  type EncryptionKey,
  encryptionKeyFromJwk,
  encryptionKeyToJwk,
  encryptJwe,
  JWE_ENCRYPTIONS,
  type JweDraft,
  type JweEncryption,
  type OpenedJwe,
} from './jwe.ts'
export {
  decodeJws,
  type Jws,
  type JwsDraft,
  type JwsLimits,
  jwsSigningInput,
  signJws,
  verifyJws,
} from './jws.ts'
export {
  jwkThumbprint,
  type PublicKey,
  publicKeyFromCose,
  publicKeyFromJwk,
  publicKeyFromRaw,
  publicKeyToCose,
  publicKeyToJwk,
  samePublicKey,
} from './keys.ts'
export type { Mutable } from './mutable.ts'
export { parseNumericDate } from './numeric-date.ts'
export { isFrameText } from './qr-frame.ts'
export {
  type FrameAnswer,
  FrameCollector,
  type FrameProgress,
  messageKey,
} from './qr-frame-collector.ts'
export {
  decodeCodeText,
  decodeFrameLines,
  encodeFrameLines,
  MAX_FRAME_LINES_CHARACTERS,
} from './qr-frame-lines.ts'
export { encodeFrames, type FrameOptions, type FrameSource } from './qr-frame-source.ts'
export { decodeQrText, encodeQrText } from './qr-text.ts'
export type { Random } from './random.ts'
export type { Signer } from './signer.ts'
export { packTrusted, unpackTrusted } from './trusted-storage.ts'
export { publicKeyFromCryptoKey, signerFromCryptoKey } from './webcrypto-engine.ts'
