/** Cases of malformed JWS and JSON, and of SD-JWT VCs that break RFC 9901. */
import { encodeJson, toBase64url, utf8Encode } from '@onetrip/codec'
import {
  forgeJsonDigest,
  forgeJsonDisclosure,
  forgeJws,
  type JsonBindingParts,
  type JsonParts,
} from './forge-json.ts'
import { foodSdJwt, liveSdJwt, type VectorCase } from './vector-case.ts'
import { FOOD_PLAIN_JSON, OFFICE, signers } from './vector-cast.ts'

type Row = readonly [
  name: string,
  why: string,
  text: string,
  code: string,
  outcome?: VectorCase['outcome'],
]

const GREY = 'unverifiable'
/** Stands for a text one character over the limit. */
const LONG = 'eyJhbGciOiJFUzI1NiJ9.A'
const HEADER = { alg: 'ES256', typ: 'dc+sd-jwt', kid: 'AAAAAAAAAAA' }

/** All cases of this kind. */
export async function jsonCases(): Promise<readonly VectorCase[]> {
  return [
    ...named('jws', 'RFC 7515 §5.2', await jwsRows()),
    ...named('json', 'RFC 8259 §4', await jsonRows()),
    ...named('sd-jwt', 'RFC 9901 §7.1', await disclosureRows()),
    ...named('kb-jwt', 'RFC 9901 §7.3', await bindingRows()),
  ]
}

async function jwsRows(): Promise<readonly Row[]> {
  const live = await liveSdJwt()
  const [issuerSigned = '', ...rest] = live.split('~')
  const [header = '', payload = ''] = issuerSigned.split('.')
  const shown = rest.join('~')
  return [
    ['alg-none', 'JW01', await liveSdJwt({ header: { alg: 'none' } }), 'algorithm/not-allowed'],
    [
      'alg-missing',
      'JW01',
      await liveSdJwt({ header: { alg: undefined } }),
      'algorithm/not-allowed',
    ],
    ['alg-hs256', 'JW02', await liveSdJwt({ header: { alg: 'HS256' } }), 'algorithm/not-allowed'],
    [
      'crit',
      'JW12',
      await liveSdJwt({ header: { crit: ['x'], x: 1 } }),
      'jws/critical-header',
      GREY,
    ],
    ['b64-false', 'JW12', await liveSdJwt({ header: { b64: false } }), 'jws/critical-header', GREY],
    ['two-parts', 'a signature is missing', `${header}.${payload}~${shown}`, 'jws/format'],
    [
      'padded',
      'base64url takes no padding',
      `${header}.${payload}.AA==~${shown}`,
      'encoding/base64url',
    ],
    ['signature-short', 'CO08', `${header}.${payload}.AAAA~${shown}`, 'signature/format'],
    ['too-long', 'more than 64 Ki characters', LONG, 'jws/limit', GREY],
    ['jwe', 'JW17', `${header}.AA.AA.AA.AA`, 'format/unsupported', GREY],
    ['jwe-with-tilde', 'JW17', `${header}.AA.AA.AA.AA~`, 'format/unsupported', GREY],
    [
      'header-array',
      'a header that is no object',
      await liveSdJwt({ headerText: '[]' }),
      'jws/format',
    ],
  ]
}

async function jsonRows(): Promise<readonly Row[]> {
  const payload = (payloadText: string): Promise<string> => liveSdJwt({ payloadText })
  return [
    [
      'duplicate-header',
      'JW07',
      await liveSdJwt({ headerText: '{"alg":"none","alg":"ES256"}' }),
      'json/duplicate-key',
    ],
    ['duplicate-claim', 'JW07', await payload('{"sub":1,"sub":2}'), 'json/duplicate-key'],
    ['proto', 'JW13', await payload('{"__proto__":{"role":"admin"}}'), 'json/key-not-allowed'],
    [
      'nested',
      'JW14',
      await payload(`{"a":${'['.repeat(1000)}${']'.repeat(1000)}}`),
      'json/too-deep',
      GREY,
    ],
    ['byte-order-mark', 'JW15', await payload('\ufeff{}'), 'json/format'],
    ['comment', 'no JSON', await payload('{/**/}'), 'json/format'],
    ['too-many-items', 'CB18', await payload(`{"a":[${'0,'.repeat(5000)}0]}`), 'json/limit', GREY],
    ['number-2-64', 'CB17', await payload('{"exp":18446744073709551616}'), 'json/number-range'],
  ]
}

