/** JSON documents of ours by their members, offers, and what is left. */
import { isObject, type JsonObject, type JsonValue, publicKeyFromJwk } from '@onetrip/codec'
import { parseTypeDefinition } from '@onetrip/credential'
import {
  parseDenyList,
  parseMatterCatalogue,
  parseRecognitionList,
  parseTrustList,
  TARGET,
  TRUST_LIST_KIND,
} from '@onetrip/trust'
import { diagnostic } from './diagnostic.ts'
import { type Opened, parseInside } from './opened.ts'
import type { Finding, Recogniser } from './recogniser.ts'
import { jsonTree, jwkTree, objectTree } from './tree.ts'
import { trustListTree } from './trust-list-tree.ts'

interface JsonRow {
  readonly kind: string
  readonly name: string
  readonly matches: (json: JsonObject) => boolean
  readonly find: (json: JsonObject) => Finding
}

const ROWS: readonly JsonRow[] = [
  {
    kind: 'trust-list',
    name: 'a trust list',
    matches: (json) => json['kind'] === TRUST_LIST_KIND,
    find: (json) => ({ parts: trustListTree(json), check: () => parseTrustList(json) }),
  },
  {
    kind: 'type-definition',
    name: 'the definition of a licence type',
    matches: (json) => typeof json['vct'] === 'string' && isObject(json['onetrip']),
    find: (json) => ({ parts: typeTree(json), check: () => parseTypeDefinition(json) }),
  },
  {
    kind: 'key-file',
    name: 'a key file, sealed under a passphrase',
    matches: (json) => json['kind'] === 'onetrip-key',
    // What is sealed, and its salt, are nobody's to read.
    find: ({ public: jwk, kdf = null, format = null }) => ({
      parts: { format, kdf, public: isObject(jwk) ? jwkTree(jwk) : null },
      check: () => publicKeyFromJwk(isObject(jwk) ? jwk : {}),
    }),
  },
  {
    kind: 'online-keys',
    name: 'public keys of a server’s own roles',
    matches: (json) => json['kind'] === 'onetrip-online-keys',
    find: ({ kind: _, ...roles }) => ({
      parts: Object.fromEntries(
        Object.entries(roles).map(([role, jwk]) => [role, isObject(jwk) ? jwkTree(jwk) : null]),
      ),
    }),
  },
  {
    kind: 'jwk',
    name: 'a key (JWK)',
    matches: (json) => typeof json['kty'] === 'string',
    find: (json) => {
      const { d, ...open } = json
      return {
        parts: { ...objectTree(json), private: d !== undefined, ...jwkTree(open) },
        check: () => publicKeyFromJwk(open),
      }
    },
  },
  {
    kind: 'credential-offer',
    name: 'an offer of a credential (OpenID4VCI)',
    matches: (json) => json['credential_issuer'] !== undefined && json['grants'] !== undefined,
    find: (json) => ({ parts: objectTree(json) }),
  },
  {
    kind: 'deny-list',
    name: 'a deny list',
    matches: (json) => Array.isArray(json['keys']) && Array.isArray(json['devices']),
    find: (json) => ({ parts: json, check: () => parseDenyList(json) }),
  },
  {
    kind: 'recognition-list',
    name: 'a recognition list',
    matches: (json) => Array.isArray(json['jurisdictions']),
    find: (json) => ({ parts: json, check: () => parseRecognitionList(json) }),
  },
  {
    kind: 'matter-catalogue',
    name: 'a catalogue of matters',
    matches: (json) => Array.isArray(json['matters']),
    find: (json) => ({ parts: json, check: () => parseMatterCatalogue(json) }),
  },
]

/** Documents of ours, offers in addresses, the pack, then any JSON, address or CBOR. */
export const JSON_RECOGNISERS: readonly Recogniser[] = [
  ...ROWS.map(
    ({ kind, name, matches, find }): Recogniser => ({
      kind,
      name,
      find: (opened) => {
        if (opened.form !== 'json' || !isObject(opened.json)) return undefined
        return matches(opened.json) ? find(opened.json) : undefined
      },
    }),
  ),
  {
    kind: 'credential-offer',
    name: 'an offer of a credential (OpenID4VCI)',
    find: (opened) => (opened.form === 'address' ? findOffer(opened.text) : undefined),
  },
  {
    kind: 'names',
    name: 'the paths of the targets that a role names',
    find: (opened) => (opened.form === 'json' ? findNames(opened.json) : undefined),
  },
  {
    kind: 'transcript',
    name: 'the transcript of a ceremony',
    find: (opened) => findTranscript(opened),
  },
  {
    kind: 'json',
    name: 'JSON of no kind of ours',
    find: (opened) => {
      if (opened.form === 'json') return { parts: { content: opened.json } }
      return opened.form === 'json-lines' ? { parts: { content: opened.lines } } : undefined
    },
  },
  {
    kind: 'cbor',
    name: 'CBOR of no kind of ours',
    find: (opened) =>
      opened.form === 'cbor' ? { parts: { diagnostic: diagnostic(opened.value) } } : undefined,
  },
  {
    kind: 'address',
    name: 'an address; nothing was fetched',
    find: (opened) =>
      opened.form === 'address' ? { parts: { scheme: new URL(opened.text).protocol } } : undefined,
  },
]

/** `names.json` and `status/names.json`: they name themselves too. */
function findNames(json: JsonValue): Finding | undefined {
  if (!Array.isArray(json) || !json.every((path) => typeof path === 'string')) return undefined
  const isOurs = json.includes(TARGET.names) || json.includes(TARGET.statusNames)
  return isOurs ? { parts: { count: json.length, paths: json } } : undefined
}

/** One act a line, each with the digest of the line before. */
function findTranscript(opened: Opened): Finding | undefined {
  const lines =
    opened.form === 'json-lines' ? opened.lines : opened.form === 'json' ? [opened.json] : []
  const acts = lines.filter(isObject)
  const isOurs = acts.length > 0 && acts.every((act) => 'act' in act && 'previous' in act)
  return isOurs && acts.length === lines.length ? { parts: { acts } } : undefined
}

/** An offer stands in the query of its own scheme, or in the fragment of a wallet's address. */
function findOffer(text: string): Finding | undefined {
  const url = new URL(text)
  const isOfferScheme = url.protocol === 'openid-credential-offer:'
  const offer = new URLSearchParams((isOfferScheme ? url.search : url.hash).slice(1))
  const json = offer.get('credential_offer')
  const by = isOfferScheme ? url.protocol.slice(0, -1) : url.origin
  if (json !== null) return { parts: { address: by, offer: jsonTree(parseInside(json)) } }
  if (isOfferScheme) return { parts: { address: by, offer: 'by reference' } }
  return undefined
}

function typeTree(json: JsonObject): JsonObject {
  const { onetrip, claims, name = null, vct = null } = json
  const extension = isObject(onetrip) ? onetrip : {}
  const { typeCode = null, version = null, about = null, freshness = null } = extension
  const list = Array.isArray(claims) ? claims.filter(isObject) : []
  return {
    name,
    vct,
    typeCode,
    version,
    about,
    freshness,
    claims: list.map(({ path = null, sd = null, onetrip: own }) => ({
      name: Array.isArray(path) ? (path[0] ?? null) : path,
      key: isObject(own) ? (own['key'] ?? null) : null,
      format: isObject(own) ? (own['format'] ?? null) : null,
      sd,
    })),
  }
}
