/** Cases about issuers, keys, types, claims, periods, status and trust data (DESIGN §2, §4, §5). */
import type { Mode } from '@onetrip/credential'
import type { CborParts } from './forge-cbor.ts'
import { foodSdJwt, liveCode, liveSdJwt, type VectorCase } from './vector-case.ts'
import {
  DAY,
  EXPIRES_AT,
  FOOD_PLAIN,
  HOUR,
  IDENTITY_TYPE,
  INDEX,
  ISSUED_AT,
  LIST,
  MARKET,
  NOW,
  OFFICE,
  POLICE,
  signers,
  statusIn,
} from './vector-cast.ts'

/** A case about a live code: its name, why, the credential's changes, outcome and code, time. */
interface LiveCase {
  readonly name: string
  readonly clause: string
  readonly why: string
  readonly credential?: Partial<CborParts>
  readonly now?: number
  readonly outcome: VectorCase['outcome']
  readonly code?: string
  readonly input?: Partial<VectorCase['input']>
}

/** All cases of this kind. */
export async function licenceCases(): Promise<readonly VectorCase[]> {
  const cases = [...ISSUER_CASES, ...CLAIM_CASES, ...PERIOD_CASES, ...STATUS_CASES, ...TRUST_CASES]
  return [...(await Promise.all(cases.map(liveCase))), ...(await jsonCases())]
}

const ISSUER_CASES: readonly LiveCase[] = [
  {
    name: 'issuer-unknown',
    clause: 'DESIGN §4',
    why: 'an issuer that the trust list does not name',
    credential: { iss: '91339901MAXYN00113' },
    outcome: 'unverifiable',
    code: 'issuer/unknown',
  },
  {
    name: 'issuer-key-unknown',
    clause: 'DESIGN §4',
    why: 'a known issuer, a key that is not in the trust list',
    credential: { signer: signers.stranger },
    outcome: 'unverifiable',
    code: 'key/unknown',
  },
  {
    name: 'issuer-key-of-another-agency',
    clause: 'facts/threats.md CO11',
    why: "another agency's key, under its own kid",
    credential: { signer: signers.police },
    outcome: 'unverifiable',
    code: 'key/unknown',
  },
  {
    name: 'issuer-status-key',
    clause: 'DESIGN §4',
    why: 'a key for status lists issues nothing',
    credential: { signer: signers.marketStatus },
    outcome: 'unverifiable',
    code: 'key/unknown',
  },
  {
    name: 'issuer-no-kid',
    clause: 'facts/threats.md JW04',
    why: 'no kid names no key',
    credential: { header: [[4, undefined]] },
    outcome: 'unverifiable',
    code: 'key/unknown',
  },
  {
    name: 'issuer-wrong-key-right-kid',
    clause: 'facts/threats.md CO11',
    why: "signed by another listed issuer's key under the right kid",
    credential: { signer: signers.police, header: [[4, signers.market.publicKey.kid]] },
    outcome: 'invalid',
    code: 'signature/invalid',
  },
  {
    name: 'issuer-algorithm-of-another-key',
    clause: 'facts/threats.md CO02',
    why: 'alg ES256 under the kid of an Ed25519 key',
    credential: { header: [[1, -9]] },
    outcome: 'invalid',
    code: 'algorithm/not-allowed',
  },
  {
    name: 'issuer-key-ended-before',
    clause: 'facts/threats.md TR08',
    why: "issued after the key's last second",
    credential: { signer: signers.marketOld },
    outcome: 'invalid',
    code: 'key/outside-validity',
  },
  {
    name: 'issuer-key-begins-later',
    clause: 'facts/threats.md TR08',
    why: "issued before the key's first hour",
    credential: { signer: signers.marketNext },
    outcome: 'invalid',
    code: 'key/outside-validity',
  },
  {
    name: 'issuer-key-last-second',
    clause: 'facts/threats.md TR08',
    why: "issued in the key's last second, which is included",
    credential: { signer: signers.marketOld, issuedAt: ISSUED_AT - 1 },
    outcome: 'valid',
  },
  {
    name: 'issuer-key-revoked',
    clause: 'facts/threats.md T4',
    why: "issued at the key's cut-off time",
    credential: { signer: signers.marketRevoked },
    outcome: 'invalid',
    code: 'key/revoked',
  },
  {
    name: 'issuer-key-revoked-later',
    clause: 'facts/threats.md T4',
    why: "issued before the key's cut-off time",
    credential: { signer: signers.marketRevoked, issuedAt: ISSUED_AT - HOUR },
    outcome: 'valid',
  },
  {
    name: 'issuer-type-not-allowed',
    clause: 'DESIGN §5',
    why: 'the market regulator issues no identity licence',
    credential: {
      typeCode: IDENTITY_TYPE,
      licence: [
        [1, '7Q2M9K4T8W3X6R1B5N0D'],
        [3, 20_777],
      ],
      redacted: [[6, '陈样例']],
      disclose: [6],
    },
    outcome: 'invalid',
    code: 'issuer/type-not-allowed',
  },
  {
    name: 'issuer-key-for-other-types',
    clause: 'DESIGN §5',
    why: 'a key that is for business licences only',
    credential: { signer: signers.marketNarrow },
    outcome: 'invalid',
    code: 'issuer/type-not-allowed',
  },
  {
    name: 'type-unknown-version',
    clause: 'DESIGN §2',
    why: 'version 2 of the type is not in the trust data',
    credential: { licence: [...FOOD_PLAIN, [5, 2]] },
    outcome: 'unverifiable',
    code: 'type/unknown',
  },
  {
    name: 'person-valid',
    clause: 'DESIGN §3',
    why: 'an identity licence of which only the age is shown',
    credential: {
      signer: signers.police,
      iss: POLICE,
      typeCode: IDENTITY_TYPE,
      status: statusIn(LIST.police, INDEX.valid),
      licence: [
        [1, '7Q2M9K4T8W3X6R1B5N0D'],
        [3, 18_388],
      ],
      redacted: [
        [6, '陈样例'],
        [7, '33999919010101001X'],
        [13, '1'],
      ],
      disclose: [13],
    },
    outcome: 'valid',
  },
]

