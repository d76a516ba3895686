/** The one entry for what is shown: classifies by `typ` and parses; neither keys nor trust. */
import {
  type Algorithm,
  fault,
  fromBase64url,
  type PublicKey,
  type Sign1,
  utf8Encode,
  verifyJws,
  verifySign1,
} from '@onetrip/codec'
import type { CredentialClaims } from './credential-claims.ts'
import { decodeOuterSign1, isCwtKeyBinding, parseCwtKeyBinding } from './kb-cwt.ts'
import type { KeyBinding } from './key-binding.ts'
import { HEADER, TYP } from './labels.ts'
import { leafOf, receiptsIn } from './log-receipts.ts'
import { parseShownMdoc } from './mdoc-response.ts'
import type { MdocSession } from './mdoc-session.ts'
import { parsePaper } from './paper.ts'
import { parseSdCwt } from './sd-cwt.ts'
import { parseSdJwt } from './sd-jwt.ts'

const OUR_KID_CHARACTERS = 11
/** Major type of a map (RFC 8949 §3.1). */
const MAP = 5

/** What the issuer signed, ready to be verified under a key of the trust list. */
export interface IssuerSigned {
  readonly algorithm: Algorithm
  /** 8 bytes for ours; a foreign text identifier as UTF-8. */
  readonly kid?: Uint8Array
  /** Throws `algorithm/not-allowed`, `signature/format`, `signature/invalid`. */
  readonly verify: (key: PublicKey) => Promise<void>
}

/** A parsed presentation of a licence. */
export interface Presentation {
  readonly kind: 'sd-cwt' | 'sd-jwt' | 'mdoc' | 'paper'
  readonly issuerSigned: IssuerSigned
  readonly claims: CredentialClaims
  /** Left out: none was there. */
  readonly keyBinding?: KeyBinding
  /** Receipts of the log that came with it, not parsed further; JSON carries none. */
  readonly receipts: readonly Uint8Array[]
  /** The hash of its entry in the log, 32 bytes. */
  readonly leaf: () => Uint8Array
  /** The number under it where it is printed; of a paper code that was read as text. */
  readonly codeNumber?: string
}

/**
 * Parses bytes (key binding token, SD-CWT without one, paper code, mdoc) or text (SD-JWT VC). An mdoc is bound to its holder's key
 * for a session alone. Throws `credential/wrong-type` for any other `typ`, `format/unsupported` for a text that is neither SD-JWT
 * nor JWS, `credential/format` for more receipts, or larger ones, than a log gives, and what the parser of the form throws.
 */
export function parsePresentation(input: Uint8Array | string, session?: MdocSession): Presentation {
  if (typeof input === 'string') return parseText(input)
  if (isCborMap(input)) return mdocPresentation(input, session)
  const sign1 = decodeOuterSign1(input)
  if (isCwtKeyBinding(sign1)) {
    const { sdCwt, keyBinding } = parseCwtKeyBinding(sign1)
    return { ...cwtPresentation('sd-cwt', sdCwt, parseSdCwt(sdCwt).claims), keyBinding }
  }
  if (sign1.protectedHeader.get(HEADER.typ) === TYP.paper) {
    return cwtPresentation('paper', sign1, parsePaper(sign1).claims)
  }
  return cwtPresentation('sd-cwt', sign1, parseSdCwt(sign1).claims)
}

function parseText(text: string): Presentation {
  if (!text.includes('~')) {
    // A bare JWS is an SD-JWT that lost its end; text of any other kind is not ours.
    throw fault(text.split('.', 4).length === 3 ? 'sd-jwt/format' : 'format/unsupported')
  }
  const sdJwt = parseSdJwt(text)
  const { jws, claims, keyBinding } = sdJwt
  const issuerSigned = {
    algorithm: jws.algorithm,
    ...(jws.kid === undefined ? {} : { kid: kidBytes(jws.kid) }),
    verify: (key: PublicKey) => verifyJws(jws, key),
  }
  const leaf = (): Uint8Array => leafOf(sdJwt)
  const presentation = { kind: 'sd-jwt', issuerSigned, claims, receipts: [], leaf } as const
  return keyBinding === undefined ? presentation : { ...presentation, keyBinding }
}

function mdocPresentation(input: Uint8Array, session: MdocSession | undefined): Presentation {
  const { mdoc, keyBinding } = parseShownMdoc(input, session)
  const presentation = cwtPresentation('mdoc', mdoc.sign1, mdoc.claims)
  return keyBinding === undefined ? presentation : { ...presentation, keyBinding }
}

/** Everything else that is read begins with a tag. */
function isCborMap([first = 0]: Uint8Array): boolean {
  return first >> 5 === MAP
}

/** A presentation of a COSE_Sign1 without what binds it to a key. */
export function cwtPresentation(
  kind: 'sd-cwt' | 'mdoc' | 'paper',
  sign1: Sign1,
  claims: CredentialClaims,
): Presentation {
  const { algorithm, kid } = sign1
  const verify = (key: PublicKey): Promise<void> => verifySign1(sign1, key)
  return {
    kind,
    issuerSigned: kid === undefined ? { algorithm, verify } : { algorithm, kid, verify },
    claims,
    receipts: receiptsIn(sign1),
    leaf: () => leafOf({ form: kind, sign1, claims }),
  }
}

/** Our `kid` is 8 bytes as base64url, 11 characters; any other is taken as it stands. */
function kidBytes(kid: string): Uint8Array {
  if (kid.length !== OUR_KID_CHARACTERS) return utf8Encode(kid)
  try {
    return fromBase64url(kid)
  } catch {
    return utf8Encode(kid)
  }
}
