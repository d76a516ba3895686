/** An impression as compact JWS of its own `typ`: the facts of the COSE form, with the same raw digest in base64url. */
import {
  fault,
  fromBase64url,
  type JsonObject,
  type JsonValue,
  jwsSigningInput,
  parseNumericDate,
  toBase64url,
  utf8Encode,
} from '@onetrip/codec'
import type { ImpressionInput } from './impression.ts'
import {
  areImpressionFacts,
  assertImpressionFacts,
  type FileFacts,
  type ImpressionFacts,
  type UsedSeal,
} from './impression-facts.ts'
import { JOSE_TYP } from './labels.ts'
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

/** Longest impression in characters: all facts at their limits need about 2,950. */
export const MAX_IMPRESSION_CHARACTERS = 3_072

/** A parsed impression; its signature is not verified by parsing. */
export interface ImpressionJws extends NamedJws {
  readonly facts: ImpressionFacts
}

/** Builds an impression up to its signature. `TypeError` for what none may state. */
export function buildImpressionJws({ facts, kid, algorithm }: ImpressionInput): JwsText {
  assertImpressionFacts(facts)
  const header = { typ: JOSE_TYP.impression, kid: toBase64url(kid) }
  const signingInput = jwsSigningInput({ header, payload: claimsOf(facts), algorithm })
  return { signingInput, toBeSigned: utf8Encode(signingInput) }
}

/**
 * Parses an impression. Throws `seal/wrong-type` (another `typ`), `seal/format` (too long; a header or claim that is
 * missing, of a wrong form or not named here), `time/format`, `jws/*`, `json/*`, `encoding/base64url`.
 */
export function parseImpressionJws(text: string): ImpressionJws {
  const form = { typ: JOSE_TYP.impression, maxCharacters: MAX_IMPRESSION_CHARACTERS }
  const named = parseJws(text, form)
  const claims = jwsClaims(named.jws)
  const facts: ImpressionFacts = {
    file: fileIn(claims['file']),
    seal: usedSealIn(claims['seal']),
    appearance: fromBase64url(textOf(claims['appearance'])),
    purpose: textOf(claims['purpose']),
    issuedAt: parseNumericDate(claims['iat']),
    approval: textOf(claims['approval']),
    covers: coversIn(claims['covers']),
  }
  if (!areImpressionFacts(facts)) throw fault('seal/format')
  assertJsonForm(named.jws, claimsOf(facts))
  return { ...named, facts }
}

function claimsOf(facts: ImpressionFacts): JsonObject {
  const { file, seal, covers } = facts
  return {
    iat: facts.issuedAt,
    file: { sha256: toBase64url(file.sha256), length: file.length, mediaType: file.mediaType },
    seal: { maker: seal.maker, id: seal.id, sha256: toBase64url(seal.sha256) },
    appearance: toBase64url(facts.appearance),
    purpose: facts.purpose,
    approval: facts.approval,
    ...(covers.length === 0 ? {} : { covers: covers.map(toBase64url) }),
  }
}

function fileIn(value: JsonValue | undefined): FileFacts {
  const file = objectOf(value)
  return {
    sha256: fromBase64url(textOf(file['sha256'])),
    length: integerOf(file['length']),
    mediaType: textOf(file['mediaType']),
  }
}

function usedSealIn(value: JsonValue | undefined): UsedSeal {
  const seal = objectOf(value)
  return {
    maker: textOf(seal['maker']),
    id: textOf(seal['id']),
    sha256: fromBase64url(textOf(seal['sha256'])),
  }
}

function coversIn(value: JsonValue | undefined): readonly Uint8Array[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw fault('seal/format')
  return value.map((digest: JsonValue) => fromBase64url(textOf(digest)))
}