const CLAIM_CASES: readonly LiveCase[] = [
  {
    name: 'claim-bidirectional',
    clause: 'facts/threats.md QR07',
    why: 'a character that turns text round, in a name',
    credential: {
      licence: [...FOOD_PLAIN.slice(0, 3), [6, '虚构\u202e公司'], [7, '91339901MAXYN00113']],
    },
    outcome: 'invalid',
    code: 'claim/format',
  },
  {
    name: 'claim-code-outside-its-list',
    clause: 'DESIGN §2',
    why: 'a kind of business that the definition does not know',
    credential: { redacted: [[11, '9']], disclose: [11] },
    outcome: 'invalid',
    code: 'claim/format',
  },
  {
    name: 'claim-unknown',
    clause: 'DESIGN §2',
    why: 'a claim key that the definition does not have',
    credential: { licence: [...FOOD_PLAIN, [99, 'x']] },
    outcome: 'invalid',
    code: 'claim/unknown',
  },
  {
    name: 'claim-public-hidden',
    clause: 'DESIGN §2',
    why: 'the name is public by law, and is not there',
    credential: { licence: FOOD_PLAIN.slice(0, 3) },
    outcome: 'invalid',
    code: 'claim/missing',
  },
]

const PERIOD_CASES: readonly LiveCase[] = [
  {
    name: 'credential-one-second-left',
    clause: 'RFC 8392 §3.1.4',
    why: 'the last second before exp',
    credential: { expiresAt: NOW + 1 },
    outcome: 'valid',
  },
  {
    name: 'credential-expired',
    clause: 'RFC 8392 §3.1.4',
    why: 'exp is now: it has expired',
    credential: { expiresAt: NOW },
    outcome: 'invalid',
    code: 'credential/expired',
  },
  {
    name: 'credential-from-the-future',
    clause: 'RFC 8392 §3.1.6',
    why: 'issued in an hour',
    credential: { issuedAt: NOW + HOUR, expiresAt: NOW + DAY },
    outcome: 'invalid',
    code: 'credential/not-yet-valid',
  },
  {
    name: 'credential-not-before',
    clause: 'RFC 8392 §3.1.5',
    why: 'nbf lies in the future',
    credential: { claims: [[5, NOW + 61]] },
    outcome: 'invalid',
    code: 'credential/not-yet-valid',
  },
  {
    name: 'licence-first-second',
    clause: 'DESIGN §2',
    why: 'midnight in Shanghai on its first day',
    credential: { licence: withDays(20_789, 22_602), issuedAt: ISSUED_AT },
    now: 20_789 * DAY - 8 * HOUR,
    outcome: 'valid',
  },
  {
    name: 'licence-not-yet-valid',
    clause: 'DESIGN §2',
    why: 'the second before midnight in Shanghai',
    credential: { licence: withDays(20_789, 22_602) },
    now: 20_789 * DAY - 8 * HOUR - 1,
    outcome: 'invalid',
    code: 'licence/not-yet-valid',
  },
  {
    name: 'licence-last-second',
    clause: 'DESIGN §2',
    why: 'its last day is included',
    credential: { licence: withDays(20_777, 20_788) },
    now: 20_789 * DAY - 8 * HOUR - 1,
    outcome: 'valid',
  },
  {
    name: 'licence-expired',
    clause: 'DESIGN §2',
    why: 'midnight in Shanghai after its last day',
    credential: { licence: withDays(20_777, 20_788) },
    now: 20_789 * DAY - 8 * HOUR,
    outcome: 'invalid',
    code: 'licence/expired',
  },
  {
    name: 'licence-long-term',
    clause: 'DESIGN §2',
    why: 'no last day is long-term',
    credential: { licence: FOOD_PLAIN.filter(([key]) => key !== 4) },
    outcome: 'valid',
  },
]

