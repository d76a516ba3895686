/**
 * Every integer label and type of seals and impressions in one table: registered ones, and OneTrip's private ones,
 * which go on where those of credentials end.
 */

/** COSE header labels (RFC 9052 §3.1, RFC 9596, RFC 9597 §2, RFC 9995 §3). */
export const HEADER = {
  alg: 1,
  kid: 4,
  typ: 16,
  cwtClaims: 15,
  payloadHashAlg: 258,
  preimageContentType: 259,
} as const

/** CWT claim keys (RFC 8392 §3.1, Token Status List); below -65536 is private use. */
export const CLAIM = {
  iss: 1,
  sub: 2,
  exp: 4,
  nbf: 5,
  iat: 6,
  status: 65535,
  purpose: -65539,
  sealName: -65542,
  sealKind: -65543,
  sealOwner: -65544,
  sealImage: -65545,
  sealKeys: -65546,
  seal: -65547,
  fileLength: -65548,
  appearance: -65549,
  approval: -65550,
  covers: -65551,
  register: -65552,
} as const

/** Keys inside the owner's map of a seal. */
export const OWNER = { name: 1, uscc: 2 } as const

/** Keys inside the image's map of a seal. */
export const IMAGE = { sha256: 1, mediaType: 2, widthMm: 3, heightMm: 4 } as const

/** Keys inside an impression's map of the seal that it uses. */
export const USED_SEAL = { maker: 1, id: 2, sha256: 3 } as const

/** What a register says of a seal: each state's number is its place here. */
export const SEAL_STATES = ['in-use', 'suspended', 'ended'] as const

/** Keys of a `.seal` file, of a seal in it and of an impression in it. */
export const SEAL_FILE = { version: 1, seals: 2, impressions: 3 } as const
export const SEAL_ENTRY = { cose: 1, jws: 2, image: 3 } as const
export const IMPRESSION_ENTRY = { cose: 1, jws: 2, timestamp: 3, statusList: 4 } as const

/** CoAP content formats as `typ` (RFC 9596) in the experimental range, after those of credentials. */
export const TYP = { seal: 65003, impression: 65004, register: 65005 } as const

/** `typ` values of the JWS forms. */
export const JOSE_TYP = { seal: 'onetrip-seal+jwt', impression: 'onetrip-impression+jwt' } as const

/** COSE algorithm id of SHA-256, the only `payload-hash-alg` (RFC 9054 §2.1). */
export const SHA_256 = -16
