/** Deterministic CBOR, COSE, JOSE, Base45 and QR text; each outside library behind one file. */
export { decodeBase45, encodeBase45 } from './base45.ts'
export {
  compareBytes,
  concatBytes,
  equalBytes,
  fromBase64url,
  fromHex,
  toBase64url,
  toHex,
  utf8Decode,
  utf8Encode,
} from './bytes.ts'
export { ANY_KEY_ORDER, type CborLimits, decodeCbor } from './cbor-decode.ts'
export { encodeCbor } from './cbor-encode.ts'
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
export { ERROR_CODES, type ErrorCode, Fault, fault } from './errors.ts'
export { type JsonLimits, parseJson } from './json.ts'
export { encodeJson, isObject, type JsonObject, type JsonValue } from './json-value.ts'
export { parseNumericDate } from './numeric-date.ts'
export { decodeQrText, encodeQrText } from './qr-text.ts'
export { packTrusted, unpackTrusted } from './trusted-storage.ts'
