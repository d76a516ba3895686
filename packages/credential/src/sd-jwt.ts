/** Reads an SD-JWT VC (RFC 9901 §7): structure only; keys and trust are the verifier's. */
import { decodeJws, fault, isObject, type Jws, parseJson } from '@onetrip/codec'
import type { CredentialClaims } from './credential-claims.ts'
import { type JsonDisclosure, openJsonDisclosures } from './json-disclosures.ts'
import { type JwtPayload, parseJwtClaims } from './jwt-claims.ts'
import { parseJwtKeyBinding } from './kb-jwt.ts'
import type { KeyBinding } from './key-binding.ts'
import { JOSE_TYP } from './labels.ts'

const MAX_CHARACTERS = 65_536
const MAX_PARTS = 258

/** Any SD-JWT with its disclosures put in place. */
export interface OpenedSdJwt extends JwtPayload {
  readonly jws: Jws
  readonly disclosures: readonly JsonDisclosure[]
  /** Its KB-JWT, compact. */
  readonly keyBindingText?: string
  /** Everything up to and including the last `~`: what `sd_hash` covers. */
  readonly presented: string
}

/** A licence as SD-JWT VC; its signatures are not verified by parsing. */
export interface SdJwt {
  readonly form: 'sd-jwt'
  readonly jws: Jws
  readonly claims: CredentialClaims
  readonly disclosures: readonly JsonDisclosure[]
  readonly keyBinding?: KeyBinding
}

/**
 * Parses an SD-JWT VC of a licence. Throws `credential/wrong-type` (another `typ`), `sd-jwt/*`, `key-binding/format`,
 * `key-binding/type`, `credential/format`, `time/format`, `status/*`, `key/*`, `jws/*`, `json/*`.
 */
export function parseSdJwt(text: string): SdJwt {
  const opened = openSdJwt(text)
  const { jws, disclosures, keyBindingText, presented } = opened
  if (jws.header['typ'] !== JOSE_TYP.sdJwt) throw fault('credential/wrong-type')
  const claims = parseJwtClaims(opened)
  const parsed = { form: 'sd-jwt', jws, claims, disclosures } as const
  if (keyBindingText === undefined) return parsed
  return { ...parsed, keyBinding: parseJwtKeyBinding(keyBindingText, presented) }
}

/**
 * Opens any SD-JWT, whatever it is about and whatever its `typ`. Throws `sd-jwt/format` (a bare JWT, no
 * last `~`, an empty disclosure), `sd-jwt/limit` (65,536 characters, 256 disclosures), and what
 * `openJsonDisclosures` and `decodeJws` throw.
 */
export function openSdJwt(text: string): OpenedSdJwt {
  if (text.length > MAX_CHARACTERS) throw fault('sd-jwt/limit')
  const parts = text.split('~', MAX_PARTS + 1)
  if (parts.length > MAX_PARTS) throw fault('sd-jwt/limit')
  const [jwt = '', ...rest] = parts
  const last = rest.pop()
  if (last === undefined || rest.includes('')) throw fault('sd-jwt/format')
  if (last !== '' && last.split('.', 4).length !== 3) throw fault('sd-jwt/format')
  const jws = decodeJws(jwt)
  const signed = parseJson(jws.payload)
  if (!isObject(signed)) throw fault('sd-jwt/format')
  const { claims, disclosures, hiddenCount } = openJsonDisclosures(signed, rest)
  const presented = text.slice(0, text.length - last.length)
  const opened = { jws, signed, opened: claims, disclosures, hiddenCount, presented }
  return last === '' ? opened : { ...opened, keyBindingText: last }
}
