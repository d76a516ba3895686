/** Cases of licences from other provinces (互认), and of a type's own policy on the age of trust data (ARCHITECTURE §5). */
import { type LiveCase, liveCase } from './live-case.ts'
import {
  PROVINCES,
  type Province,
  provinceList,
  provinceSigner,
  provinceUrl,
} from './recognition-repositories.ts'
import { liveSdJwt, type VectorCase } from './vector-case.ts'
import { DAY, HOUR, INDEX, LIST, MARKET, NOW, signers, statusIn } from './vector-cast.ts'

const CLAUSE = 'ARCHITECTURE §5'
const POLICY = { clause: CLAUSE, credential: {} } as const

type ProvinceCase = Omit<LiveCase, 'clause'> & { readonly pack?: string }

/** All cases of this kind. */
export async function recognitionCases(): Promise<readonly VectorCase[]> {
  const cases = [
    ...PROVINCE_CASES.map(({ pack = 'recognising', ...given }) => ({
      ...given,
      clause: CLAUSE,
      input: { trust: pack },
    })),
    ...POLICY_CASES.map((given) => ({ ...POLICY, ...given, input: { trust: 'recognising' } })),
  ]
  return [...(await Promise.all(cases.map(liveCase))), await sdJwtCase()]
}

function of(province: Province, index: number = INDEX.valid) {
  return {
    signer: provinceSigner(province),
    iss: province.agency,
    status: statusIn(provinceList(province), index),
  }
}

const PROVINCE_CASES: readonly ProvinceCase[] = [
  {
    name: 'recognition-accepted',
    why: 'a licence of a recognised province, of a type accepted from it',
    credential: of(PROVINCES.accepted),
    outcome: 'valid',
  },
  {
    name: 'recognition-withdrawn',
    why: 'the recognition list names the province no more; its files are still there',
    credential: of(PROVINCES.accepted),
    pack: 'withdrawn',
    outcome: 'unverifiable',
    code: 'issuer/unknown',
  },
  {
    name: 'recognition-of-another',
    why: 'a province that only a recognised one recognises: chains have length one',
    credential: of(PROVINCES.ofAnother),
    outcome: 'unverifiable',
    code: 'issuer/unknown',
  },
  {
    name: 'recognition-other-type',
    why: 'the province is recognised for another type of licence',
    credential: of(PROVINCES.otherType),
    outcome: 'unverifiable',
    code: 'recognition/type-not-accepted',
  },
  {
    name: 'recognition-revoked',
    why: "the other province's own status list revokes",
    credential: of(PROVINCES.accepted, INDEX.revoked),
    outcome: 'invalid',
    code: 'status/revoked',
  },
  {
    name: 'recognition-status-of-ours',
    why: 'a status list that our agency signed says nothing of their licence',
    credential: { ...of(PROVINCES.accepted), status: statusIn(LIST.good, INDEX.valid) },
    outcome: 'unverifiable',
    code: 'status/unavailable',
  },
  {
    name: 'recognition-stale',
    why: "ours are two hours old, the other province's three days: the older decides, by our policy for the type",
    now: NOW - HOUR,
    credential: of(PROVINCES.stale),
    outcome: 'caution',
    code: 'trust/stale',
  },
  {
    name: 'recognition-too-old',
    why: "the other province's trust data are older than our policy for the type lets us use",
    now: NOW + 1,
    credential: of(PROVINCES.stale),
    outcome: 'unverifiable',
    code: 'trust/expired',
  },
  {
    name: 'recognition-ours-stale',
    why: 'the type of the other province allows two days, ours one: theirs never loosens ours',
    now: NOW - 2 * HOUR + DAY + 1,
    credential: of(PROVINCES.accepted),
    outcome: 'caution',
    code: 'trust/stale',
  },
  {
    name: 'recognition-clock-floor',
    why: "the clock stands before what the other province's repository has signed",
    credential: of(PROVINCES.ahead),
    outcome: 'unverifiable',
    code: 'clock/rolled-back',
  },
  {
    name: 'recognition-floor-of-another',
    why: "a province's signed time moves the floor of its own licences, never of ours",
    credential: { signer: signers.market, iss: MARKET },
    outcome: 'valid',
  },
  {
    name: 'recognition-claims-our-agency',
    why: 'a recognised province lists an agency of ours with a key of its own: ours wins',
    credential: { ...of(PROVINCES.accepted), iss: MARKET },
    outcome: 'unverifiable',
    code: 'key/unknown',
  },
  {
    name: 'recognition-key-of-another',
    why: 'signed with the key of one recognised province in the name of another',
    credential: { ...of(PROVINCES.accepted), signer: provinceSigner(PROVINCES.otherType) },
    outcome: 'unverifiable',
    code: 'key/unknown',
  },
]

const POLICY_CASES: readonly Omit<LiveCase, 'clause'>[] = [
  {
    name: 'trust-last-second-by-type',
    why: 'the type takes trust data of one day as fresh',
    now: NOW - 2 * HOUR + DAY,
    outcome: 'valid',
  },
  {
    name: 'trust-stale-by-type',
    why: 'the type takes trust data of more than one day as stale',
    now: NOW - 2 * HOUR + DAY + 1,
    outcome: 'caution',
    code: 'trust/stale',
  },
  {
    name: 'trust-expired-by-type',
    why: 'the type takes no trust data of more than three days',
    now: NOW - 2 * HOUR + 3 * DAY + 1,
    outcome: 'unverifiable',
    code: 'trust/expired',
  },
]

async function sdJwtCase(): Promise<VectorCase> {
  const province = PROVINCES.accepted
  const status = { status_list: { idx: INDEX.valid, uri: provinceList(province) } }
  return {
    name: 'recognition-sd-jwt',
    clause: CLAUSE,
    why: 'the same in an SD-JWT VC, whose issuer is named by URL',
    input: {
      trust: 'recognising',
      text: await liveSdJwt({ iss: provinceUrl(province), status }),
    },
    outcome: 'valid',
  }
}
