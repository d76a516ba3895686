/** Puts SD-JWT VCs and their key bindings together part by part, right or wrong (RFC 9901 §4). */
import {
  encodeJson,
  type JsonObject,
  type JsonValue,
  type PublicKey,
  publicKeyToJwk,
  type Signer,
  sha256,
  toBase64url,
  utf8Encode,
} from '@onetrip/codec'
import { fixedSalt } from './forge-signers.ts'

const JOSE_ALGORITHM: Readonly<Record<string, string>> = { Ed25519: 'Ed25519', ES256: 'ES256' }

/** Members to replace or add; `undefined` takes one out. */
export type Changes = Readonly<Record<string, JsonValue | undefined>>

/** What a forged SD-JWT VC says; every part can be replaced. */
export interface JsonParts {
  readonly signer: Signer
  readonly iss: string
  readonly vct: string
  readonly issuedAt?: number
  readonly expiresAt?: JsonValue
  readonly status?: JsonValue
  readonly holderKey?: PublicKey
  readonly licence: Changes
  /** Claims to redact; disclosed when `disclose` names them. */
  readonly redacted?: Readonly<Record<string, JsonValue>>
  readonly disclose?: readonly string[]
  readonly claims?: Changes
  readonly header?: Changes
  /** Disclosures as sent, in place of those that `disclose` names. */
  readonly disclosures?: readonly string[]
  readonly extraDigests?: readonly string[]
  /** Header and payload texts in place of the built ones, before base64url. */
  readonly headerText?: string
  readonly payloadText?: string
  readonly signature?: string
}

/** What a forged KB-JWT says. */
export interface JsonBindingParts {
  readonly signer: Signer
  readonly claims: Changes
  readonly header?: Changes
}

/** A disclosure: base64url of `[salt, name, value]`. */
export function forgeJsonDisclosure(name: string, value: JsonValue): string {
  return base64urlJson([toBase64url(fixedSalt(`json ${name}`)), name, value])
}

/** The digest of a disclosure's text (RFC 9901 §4.2.3). */
export function forgeJsonDigest(disclosure: string): string {
  return toBase64url(sha256(utf8Encode(disclosure)))
}

/** An SD-JWT VC with its disclosures, ending in a tilde. */
export async function forgeSdJwt(parts: JsonParts): Promise<string> {
  const { signer } = parts
  const redacted = Object.entries(parts.redacted ?? {}).map(([name, value]) => ({
    name,
    disclosure: forgeJsonDisclosure(name, value),
  }))
  const digests = [
    ...redacted.map(({ disclosure }) => forgeJsonDigest(disclosure)),
    ...(parts.extraDigests ?? []),
  ].sort()
  const payload = changed(
    {
      iss: parts.iss,
      iat: parts.issuedAt,
      exp: parts.expiresAt,
      vct: parts.vct,
      cnf: parts.holderKey && { jwk: publicKeyToJwk(parts.holderKey) },
      status: parts.status,
      ...parts.licence,
      ...(digests.length === 0 ? {} : { _sd: digests, _sd_alg: 'sha-256' }),
    },
    parts.claims,
  )
  const header = changed(
    {
      alg: JOSE_ALGORITHM[signer.publicKey.algorithm],
      typ: 'dc+sd-jwt',
      kid: toBase64url(signer.publicKey.kid),
    },
    parts.header,
  )
  const shown = redacted.filter(({ name }) => parts.disclose?.includes(name))
  const disclosures = parts.disclosures ?? shown.map(({ disclosure }) => disclosure)
  const jws = await forgeJws({
    signer,
    headerText: parts.headerText ?? encodeJson(header),
    payloadText: parts.payloadText ?? encodeJson(payload),
    ...(parts.signature === undefined ? {} : { signature: parts.signature }),
  })
  return `${[jws, ...disclosures].join('~')}~`
}

/** A KB-JWT after an SD-JWT; `sd_hash` is right unless `claims` says otherwise. */
export async function forgeKeyBinding(sdJwt: string, parts: JsonBindingParts): Promise<string> {
  const header = changed(
    { alg: JOSE_ALGORITHM[parts.signer.publicKey.algorithm], typ: 'kb+jwt' },
    parts.header,
  )
  const payload = changed({ sd_hash: forgeJsonDigest(sdJwt) }, parts.claims)
  const { signer } = parts
  const texts = { headerText: encodeJson(header), payloadText: encodeJson(payload) }
  return sdJwt + (await forgeJws({ signer, ...texts }))
}

/** A compact JWS over any two texts. */
export async function forgeJws(options: {
  readonly signer: Signer
  readonly headerText: string
  readonly payloadText: string
  /** Base64url; right unless given. */
  readonly signature?: string
}): Promise<string> {
  const header = toBase64url(utf8Encode(options.headerText))
  const payload = toBase64url(utf8Encode(options.payloadText))
  const input = `${header}.${payload}`
  const signature = options.signature ?? toBase64url(await options.signer.sign(utf8Encode(input)))
  return `${input}.${signature}`
}

function base64urlJson(value: JsonValue): string {
  return toBase64url(utf8Encode(encodeJson(value)))
}

function changed(members: Changes, changes: Changes = {}): JsonObject {
  const kept: Record<string, JsonValue> = {}
  for (const [name, value] of Object.entries({ ...members, ...changes })) {
    if (value !== undefined) kept[name] = value
  }
  return kept
}