const STATUS_CASES: readonly LiveCase[] = [
  ...(
    [
      ['revoked', LIST.good, INDEX.revoked, 'invalid', 'status/revoked'],
      ['suspended', LIST.good, INDEX.suspended, 'invalid', 'status/suspended'],
      ['unassigned-value', LIST.good, INDEX.unassigned, 'unverifiable', 'status/unknown-value'],
      ['index-out-of-range', LIST.good, INDEX.size, 'unverifiable', 'status/index'],
      ['index-of-2-53', LIST.good, Number.MAX_SAFE_INTEGER, 'unverifiable', 'status/index'],
      ['stale', LIST.stale, INDEX.valid, 'caution', 'status/stale'],
      ['stale-and-revoked', LIST.stale, INDEX.revoked, 'invalid', 'status/revoked'],
      ['too-old', LIST.tooOld, INDEX.valid, 'unverifiable', 'status/expired'],
      ['past-its-own-end', LIST.ended, INDEX.valid, 'unverifiable', 'status/expired'],
      ['old-list-still-revokes', LIST.tooOld, INDEX.revoked, 'invalid', 'status/revoked'],
      ['absent', LIST.absent, INDEX.valid, 'unverifiable', 'status/unavailable'],
      ['altered-list', LIST.altered, INDEX.valid, 'unverifiable', 'status/unavailable'],
      [
        'signed-by-another',
        LIST.otherIssuer,
        INDEX.valid,
        'unverifiable',
        'status/issuer-mismatch',
      ],
      ['list-of-another', LIST.police, INDEX.valid, 'unverifiable', 'status/issuer-mismatch'],
    ] as const
  ).map(([words, uri, index, outcome, code]) => ({
    name: `status-${words}`,
    clause: 'draft-ietf-oauth-status-list §8.3',
    why: `the licence's status list: ${words.replaceAll('-', ' ')}`,
    credential: { status: statusIn(uri, index) },
    outcome,
    code,
  })),
  {
    name: 'status-stale-by-policy',
    clause: 'DESIGN §4',
    why: "a caller's policy tightens the type's",
    input: { policy: { staleAfterSeconds: 1800 } },
    outcome: 'caution',
    code: 'status/stale',
  },
  {
    name: 'status-policy-never-loosens',
    clause: 'STYLE 9',
    why: "a caller's policy does not loosen the type's",
    credential: { status: statusIn(LIST.stale, INDEX.valid) },
    input: { policy: { staleAfterSeconds: 99 * DAY } },
    outcome: 'caution',
    code: 'status/stale',
  },
]

