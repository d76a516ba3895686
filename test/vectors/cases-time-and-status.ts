/** Cases about periods, status lists, the age of trust data and the clock (ARCHITECTURE §2, §4, §5). */
import type { CborParts } from './forge-cbor.ts'
import { type LiveCase, liveCase } from './live-case.ts'
import type { VectorCase } from './vector-case.ts'
import { DAY, FOOD_PLAIN, HOUR, INDEX, ISSUED_AT, LIST, NOW, statusIn } from './vector-cast.ts'

/** All cases of this kind. */
export function timeAndStatusCases(): Promise<readonly VectorCase[]> {
  return Promise.all([...PERIOD_CASES, ...STATUS_CASES, ...TRUST_CASES].map(liveCase))
}

function withDays(from: number, to: number): CborParts['licence'] {
  return FOOD_PLAIN.map(([key, value]) =>
    key === 3 ? [3, from] : key === 4 ? [4, to] : [key, value],
  )
}

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
    clause: 'ARCHITECTURE §2',
    why: 'midnight in Shanghai on its first day',
    credential: { licence: withDays(20_789, 22_602), issuedAt: ISSUED_AT },
    now: 20_789 * DAY - 8 * HOUR,
    outcome: 'valid',
  },
  {
    name: 'licence-not-yet-valid',
    clause: 'ARCHITECTURE §2',
    why: 'the second before midnight in Shanghai',
    credential: { licence: withDays(20_789, 22_602) },
    now: 20_789 * DAY - 8 * HOUR - 1,
    outcome: 'invalid',
    code: 'licence/not-yet-valid',
  },
  {
    name: 'licence-last-second',
    clause: 'ARCHITECTURE §2',
    why: 'its last day is included',
    credential: { licence: withDays(20_777, 20_788) },
    now: 20_789 * DAY - 8 * HOUR - 1,
    outcome: 'valid',
  },
  {
    name: 'licence-expired',
    clause: 'ARCHITECTURE §2',
    why: 'midnight in Shanghai after its last day',
    credential: { licence: withDays(20_777, 20_788) },
    now: 20_789 * DAY - 8 * HOUR,
    outcome: 'invalid',
    code: 'licence/expired',
  },
  {
    name: 'licence-until-9999',
    clause: 'ARCHITECTURE §10 CL02',
    why: 'the last day there is',
    credential: { licence: withDays(20_777, 2_932_896) },
    outcome: 'valid',
  },
  {
    name: 'licence-long-term',
    clause: 'ARCHITECTURE §2',
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
    clause: 'ARCHITECTURE §4',
    why: "a caller's policy tightens the type's",
    input: { policy: { staleAfterSeconds: 1800 } },
    outcome: 'caution',
    code: 'status/stale',
  },
  {
    name: 'status-policy-never-loosens',
    clause: 'ARCHITECTURE §4',
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
    clause: 'ARCHITECTURE §5',
    why: 'trust data are fresh for two days',
    now: NOW - 2 * HOUR + 2 * DAY,
    outcome: 'valid',
  },
  {
    name: 'trust-stale',
    clause: 'ARCHITECTURE §10 TR02',
    why: 'trust data are older than two days',
    now: NOW - 2 * HOUR + 2 * DAY + 1,
    outcome: 'caution',
    code: 'trust/stale',
  },
  {
    name: 'trust-expired',
    clause: 'ARCHITECTURE §10 TR02',
    why: 'trust data are older than thirty days',
    now: NOW - 2 * HOUR + 30 * DAY + 1,
    outcome: 'unverifiable',
    code: 'trust/expired',
  },
  {
    name: 'trust-other-environment',
    clause: 'ARCHITECTURE §10 T3',
    why: "a test environment's trust data in a production verifier",
    input: { environment: 'production' },
    outcome: 'unverifiable',
    code: 'trust/wrong-environment',
  },
  {
    name: 'trust-own-environment',
    clause: 'ARCHITECTURE §10 T3',
    why: 'trust data of the environment the verifier works for',
    input: { environment: 'test' },
    outcome: 'valid',
  },
  {
    name: 'clock-at-the-floor',
    clause: 'ARCHITECTURE §4',
    why: "a minute below the newest signed time is the signers' clocks",
    now: NOW - HOUR - 60,
    outcome: 'valid',
  },
  {
    name: 'clock-rolled-back',
    clause: 'ARCHITECTURE §10 CL01, T6',
    why: 'below the newest signed time',
    now: NOW - HOUR - 61,
    outcome: 'unverifiable',
    code: 'clock/rolled-back',
  },
  {
    name: 'clock-a-year-back',
    clause: 'ARCHITECTURE §10 CL01',
    why: 'a clock that is a year slow expires and begins nothing',
    now: NOW - 365 * DAY,
    outcome: 'unverifiable',
    code: 'clock/rolled-back',
  },
]
