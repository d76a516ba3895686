/** Who and what the verifier's vectors are about: times, keys, licences, trust data; all invented. */
import { ed25519 } from '@noble/curves/ed25519.js'
import {
  type CborValue,
  type JsonObject,
  type Signer,
  sha256,
  toBase64url,
  utf8Encode,
} from '@onetrip/codec'
import { testKeys } from '@onetrip/fixtures'
import { testSigner } from './forge-signers.ts'

/** 2026-12-01 09:10:00 in Shanghai: when most vectors are verified. */
export const NOW = 1_796_087_400
export const HOUR = 3600
export const DAY = 86_400

/** 2026-11-20 and 2027-11-20, full hours: the life of the sample credentials. */
export const ISSUED_AT = 1_795_140_000
export const EXPIRES_AT = 1_826_676_000

export const FOOD_TYPE = '1110000099XYN9907G038'
export const IDENTITY_TYPE = '1110000099XYN9907G002'
export const FOOD_VCT = 'https://types.onetrip.example/1110000099XYN9907G038/1'
export const MARKET = '11339901XYN000014M'
export const POLICE = '11339901XYN0000498'
export const MARKET_URL = 'https://api.onetrip.example/agencies/market'
export const POLICE_URL = 'https://api.onetrip.example/agencies/police'

/** The counter that verifies, and another one. */
export const OFFICE = '12339901XYN0000570'
export const OTHER_OFFICE = '11339901XYN000022G'

/** Status lists by what is the matter with them. */
export const LIST = {
  good: 'https://s.onetrip.example/1',
  stale: 'https://s.onetrip.example/2',
  tooOld: 'https://s.onetrip.example/3',
  ended: 'https://s.onetrip.example/4',
  absent: 'https://s.onetrip.example/5',
  otherIssuer: 'https://s.onetrip.example/6',
  altered: 'https://s.onetrip.example/7',
  police: 'https://s.onetrip.example/p',
} as const

/** Entries of every list. */
export const INDEX = { valid: 10, revoked: 11, suspended: 12, unassigned: 13, size: 1024 } as const

type SignerName =
  | 'root'
  | 'market'
  | 'marketJws'
  | 'marketStatus'
  | 'police'
  | 'policeJws'
  | 'policeStatus'
  | 'holder'
  | 'holderJws'
  | 'stranger'
  | 'strangerJws'
  | 'marketOld'
  | 'marketNext'
  | 'marketRevoked'
  | 'marketNarrow'

/** Everyone who signs. */
export const signers: Readonly<Record<SignerName, Signer>> = {
  root: testSigner(testKeys.root),
  market: testSigner(testKeys.marketIssueCbor),
  marketJws: testSigner(testKeys.marketIssueJws),
  marketStatus: testSigner(testKeys.marketStatus),
  police: testSigner(testKeys.policeIssueCbor),
  policeJws: testSigner(testKeys.policeIssueJws),
  policeStatus: testSigner(testKeys.policeStatus),
  holder: testSigner(testKeys.holderCbor),
  holderJws: testSigner(testKeys.holderJws),
  stranger: testSigner(testKeys.strangerCbor),
  strangerJws: testSigner(testKeys.strangerJws),
  /** Its validity ended before the sample credentials were issued. */
  marketOld: seededSigner('market old'),
  /** Begins after the sample credentials were issued. */
  marketNext: seededSigner('market next'),
  /** Revoked from before the sample credentials were issued. */
  marketRevoked: seededSigner('market revoked'),
  /** May issue the business licence only. */
  marketNarrow: seededSigner('market narrow'),
}

/** The food licence's plain claims in the CBOR licence map. */
export const FOOD_PLAIN: readonly (readonly [number, CborValue])[] = [
  [1, 'JY23399010000012'],
  [3, 20_777],
  [4, 22_602],
  [6, '虚构市云栖样例餐饮有限公司'],
  [7, '91339901MAXYN00113'],
]

/** Its claims that the holder may hide. */
export const FOOD_HIDDEN: readonly (readonly [number, CborValue])[] = [
  [8, '陈样例'],
  [9, '虚构市云栖区样例路18号'],
  [10, '虚构市云栖区样例路18号'],
  [11, '2'],
  [12, '热食类制售，冷食类制售，自制饮品制售'],
]

/** The same licence in JSON. */
export const FOOD_PLAIN_JSON: JsonObject = {
  serial: 'JY23399010000012',
  validFrom: '2026-11-20',
  validTo: '2031-11-19',
  name: '虚构市云栖样例餐饮有限公司',
  uscc: '91339901MAXYN00113',
}

export const FOOD_HIDDEN_JSON: JsonObject = {
  legalRepresentative: '陈样例',
  address: '虚构市云栖区样例路18号',
  premises: '虚构市云栖区样例路18号',
  businessForm: '2',
  items: '热食类制售，冷食类制售，自制饮品制售',
}

/** A place in a status list, in either encoding. */
export function statusIn(uri: string, index: CborValue): ReadonlyMap<string, CborValue> {
  return new Map([
    [
      'status_list',
      new Map<string, CborValue>([
        ['idx', index],
        ['uri', uri],
      ]),
    ],
  ])
}

/** A key of its own for a label. */
export function seededSigner(label: string): Signer {
  const seed = sha256(utf8Encode(`onetrip vector key ${label}`))
  const x = toBase64url(ed25519.getPublicKey(seed))
  return testSigner({ kty: 'OKP', crv: 'Ed25519', x, d: toBase64url(seed) })
}
