/** Cases about the seal that a licence was issued under (ARCHITECTURE §2, §11). */
import { toBase64url } from '@onetrip/codec'
import { referenceOf, type SealName } from './licence-seals.ts'
import { liveCode, liveSdJwt, paperCode, type VectorCase } from './vector-case.ts'
import { FOOD_PLAIN, FOOD_PLAIN_JSON, OFFICE } from './vector-cast.ts'

const CLAUSE = 'ARCHITECTURE §11'

/** The words of a case, the seal, outcome and code. */
type SealRow = readonly [string, SealName, VectorCase['outcome'], string?]

const LIVE_ROWS: readonly SealRow[] = [
  ['in use', 'inUse', 'valid'],
  ['ended within the hour of issue', 'endedLater', 'valid'],
  ['ended at the full hour of issue', 'endedBefore', 'invalid', 'seal/revoked'],
  ['suspended within the hour of issue', 'suspendedLater', 'valid'],
  ['suspended before', 'suspendedBefore', 'invalid', 'seal/suspended'],
  ['begun in the last second of the hour of issue', 'begunWithinTheHour', 'valid'],
  ['not yet valid in the hour of issue', 'notYetValid', 'invalid', 'seal/not-yet-valid'],
  ['stated after the hour of issue', 'statedLater', 'invalid', 'seal/not-yet-valid'],
  ['valid until the first second of the hour', 'lastSecond', 'valid'],
  ['expired before', 'expired', 'invalid', 'seal/expired'],
  ['of another agency', 'ofThePolice', 'invalid', 'licence-seal/owner'],
  ['in no register', 'nowhere', 'caution', 'licence-seal/unknown'],
  ['in a register of a stranger', 'inAStrangersRegister', 'caution', 'licence-seal/unknown'],
  ['in the register of another list', 'ofAnotherList', 'caution', 'licence-seal/unknown'],
  ['under a key that was revoked before', 'ofARevokedKey', 'invalid', 'key/revoked'],
  ['under a key that is not its maker’s', 'ofAStranger', 'unverifiable', 'key/unknown'],
]

const OTHER_ROWS: readonly SealRow[] = [
  ['in use', 'inUse', 'valid'],
  ['ended before', 'endedBefore', 'invalid', 'seal/revoked'],
  ['in no register', 'nowhere', 'caution', 'licence-seal/unknown'],
]

/** All cases of this kind. */
export async function licenceSealCases(): Promise<readonly VectorCase[]> {
  return [
    ...(await Promise.all(LIVE_ROWS.map(liveSealCase))),
    ...(await Promise.all(OTHER_ROWS.map(jsonSealCase))),
    ...(await Promise.all(OTHER_ROWS.map(paperSealCase))),
    ...(await formCases()),
  ]
}

async function liveSealCase(row: SealRow): Promise<VectorCase> {
  return caseOf('licence-seal', row, await liveCode({ licence: await withSeal(row[1]) }))
}

async function jsonSealCase(row: SealRow): Promise<VectorCase> {
  const seal = toBase64url(await referenceOf(row[1]))
  const text = await liveSdJwt({ licence: { ...FOOD_PLAIN_JSON, seal } })
  return caseOf('licence-seal-sd-jwt', row, text)
}

/** The best verdict on paper is amber, by its own rule. */
async function paperSealCase(row: SealRow): Promise<VectorCase> {
  const [words, seal, outcome, code] = row
  const text = await paperCode({ licence: await withSeal(seal) })
  const isBest = outcome !== 'invalid'
  return caseOf(
    'licence-seal-paper',
    [words, seal, isBest ? 'caution' : outcome, code ?? 'presentation/paper'],
    text,
  )
}

async function formCases(): Promise<readonly VectorCase[]> {
  const reference = await referenceOf('inUse')
  const short = reference.slice(1)
  const invalid = (code: string) => ({ outcome: 'invalid', code }) as const
  return [
    {
      name: 'licence-seal-of-7-bytes',
      clause: 'ARCHITECTURE §2',
      why: 'a seal is named by eight bytes',
      input: { text: await liveCode({ licence: [...FOOD_PLAIN, [0, short]] }), office: OFFICE },
      ...invalid('claim/format'),
    },
    {
      name: 'licence-seal-sd-jwt-of-7-bytes',
      clause: 'ARCHITECTURE §2',
      why: 'a seal is named by eight bytes, in JSON too',
      input: {
        text: await liveSdJwt({ licence: { ...FOOD_PLAIN_JSON, seal: toBase64url(short) } }),
        office: OFFICE,
      },
      ...invalid('claim/format'),
    },
    {
      name: 'licence-seal-redacted',
      clause: 'ARCHITECTURE §2',
      why: 'the seal is no claim that the holder may hide or show',
      input: {
        text: await liveCode({ redacted: [[0, reference]], disclose: [0] }),
        office: OFFICE,
      },
      ...invalid('sd-cwt/required-claim-hidden'),
    },
  ]
}

async function withSeal(name: SealName): Promise<typeof FOOD_PLAIN> {
  return [...FOOD_PLAIN, [0, await referenceOf(name)]]
}

function caseOf(start: string, [words, , outcome, code]: SealRow, text: string): VectorCase {
  return {
    name: `${start}-${words.replace(/[^a-z ]/g, '').replaceAll(' ', '-')}`,
    clause: CLAUSE,
    why: `a licence whose seal is ${words}`,
    input: { text, office: OFFICE },
    outcome,
    ...(code === undefined ? {} : { code }),
  }
}