const TRUST_CASES: readonly LiveCase[] = [
  {
    name: 'trust-last-second',
    clause: 'DESIGN §5',
    why: 'the trust list is fresh up to its next update',
    now: NOW + DAY,
    outcome: 'valid',
  },
  {
    name: 'trust-stale',
    clause: 'facts/threats.md TR02',
    why: 'past the next update',
    now: NOW + DAY + 1,
    outcome: 'caution',
    code: 'trust/stale',
  },
  {
    name: 'trust-expired',
    clause: 'facts/threats.md TR02',
    why: 'past the hard limit',
    now: NOW + 7 * DAY + 1,
    outcome: 'unverifiable',
    code: 'trust/expired',
  },
  {
    name: 'trust-other-environment',
    clause: 'facts/threats.md T3',
    why: "a test environment's trust data in a production verifier",
    input: { environment: 'production' },
    outcome: 'unverifiable',
    code: 'trust/wrong-environment',
  },
  {
    name: 'trust-own-environment',
    clause: 'facts/threats.md T3',
    why: 'trust data of the environment the verifier works for',
    input: { environment: 'test' },
    outcome: 'valid',
  },
  {
    name: 'clock-at-the-floor',
    clause: 'DESIGN §4',
    why: "a minute below the newest signed time is the signers' clocks",
    now: NOW - HOUR - 60,
    outcome: 'valid',
  },
  {
    name: 'clock-rolled-back',
    clause: 'facts/threats.md CL01',
    why: 'below the newest signed time',
    now: NOW - HOUR - 61,
    outcome: 'unverifiable',
    code: 'clock/rolled-back',
  },
  {
    name: 'clock-a-year-back',
    clause: 'facts/threats.md CL01',
    why: 'a clock that is a year slow expires and begins nothing',
    now: NOW - 365 * DAY,
    outcome: 'unverifiable',
    code: 'clock/rolled-back',
  },
]

async function jsonCases(): Promise<readonly VectorCase[]> {
  const accept: readonly Mode[] = ['live']
  const cases: readonly (readonly [string, string, string, VectorCase['outcome'], string])[] = [
    [
      'issuer-unknown',
      'an issuer URL that the trust list does not name',
      await liveSdJwt({ iss: 'https://issuer.example' }),
      'unverifiable',
      'issuer/unknown',
    ],
    [
      'issuer-by-uscc',
      'the JSON form names its issuer by URL',
      await liveSdJwt({ iss: MARKET }),
      'unverifiable',
      'issuer/unknown',
    ],
    [
      'key-in-header',
      'keys in the header are ignored (JW03)',
      await liveSdJwt({
        signer: signers.strangerJws,
        header: { jwk: { kty: 'EC' }, jku: 'https://x.example', x5c: ['AA'] },
      }),
      'unverifiable',
      'key/unknown',
    ],
    [
      'kid-text',
      'a kid that is a path (JW04)',
      await liveSdJwt({ header: { kid: '../../x' } }),
      'unverifiable',
      'key/unknown',
    ],
    [
      'kid-missing',
      'no kid (JW04)',
      await liveSdJwt({ header: { kid: undefined } }),
      'unverifiable',
      'key/unknown',
    ],
    [
      'key-of-another-agency',
      "another agency's key under the right kid",
      await liveSdJwt({
        signer: signers.policeJws,
        header: { kid: kidOf(await foodSdJwt()) },
      }),
      'invalid',
      'signature/invalid',
    ],
    [
      'type-unknown',
      'a vct that is not in the trust data',
      await liveSdJwt({ vct: 'https://types.onetrip.example/x/9' }),
      'unverifiable',
      'type/unknown',
    ],
    [
      'expired',
      'exp is now (JW11)',
      await liveSdJwt({ expiresAt: NOW }),
      'invalid',
      'credential/expired',
    ],
    [
      'from-the-future',
      'iat in the future (JW10)',
      await liveSdJwt({ issuedAt: NOW + HOUR, expiresAt: EXPIRES_AT }),
      'invalid',
      'credential/not-yet-valid',
    ],
    [
      'revoked',
      'one list, one URI, either securing',
      await liveSdJwt({ status: { status_list: { idx: INDEX.revoked, uri: LIST.good } } }),
      'invalid',
      'status/revoked',
    ],
  ]
  return cases.map(([words, why, text, outcome, code]) => ({
    name: `sd-jwt-${words}`,
    clause: 'draft-ietf-oauth-sd-jwt-vc §3.5',
    why,
    input: { text, office: OFFICE, accept },
    outcome,
    code,
  }))
}

async function liveCase(given: LiveCase): Promise<VectorCase> {
  const { name, clause, why, credential, now, outcome, code, input } = given
  const issuedAt = (now ?? NOW) - 5
  return {
    name,
    clause,
    why,
    ...(now === undefined ? {} : { now }),
    input: { text: await liveCode(credential, { issuedAt }), office: OFFICE, ...input },
    outcome,
    ...(code === undefined ? {} : { code }),
  }
}

function withDays(from: number, to: number): CborParts['licence'] {
  return FOOD_PLAIN.map(([key, value]) =>
    key === 3 ? [3, from] : key === 4 ? [4, to] : [key, value],
  )
}

function kidOf(sdJwt: string): string {
  const [header = ''] = sdJwt.split('.')
  return JSON.parse(Buffer.from(header, 'base64url').toString()).kid
}