async function disclosureRows(): Promise<readonly Row[]> {
  const premises = forgeJsonDisclosure('premises', '虚构市云栖区样例路18号')
  const live = await liveSdJwt()
  const changed = (changes: Partial<JsonParts>): Promise<string> => liveSdJwt(changes)
  const list = toBase64url(utf8Encode(encodeJson(['salt', 'only'])))
  return [
    [
      'duplicate-disclosure',
      'SD01',
      await changed({ disclosures: [premises, premises] }),
      'sd-jwt/duplicate-digest',
    ],
    [
      'duplicate-digest',
      'SD01',
      await changed({ extraDigests: [forgeJsonDigest(premises)] }),
      'sd-jwt/duplicate-digest',
    ],
    [
      'unreferenced-disclosure',
      'SD02',
      await changed({ disclosures: [forgeJsonDisclosure('hotline', '12315')] }),
      'sd-jwt/unreferenced-disclosure',
    ],
    [
      'claim-named-sd',
      'SD03',
      await changed({ redacted: { _sd: 'x' }, disclose: ['_sd'] }),
      'sd-jwt/claim-name',
    ],
    [
      'claim-already-there',
      'SD03',
      await changed({ redacted: { name: 'x' }, disclose: ['name'] }),
      'sd-jwt/claim-name',
    ],
    [
      'element-for-member',
      'a disclosure of an array element in place of a claim',
      await changed({ disclosures: [list], extraDigests: [forgeJsonDigest(list)] }),
      'sd-jwt/disclosure',
    ],
    ['chain-of-disclosures', 'SD05', await changed(chained(20)), 'sd-jwt/limit', GREY],
    ['hash-md5', 'SD07', await changed({ claims: { _sd_alg: 'md5' } }), 'sd-jwt/hash-algorithm'],
    [
      'hash-sha-1',
      'SD07',
      await changed({ claims: { _sd_alg: 'sha-1' } }),
      'sd-jwt/hash-algorithm',
    ],
    [
      'expiry-hidden',
      'SD08: made disclosable, and withheld',
      await changed({ claims: { exp: undefined } }),
      'sd-jwt/required-claim-hidden',
    ],
    [
      'expiry-missing',
      'JW09',
      await changed({ claims: { exp: undefined }, redacted: {} }),
      'time/format',
    ],
    ['expiry-milliseconds', 'JW09', await changed({ expiresAt: 1_826_676_000_000 }), 'time/format'],
    ['expiry-text', 'JW09', await changed({ expiresAt: '1826676000' }), 'time/format'],
    ['expiry-null', 'JW09', await changed({ expiresAt: null }), 'time/format'],
    ['expiry-negative', 'JW09', await changed({ expiresAt: -1 }), 'time/format'],
    ['no-last-tilde', 'SD13', (await foodSdJwt()).slice(0, -1), 'sd-jwt/format'],
    ['two-tildes', 'SD13', live.replace('~', '~~'), 'sd-jwt/format'],
    ['bare-jwt', 'SD13', live.split('~')[0] ?? '', 'sd-jwt/format'],
    [
      'other-typ',
      'another typ',
      await changed({ header: { typ: 'JWT' } }),
      'credential/wrong-type',
    ],
    [
      'confirmation-private',
      'ED04: a private key in cnf',
      await changed({
        claims: {
          cnf: { jwk: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43), d: 'A'.repeat(43) } },
        },
      }),
      'key/format',
    ],
    [
      'serial-of-letters',
      'a serial outside its alphabet',
      await changed({ licence: { ...FOOD_PLAIN_JSON, serial: 'jy-1' } }),
      'credential/format',
    ],
    [
      'name-missing',
      'a public claim is not there',
      await changed({ licence: { ...FOOD_PLAIN_JSON, name: undefined } }),
      'claim/missing',
    ],
    [
      'claim-unknown',
      'a claim that the definition does not have',
      await changed({ claims: { 'favourite-colour': 'green' } }),
      'claim/unknown',
    ],
  ]
}

async function bindingRows(): Promise<readonly Row[]> {
  const bound = (binding: Partial<JsonBindingParts>): Promise<string> => liveSdJwt({}, binding)
  return [
    ['type-jwt', 'SD11', await bound({ header: { typ: 'JWT' } }), 'key-binding/type'],
    ['audience-other', 'SD11', await bound({ claims: { aud: OFFICE } }), 'key-binding/audience'],
    ['nonce-missing', 'SD11', await bound({ claims: { nonce: undefined } }), 'key-binding/format'],
    [
      'mode-unknown',
      'a mode that is none',
      await bound({ claims: { onetrip_mode: 'x' } }),
      'key-binding/format',
    ],
    ['issued-at-text', 'SD11', await bound({ claims: { iat: 'now' } }), 'time/format'],
    [
      'sd-hash-other',
      'sd_hash of something else',
      await bound({ claims: { sd_hash: 'A'.repeat(43) } }),
      'key-binding/sd-hash',
    ],
    [
      'algorithm-of-another-key',
      'a KB-JWT by an Ed25519 key under a P-256 cnf',
      await bound({ signer: signers.holder }),
      'key-binding/signature',
    ],
    [
      'alone',
      'a KB-JWT without its credential',
      await forgeJws({
        signer: signers.holderJws,
        headerText: encodeJson({ ...HEADER, typ: 'kb+jwt' }),
        payloadText: '{}',
      }),
      'sd-jwt/format',
    ],
  ]
}

function named(area: string, clause: string, rows: readonly Row[]): readonly VectorCase[] {
  return rows.map(([name, why, text, code, outcome = 'invalid']) => ({
    name: `${area}-${name}`,
    clause,
    why,
    input: { text, office: OFFICE, ...(text === LONG ? { padTo: 65_537 } : {}) },
    outcome,
    code,
  }))
}

/** A chain of disclosures, each hidden in the one before. */
function chained(length: number): Partial<JsonParts> {
  const disclosures: string[] = []
  for (let i = 0; i < length; i++) {
    const inner = disclosures[0]
    const value = inner === undefined ? 'end' : { _sd: [forgeJsonDigest(inner)] }
    disclosures.unshift(forgeJsonDisclosure(`claim${i}`, value))
  }
  const [outer] = disclosures
  return outer === undefined
    ? {}
    : { disclosures, redacted: {}, extraDigests: [forgeJsonDigest(outer)] }
}
