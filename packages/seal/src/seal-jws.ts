/** A seal as compact JWS of its own `typ`: the facts of the COSE form under the names of JWT (RFC 7519). */
import {
  fault,
  fromBase64url,
  type JsonObject,
  type JsonValue,
  jwsSigningInput,
  type PublicKey,
  parseNumericDate,
  publicKeyFromJwk,
  publicKeyToJwk,
  toBase64url,
  utf8Encode,
} from '@onetrip/codec'
import { parseStatusReference } from '@onetrip/status'
import { JOSE_TYP } from './labels.ts'
import {
  areSealFacts,
  parseImageMediaType,
  parseSealKind,
  type SealFacts,
  type SealImage,
  type SealOwner,
} from './seal-facts.ts'
import { orderedFacts, type SealInput } from './seal-statement.ts'
import {
  assertJsonForm,
  integerOf,
  type JwsText,
  jwsClaims,
  type NamedJws,
  objectOf,
  parseJws,
  textOf,
} from './signed-forms.ts'

/** Longest seal in characters: all facts at their limits need about 4,200. */
export const MAX_SEAL_CHARACTERS = 4_608

/** A parsed seal; its signature is not verified by parsing. */
export interface SealJws extends NamedJws {
  readonly facts: SealFacts
}

/** Builds a seal up to its signature. `TypeError` for what no seal maker may state. */
export function buildSealJws({ facts, kid, algorithm }: SealInput): JwsText {
  const header = { typ: JOSE_TYP.seal, kid: toBase64url(kid) }
  const payload = claimsOf(orderedFacts(facts))
  const signingInput = jwsSigningInput({ header, payload, algorithm })
  return { signingInput, toBeSigned: utf8Encode(signingInput) }
}

/** Joins a draft of a seal or an impression and its signature (64 bytes). */
export function assembleJws(
  { signingInput }: Pick<JwsText, 'signingInput'>,
  signature: Uint8Array,
): string {
  return `${signingInput}.${toBase64url(signature)}`
}

/**
 * Parses a seal. Throws `seal/wrong-type` (another `typ`), `seal/format` (too long; a header or claim that is missing, of
 * a wrong form or not named here), `time/format`, `status/*`, `key/*`, `jws/*`, `json/*`, `encoding/base64url`.
 */
export function parseSealJws(text: string): SealJws {
  const named = parseJws(text, { typ: JOSE_TYP.seal, maxCharacters: MAX_SEAL_CHARACTERS })
  const claims = jwsClaims(named.jws)
  const facts: SealFacts = {
    maker: textOf(claims['iss']),
    id: textOf(claims['sub']),
    issuedAt: parseNumericDate(claims['iat']),
    validFrom: parseNumericDate(claims['nbf']),
    validTo: parseNumericDate(claims['exp']),
    name: textOf(claims['name']),
    kind: parseSealKind(textOf(claims['kind'])),
    owner: ownerIn(claims['owner']),
    image: imageIn(claims['image']),
    keys: keysIn(claims['keys']),
    status: parseStatusReference(claims['status']),
  }
  if (!areSealFacts(facts)) throw fault('seal/format')
  assertJsonForm(named.jws, claimsOf(facts))
  return { ...named, facts }
}

function claimsOf(facts: SealFacts): JsonObject {
  const { owner, image, status } = facts
  return {
    iss: facts.maker,
    sub: facts.id,
    iat: facts.issuedAt,
    nbf: facts.validFrom,
    exp: facts.validTo,
    name: facts.name,
    kind: facts.kind,
    owner: { name: owner.name, uscc: owner.uscc },
    image: {
      sha256: toBase64url(image.sha256),
      mediaType: image.mediaType,
      widthMm: image.widthMm,
      heightMm: image.heightMm,
    },
    keys: facts.keys.map(publicKeyToJwk),
    status: { status_list: { idx: status.index, uri: status.uri } },
  }
}

function ownerIn(value: JsonValue | undefined): SealOwner {
  const owner = objectOf(value)
  return { name: textOf(owner['name']), uscc: textOf(owner['uscc']) }
}

function imageIn(value: JsonValue | undefined): SealImage {
  const image = objectOf(value)
  return {
    sha256: fromBase64url(textOf(image['sha256'])),
    mediaType: parseImageMediaType(textOf(image['mediaType'])),
    widthMm: integerOf(image['widthMm']),
    heightMm: integerOf(image['heightMm']),
  }
}

function keysIn(value: JsonValue | undefined): readonly PublicKey[] {
  if (!Array.isArray(value)) throw fault('seal/format')
  return value.map((key: JsonValue) => publicKeyFromJwk(objectOf(key)))
}
