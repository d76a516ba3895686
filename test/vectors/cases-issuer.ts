/** Cases about issuers, their keys, types and claims (ARCHITECTURE §2, §4, §5). */
import { type LiveCase, liveCase } from './live-case.ts'
import type { VectorCase } from './vector-case.ts'
import {
  FOOD_PLAIN,
  HOUR,
  IDENTITY_TYPE,
  INDEX,
  ISSUED_AT,
  LIST,
  POLICE,
  signers,
  statusIn,
} from './vector-cast.ts'

/** All cases of this kind. */
export function issuerCases(): Promise<readonly VectorCase[]> {
  return Promise.all([...ISSUER_CASES, ...CLAIM_CASES].map(liveCase))
}

const ISSUER_CASES: readonly LiveCase[] = [
  {
    name: 'issuer-unknown',
    clause: 'ARCHITECTURE §4',
    why: 'an issuer that the trust list does not name',
    credential: { iss: '91339901MAXYN00113' },
    outcome: 'unverifiable',
    code: 'issuer/unknown',
  },
  {
    name: 'issuer-key-unknown',
    clause: 'ARCHITECTURE §4',
    why: 'a known issuer, a key that is not in the trust list',
    credential: { signer: signers.stranger },
    outcome: 'unverifiable',
    code: 'key/unknown',
  },
  {
    name: 'issuer-key-of-another-agency',
    clause: 'ARCHITECTURE §10 CO11',
    why: "another agency's key, under its own kid",
    credential: { signer: signers.police },
    outcome: 'unverifiable',
    code: 'key/unknown',
  },
  {
    name: 'issuer-status-key',
    clause: 'ARCHITECTURE §4',
    why: 'a key for status lists issues nothing',
    credential: { signer: signers.marketStatus },
    outcome: 'unverifiable',
    code: 'key/unknown',
  },
  {
    name: 'issuer-no-kid',
    clause: 'ARCHITECTURE §10 JW04',
    why: 'no kid names no key',
    credential: { header: [[4, undefined]] },
    outcome: 'unverifiable',
    code: 'key/unknown',
  },
  {
    name: 'issuer-wrong-key-right-kid',
    clause: 'ARCHITECTURE §10 CO11',
    why: "signed by another listed issuer's key under the right kid",
    credential: { signer: signers.police, header: [[4, signers.market.publicKey.kid]] },
    outcome: 'invalid',
    code: 'signature/invalid',
  },
  {
    name: 'issuer-algorithm-of-another-key',
    clause: 'ARCHITECTURE §10 CO02',
    why: 'alg ES256 under the kid of an Ed25519 key',
    credential: { header: [[1, -9]] },
    outcome: 'invalid',
    code: 'algorithm/not-allowed',
  },
  {
    name: 'issuer-key-ended-before',
    clause: 'ARCHITECTURE §10 TR08',
    why: "issued after the key's last second",
    credential: { signer: signers.marketOld },
    outcome: 'invalid',
    code: 'key/outside-validity',
  },
  {
    name: 'issuer-key-begins-later',
    clause: 'ARCHITECTURE §10 TR08',
    why: "issued before the key's first hour",
    credential: { signer: signers.marketNext },
    outcome: 'invalid',
    code: 'key/outside-validity',
  },
  {
    name: 'issuer-key-last-second',
    clause: 'ARCHITECTURE §10 TR08',
    why: "issued in the key's last second, which is included",
    credential: { signer: signers.marketOld, issuedAt: ISSUED_AT - 1 },
    outcome: 'valid',
  },
  {
    name: 'issuer-key-revoked',
    clause: 'ARCHITECTURE §10 T4',
    why: "issued at the key's cut-off time",
    credential: { signer: signers.marketRevoked },
    outcome: 'invalid',
    code: 'key/revoked',
  },
  {
    name: 'issuer-key-revoked-later',
    clause: 'ARCHITECTURE §10 T4',
    why: "issued before the key's cut-off time",
    credential: { signer: signers.marketRevoked, issuedAt: ISSUED_AT - HOUR },
    outcome: 'valid',
  },
  {
    name: 'issuer-type-not-allowed',
    clause: 'ARCHITECTURE §5',
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
    clause: 'ARCHITECTURE §5',
    why: 'a key that is for business licences only',
    credential: { signer: signers.marketNarrow },
    outcome: 'invalid',
    code: 'issuer/type-not-allowed',
  },
  {
    name: 'type-unknown-version',
    clause: 'ARCHITECTURE §2',
    why: 'version 2 of the type is not in the trust data',
    credential: { licence: [...FOOD_PLAIN, [5, 2]] },
    outcome: 'unverifiable',
    code: 'type/unknown',
  },
  {
    name: 'person-valid',
    clause: 'ARCHITECTURE §3',
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
    clause: 'ARCHITECTURE §10 QR07',
    why: 'a character that turns text round, in a name',
    credential: {
      licence: [...FOOD_PLAIN.slice(0, 3), [6, '虚构\u202e公司'], [7, '91339901MAXYN00113']],
    },
    outcome: 'invalid',
    code: 'claim/format',
  },
  {
    name: 'claim-invisible',
    clause: 'ARCHITECTURE §10 QR07',
    why: 'a filler and a tag character, which show nothing, in a name',
    credential: {
      licence: [
        ...FOOD_PLAIN.slice(0, 3),
        [6, '虚构\u3164公司\u{e0041}'],
        [7, '91339901MAXYN00113'],
      ],
    },
    outcome: 'invalid',
    code: 'claim/format',
  },
  {
    name: 'claim-code-outside-its-list',
    clause: 'ARCHITECTURE §2',
    why: 'a kind of business that the definition does not know',
    credential: { redacted: [[11, '9']], disclose: [11] },
    outcome: 'invalid',
    code: 'claim/format',
  },
  {
    name: 'claim-unknown',
    clause: 'ARCHITECTURE §2',
    why: 'a claim key that the definition does not have',
    credential: { licence: [...FOOD_PLAIN, [99, 'x']] },
    outcome: 'invalid',
    code: 'claim/unknown',
  },
  {
    name: 'claim-public-hidden',
    clause: 'ARCHITECTURE §2',
    why: 'the name is public by law, and is not there',
    credential: { licence: FOOD_PLAIN.slice(0, 3) },
    outcome: 'invalid',
    code: 'claim/missing',
  },
]
