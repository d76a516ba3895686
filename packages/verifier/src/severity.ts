/**
 * What each code makes of a verdict (ARCHITECTURE §4). Red says "we can say: no"; grey says "we cannot
 * say": not ours, past a limit, or not known to this verifier's trust data.
 */
import type { ErrorCode } from '@onetrip/codec'
import type { Outcome } from './verdict.ts'

/** The outcome of a failed check. */
export type Severity = Exclude<Outcome, 'valid'>

/** Every code a verdict can give; a test expects each of them of at least one vector. */
export const SEVERITY = {
  'algorithm/not-allowed': 'invalid',
  'cbor/duplicate-key': 'invalid',
  'cbor/float-not-allowed': 'invalid',
  'cbor/indefinite-length': 'invalid',
  'cbor/integer-range': 'invalid',
  'cbor/key-not-allowed': 'invalid',
  'cbor/limit': 'unverifiable',
  'cbor/malformed': 'invalid',
  'cbor/not-canonical': 'invalid',
  'cbor/simple-not-allowed': 'invalid',
  'cbor/tag-not-allowed': 'unverifiable',
  'cbor/too-deep': 'unverifiable',
  'cbor/trailing-bytes': 'invalid',
  'cbor/truncated': 'invalid',
  'certificate/expired': 'invalid',
  'certificate/format': 'invalid',
  'certificate/issuer': 'unverifiable',
  'certificate/not-yet-valid': 'invalid',
  'claim/format': 'invalid',
  'claim/missing': 'invalid',
  'claim/unknown': 'invalid',
  'clock/differs': 'unverifiable',
  'clock/rolled-back': 'unverifiable',
  'cms/digest-mismatch': 'invalid',
  'cms/format': 'invalid',
  'copy/too-long': 'invalid',
  'cose/algorithm-missing': 'invalid',
  'cose/algorithm-unprotected': 'invalid',
  'cose/critical-header': 'unverifiable',
  'cose/duplicate-header': 'invalid',
  'cose/no-payload': 'invalid',
  'cose/wrong-tag': 'unverifiable',
  'cose/wrong-type': 'invalid',
  'credential/expired': 'invalid',
  'credential/format': 'invalid',
  'credential/not-yet-valid': 'invalid',
  'credential/wrong-type': 'invalid',
  'der/limit': 'unverifiable',
  'der/malformed': 'invalid',
  'der/not-canonical': 'invalid',
  'document/facts-differ': 'invalid',
  'document/facts-not-compared': 'caution',
  'document/licence-code': 'unverifiable',
  'encoding/base64url': 'invalid',
  'format/unsupported': 'unverifiable',
  'holder/mismatch': 'invalid',
  'issuer/type-not-allowed': 'invalid',
  'issuer/unknown': 'unverifiable',
  'json/duplicate-key': 'invalid',
  'json/format': 'invalid',
  'json/key-not-allowed': 'invalid',
  'json/limit': 'unverifiable',
  'json/number-range': 'invalid',
  'json/too-deep': 'unverifiable',
  'jws/critical-header': 'unverifiable',
  'jws/format': 'invalid',
  'jws/limit': 'unverifiable',
  'key-binding/audience': 'invalid',
  'key-binding/format': 'invalid',
  'key-binding/missing': 'unverifiable',
  'key-binding/nonce': 'invalid',
  'key-binding/sd-hash': 'invalid',
  'key-binding/signature': 'invalid',
  'key-binding/type': 'invalid',
  'key/format': 'invalid',
  'key/outside-validity': 'invalid',
  'key/revoked': 'invalid',
  'key/unknown': 'unverifiable',
  'key/weak': 'invalid',
  // Whoever states another's seal claims more than it may.
  'licence-seal/owner': 'invalid',
  // The agency's own signature holds; only of its seal nobody here can say anything.
  'licence-seal/unknown': 'caution',
  'licence/expired': 'invalid',
  'licence/not-yet-valid': 'invalid',
  // What is shown can change, or something else can be put in its place: nobody can say what was sealed.
  'pdf/active-content': 'unverifiable',
  'pdf/byte-range': 'invalid',
  'pdf/dangling-reference': 'unverifiable',
  'pdf/encrypted': 'unverifiable',
  // It stands in what was sealed, and is another's to judge.
  'pdf/foreign-signature': 'caution',
  'pdf/format': 'invalid',
  'pdf/limit': 'unverifiable',
  // Another program can say, once it is here.
  'pdf/newer-writer': 'unverifiable',
  'pdf/not-sealed': 'unverifiable',
  'pdf/other-revision': 'invalid',
  'pdf/shadow-object': 'unverifiable',
  'pdf/too-large': 'unverifiable',
  'pdf/trailing-bytes': 'invalid',
  'pdf/update-differs': 'invalid',
  'pdf/xref': 'invalid',
  'presentation/copy': 'caution',
  'presentation/copy-expired': 'invalid',
  'presentation/expired': 'invalid',
  'presentation/mode': 'invalid',
  'presentation/paper': 'caution',
  'presentation/recipient': 'invalid',
  'presentation/recipient-by-name': 'caution',
  'presentation/replayed': 'invalid',
  'qr/encoding': 'unverifiable',
  'qr/limit': 'unverifiable',
  'qr/not-a-credential': 'unverifiable',
  'recognition/type-not-accepted': 'unverifiable',
  'sd-cwt/claim-key': 'invalid',
  'sd-cwt/disclosure': 'invalid',
  'sd-cwt/duplicate-digest': 'invalid',
  'sd-cwt/hash-algorithm': 'invalid',
  'sd-cwt/limit': 'unverifiable',
  'sd-cwt/required-claim-hidden': 'invalid',
  'sd-cwt/unreferenced-disclosure': 'invalid',
  'sd-jwt/claim-name': 'invalid',
  'sd-jwt/disclosure': 'invalid',
  'sd-jwt/duplicate-digest': 'invalid',
  'sd-jwt/format': 'invalid',
  'sd-jwt/hash-algorithm': 'invalid',
  'sd-jwt/limit': 'unverifiable',
  'sd-jwt/required-claim-hidden': 'invalid',
  'sd-jwt/unexpected-key-binding': 'invalid',
  'sd-jwt/unreferenced-disclosure': 'invalid',
  'seal/appearance-mismatch': 'invalid',
  // What it covers is told of on its own: that alone may be red.
  'seal/covered-invalid': 'unverifiable',
  'seal/covers': 'invalid',
  'seal/digest-mismatch': 'invalid',
  'seal/expired': 'invalid',
  'seal/format': 'invalid',
  'seal/forms-differ': 'invalid',
  // The reader's clock may be slow.
  'seal/from-future': 'unverifiable',
  'seal/image-format': 'unverifiable',
  'seal/image-mismatch': 'invalid',
  'seal/key-not-listed': 'invalid',
  'seal/length-mismatch': 'invalid',
  'seal/maker-unknown': 'unverifiable',
  'seal/media-type-mismatch': 'invalid',
  'seal/missing': 'invalid',
  'seal/not-yet-valid': 'invalid',
  'seal/revoked': 'invalid',
  'seal/suspended': 'invalid',
  'seal/too-large': 'unverifiable',
  'seal/wrong-type': 'invalid',
  'signature/format': 'invalid',
  'signature/invalid': 'invalid',
  'status/expired': 'unverifiable',
  'status/format': 'invalid',
  'status/index': 'unverifiable',
  'status/issuer-mismatch': 'unverifiable',
  'status/revoked': 'invalid',
  'status/stale': 'caution',
  'status/suspended': 'invalid',
  'status/unavailable': 'unverifiable',
  'status/unknown-value': 'unverifiable',
  'text/encoding': 'invalid',
  'time/format': 'invalid',
  // Seal, use and file are proven without it, and no signature of a `.seal` covers it: whoever passes one on can put one there.
  // What cannot count is told and takes nothing away. A forged one, or another's, says that somebody tampered with this `.seal`:
  // red denies no more than a broken byte of it would, and its owner has it as it was.
  'timestamp/accuracy': 'caution',
  'timestamp/expired': 'caution',
  'timestamp/format': 'caution',
  'timestamp/imprint': 'invalid',
  'timestamp/key-usage': 'caution',
  'timestamp/signature': 'invalid',
  'timestamp/signer-unknown': 'caution',
  'trust/expired': 'unverifiable',
  'trust/stale': 'caution',
  'trust/wrong-environment': 'unverifiable',
  'type/unknown': 'unverifiable',
} as const

/** A code that a verdict can give. */
export type VerdictCode = keyof typeof SEVERITY

const TABLE: Readonly<Partial<Record<ErrorCode, Severity>>> = SEVERITY

const RANK: Readonly<Record<Outcome, number>> = {
  valid: 0,
  caution: 1,
  unverifiable: 2,
  invalid: 3,
}

/** The outcome a code leads to; a code outside the table is grey, never green. */
export function severityOf(code: ErrorCode): Severity {
  return TABLE[code] ?? 'unverifiable'
}

/** Whether `a` is worse than `b`: red, then grey, then amber, then green. */
export function isWorse(a: Outcome, b: Outcome): boolean {
  return RANK[a] > RANK[b]
}
