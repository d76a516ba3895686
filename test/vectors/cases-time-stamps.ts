/** Cases about time-stamps beside impressions (RFC 3161, ARCHITECTURE §11): good ones, bad ones, and seals revoked since. */
import { sha256 } from '@onetrip/codec'
import type { ImpressionBytes } from '@onetrip/seal'
import {
  impressionBytes,
  impressionFacts,
  SEALED_AT,
} from '../../packages/seal/samples/sample-seals.ts'
import type { SampleStamp, SampleTsa } from '../../packages/seal/samples/sample-tsa.ts'
import type { DocumentCase } from './cases-documents.ts'
import {
  KEEPERS,
  LOOSE_TSA,
  letterInput,
  makerList,
  OTHER_TSA,
  statusAt,
  TSA,
  vectorSeal,
} from './document-cast.ts'
import { HOUR, INDEX } from './vector-cast.ts'

/** What lies beside the impression of the sample letter. */
interface StampedCase extends Omit<DocumentCase, 'input' | 'clause'> {
  /** The seal's entry in its maker's list; one in use unless said. */
  readonly index?: number
  readonly tsa?: SampleTsa
  readonly stamp?: Partial<SampleStamp>
  /** Turns the token into what stands there; as it is unless said. */
  readonly alter?: (token: Uint8Array) => Uint8Array
  /** Whether the token is over something else. */
  readonly isOther?: boolean
  /** When the list beside it was signed; none unless said. */
  readonly listAt?: number
}

const STAMPED_AT = SEALED_AT + 2

const CASES: readonly StampedCase[] = [
  {
    name: 'time-stamped',
    why: 'a time-stamp of a time-stamper of the trust list',
    outcome: 'valid',
  },
  {
    name: 'sealed-before-revoked',
    why: 'a seal revoked since, with a time-stamp and the list of then',
    index: INDEX.revoked,
    listAt: STAMPED_AT - 60,
    outcome: 'valid',
  },
  {
    name: 'sealed-before-suspended',
    why: 'a seal suspended since, with a time-stamp and the list of then',
    index: INDEX.suspended,
    listAt: STAMPED_AT - 60,
    outcome: 'valid',
  },
  {
    name: 'sealed-before-unproven',
    why: 'a seal revoked since, with a time-stamp and a list of an hour before',
    index: INDEX.revoked,
    listAt: STAMPED_AT - HOUR,
    outcome: 'invalid',
    code: 'seal/revoked',
  },
  {
    name: 'timestamp-format',
    why: 'half a token',
    alter: (token) => token.subarray(0, 200),
    outcome: 'caution',
    code: 'timestamp/format',
  },
  {
    name: 'timestamp-signature',
    why: 'the last byte of the token is another',
    alter: (token) => token.with(-1, (token.at(-1) ?? 0) ^ 1),
    outcome: 'invalid',
    code: 'timestamp/signature',
  },
  {
    name: 'timestamp-imprint',
    why: 'the token of another impression',
    isOther: true,
    outcome: 'invalid',
    code: 'timestamp/imprint',
  },
  {
    name: 'timestamp-unknown',
    why: 'a time-stamper under a CA by the same name',
    tsa: OTHER_TSA,
    outcome: 'caution',
    code: 'timestamp/signer-unknown',
  },
  {
    name: 'timestamp-key-usage',
    why: 'a certificate for anything, of the CA of the trust list',
    tsa: LOOSE_TSA,
    outcome: 'caution',
    code: 'timestamp/key-usage',
  },
  {
    name: 'timestamp-expired',
    why: 'a time after the end of the certificate',
    stamp: { time: SEALED_AT + 4000 * 86_400 },
    outcome: 'caution',
    code: 'timestamp/expired',
  },
  {
    name: 'timestamp-accuracy',
    why: 'a time that may be off by 61 seconds',
    stamp: { accuracySeconds: 61 },
    outcome: 'caution',
    code: 'timestamp/accuracy',
  },
]

/** All cases of this kind. */
export function stampedCases(): Promise<readonly DocumentCase[]> {
  return Promise.all(CASES.map(stampedCase))
}

async function stampedCase(given: StampedCase): Promise<DocumentCase> {
  const { index, tsa, stamp, alter, isOther, listAt, ...rest } = given
  const seal = await vectorSeal(index === undefined ? {} : statusAt(index))
  const bare = await impressionBytes(impressionFacts(seal), { signers: KEEPERS })
  const impression = await stamped(given, bare)
  const clause = 'RFC 3161 §2.4.2'
  return { clause, ...rest, input: letterInput({ seals: [seal], impressions: [impression] }) }
}

async function stamped(
  { tsa = TSA, stamp, alter = (token) => token, isOther = false, listAt }: StampedCase,
  bare: ImpressionBytes,
): Promise<ImpressionBytes> {
  const digest = sha256(bare.cose)
  const token = await tsa.stamp(isOther ? sha256(digest) : digest, { time: STAMPED_AT, ...stamp })
  const list = listAt === undefined ? {} : { statusList: await makerList(listAt) }
  return { ...bare, timestamp: alter(token), ...list }
}
