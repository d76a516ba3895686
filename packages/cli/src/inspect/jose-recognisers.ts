/** SD-JWTs, and compact JWS by the `typ` of their header. */
import { decodeJws, isObject, type JsonObject, type JsonValue, type Jws } from '@onetrip/codec'
import { JOSE_TYP, jsonDisclosureDigest, openSdJwt, parseSdJwt } from '@onetrip/credential'
import { parseImpressionJws, parseSealJws, SEAL_JOSE_TYP } from '@onetrip/seal'
import { decodeStatusList, LIST_TYPE } from '@onetrip/status'
import { parseInside } from './opened.ts'
import type { Finding, Recogniser } from './recogniser.ts'
import { statusListTree } from './status-list-tree.ts'
import { jsonTree, jwkTree } from './tree.ts'

/** JWS that are told by header and payload alone, by `typ`. */
const PLAIN: Readonly<Record<string, string>> = {
  [JOSE_TYP.sdJwt]: 'an SD-JWT VC that lost its end',
  [JOSE_TYP.keyBinding]: 'a key binding (KB-JWT) without its credential',
  [JOSE_TYP.counterProof]: "a counter's proof of possession",
  'openid4vci-proof+jwt': "a wallet's proof of possession (OpenID4VCI)",
  'dpop+jwt': 'a DPoP proof',
}

/** Seals and impressions, which are parsed strictly too. */
const SEALS = [
  {
    kind: 'seal-jws',
    typ: SEAL_JOSE_TYP.seal,
    name: 'a seal (印章), as its maker states it, in its JWS form',
    parse: parseSealJws,
  },
  {
    kind: 'impression-jws',
    typ: SEAL_JOSE_TYP.impression,
    name: 'an impression (签章): one use of a seal on a file, in its JWS form',
    parse: parseImpressionJws,
  },
] as const

/** Rows for SD-JWTs and JWS, then one for any other JWS. */
export const JOSE_RECOGNISERS: readonly Recogniser[] = [
  {
    kind: 'sd-jwt-vc',
    name: 'a credential or presentation: SD-JWT VC',
    find: (opened) => (opened.form === 'sd-jwt' ? findSdJwt(opened.text) : undefined),
  },
  {
    kind: 'status-list-jwt',
    name: 'a status list (JWT)',
    find: (opened) => {
      if (opened.form !== 'jws' || opened.jws.header['typ'] !== LIST_TYPE.jwt) return undefined
      const token = decodeStatusList(opened.text)
      return { parts: { header: jsonTree(opened.jws.header), ...statusListTree(token) } }
    },
  },
  ...SEALS.map(
    ({ kind, typ, name, parse }): Recogniser => ({
      kind,
      name,
      find: (opened) =>
        opened.form === 'jws' && opened.jws.header['typ'] === typ
          ? { parts: jwsTree(opened.jws), check: () => parse(opened.text) }
          : undefined,
    }),
  ),
  ...Object.entries(PLAIN).map(
    ([typ, name]): Recogniser => ({
      kind: typ,
      name,
      find: (opened) =>
        opened.form === 'jws' && opened.jws.header['typ'] === typ
          ? { parts: jwsTree(opened.jws) }
          : undefined,
    }),
  ),
  {
    kind: 'jws',
    name: 'a JWS of no kind of ours',
    find: (opened) => (opened.form === 'jws' ? { parts: jwsTree(opened.jws) } : undefined),
  },
]

function findSdJwt(text: string): Finding {
  const { jws, opened, disclosures, hiddenCount, keyBindingText } = openSdJwt(text)
  return {
    parts: {
      header: jsonTree(jws.header),
      payload: withKey(opened),
      disclosures: disclosures.map(({ text: disclosure, name }) => ({
        digest: jsonDisclosureDigest(disclosure),
        ...(name === undefined ? {} : { name }),
      })),
      hidden: hiddenCount,
      keyBinding: keyBindingText === undefined ? 'none' : jwsTree(decodeJws(keyBindingText)),
    },
    check: () => parseSdJwt(text),
  }
}

function withKey(payload: JsonObject): JsonValue {
  const { cnf } = payload
  const jwk = isObject(cnf) ? cnf['jwk'] : undefined
  const tree = jsonTree(payload)
  if (!isObject(jwk) || !isObject(tree)) return tree
  return { ...tree, cnf: jwkTree(jwk) }
}

/** Header, payload, length of the signature. */
export function jwsTree(jws: Jws): JsonObject {
  return {
    header: jsonTree(jws.header),
    payload: jsonTree(payloadOf(jws) ?? `(${jws.payload.length} bytes that are not JSON)`),
    signatureBytes: jws.signature.length,
  }
}

function payloadOf(jws: Jws): JsonValue | undefined {
  const isJson = jws.payload[0] === 0x7b || jws.payload[0] === 0x5b
  return isJson ? parseInside(jws.payload) : undefined
}
