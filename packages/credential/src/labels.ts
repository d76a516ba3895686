/**
 * Every integer label of the credential forms in one table: registered ones, those a draft asks for
 * (draft-ietf-spice-sd-cwt-09, "requested" values) and OneTrip's private ones. When a draft's
 * number moves, this file moves.
 */
import type { Algorithm } from '@onetrip/codec'

/** COSE header labels (RFC 9052 §3.1, RFC 9596, RFC 9942, draft-ietf-spice-sd-cwt §14). */
export const HEADER = {
  alg: 1,
  kid: 4,
  kcwt: 13,
  typ: 16,
  sdClaims: 17,
  x5chain: 33,
  sdAlg: 170,
  receipts: 394,
} as const

/** CWT claim keys (RFC 8392 §3.1, RFC 8747, Token Status List); below -65536 is private use. */
export const CLAIM = {
  iss: 1,
  sub: 2,
  aud: 3,
  exp: 4,
  nbf: 5,
  iat: 6,
  cti: 7,
  cnf: 8,
  vct: 11,
  cnonce: 39,
  status: 65535,
  licence: -65537,
  mode: -65538,
  purpose: -65539,
  deviceName: -65540,
  matters: -65541,
  // -65542 to -65559 are those of seals.
  matter: -65560,
  wants: -65561,
  answer: -65562,
  shown: -65563,
  delegated: -65564,
  client: -65565,
} as const

/** Keys inside the licence map, one byte each; from {@link FIRST_OWN_KEY} on they belong to the licence type. */
export const LICENCE = {
  seal: 0,
  serial: 1,
  version: 2,
  validFrom: 3,
  validTo: 4,
  typeVersion: 5,
} as const

/** Lowest integer key a type definition may give to a claim of its own. */
export const FIRST_OWN_KEY = 6

/**
 * CoAP content formats as `typ` (RFC 9596); from 65000 on they lie in the experimental range, where 65003 to 65005 are those
 * of seals.
 */
export const TYP = {
  sdCwt: 293,
  kbCwt: 294,
  paper: 65001,
  counter: 65002,
  request: 65006,
  receipt: 65007,
  delegatedAnswer: 65008,
} as const

/**
 * `typ` values of the JSON forms (SD-JWT VC §3.2.1, RFC 9901 §4.3); `counterProof` is a counter's proof of possession,
 * `vpRequest` a request of OpenID4VP, `withdrawal` a holder's who takes a copy back.
 */
export const JOSE_TYP = {
  sdJwt: 'dc+sd-jwt',
  keyBinding: 'kb+jwt',
  counterProof: 'onetrip-counter-proof+jwt',
  vpRequest: 'oauth-authz-req+jwt',
  withdrawal: 'onetrip-withdrawal+jwt',
} as const

/** CBOR tag of a redacted array element; simple(59) as map key is `REDACTED_KEYS` of the codec. */
export const REDACTED_ELEMENT_TAG = 60

/** COSE algorithm id of SHA-256, the default of `sd_alg`. */
export const SHA_256 = -16

/** Mode numbers of an SD-CWT key binding. */
export const MODE_NUMBERS = { requested: 1, live: 2, copy: 3, delegate: 4 } as const

/** The `aud` of a live presentation. */
export const LIVE_AUDIENCE = 'onetrip:live'

/** CBOR tags in an mdoc (RFC 8949 §3.4, RFC 8943): an enclosed item, a time, a calendar day. */
export const MDOC_TAG = { dateTime: 0, enclosed: 24, fullDate: 1004 } as const

/** `alg` in an mdoc that we sign: other software knows no newer numbers. */
export const MDOC_ALGORITHMS: Readonly<Partial<Record<Algorithm, number>>> = {
  ES256: -7,
  Ed25519: -8,
}

/**
 * Name of the element of an mdoc that is always shown: the issuer's unified social credit code and the licence map
 * ({@link LICENCE}) without claims of the type's own.
 */
export const LICENCE_ELEMENT = 'onetrip_licence'

/** Key of a COSE_Key in `cnf` (RFC 8747 §3.1). */
export const COSE_KEY_CONFIRMATION = 1

/** Prefix of a copy's `aud` when the recipient is a name and not an office of the trust list. */
export const NAMED_RECIPIENT = 'name:'

/** Prefix of a delegation's `aud`, before the thumbprint of the delegate's key. */
export const DELEGATE_KEY = 'key:'

/** JSON claim names with a meaning of their own, which no type definition may take. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'cnf', 'nonce', 'vct', 'vct#integrity'],
  ...['aka_vcts', 'status', '_sd', '_sd_alg', '...', 'sd_hash'],
  ...['serial', 'licenceVersion', 'validFrom', 'validTo', 'seal'],
  ...['onetrip_mode', 'onetrip_purpose', LICENCE_ELEMENT],
])
