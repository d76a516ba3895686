/** Which proof there is that an impression was made before a time, apart from what it says itself. */
import type { ErrorCode } from '@onetrip/codec'
import {
  type FiledImpression,
  type SealFacts,
  sealStatus,
  type TimeStamp,
  verifyTimestamp,
} from '@onetrip/seal'
import { type SealMaker, statusListOpener, type Trust } from '@onetrip/trust'
import { settleAsync } from './settle.ts'

/** `none` and `refused`, a time-stamp that does not count: the time rests on the clock of the server that sealed alone. */
export type ProofOfTime =
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly code: ErrorCode }
  | ({ readonly kind: 'time-stamp' } & TimeStamp)

/**
 * How long before the time-stamp the list that an impression brings may have been signed, and how long after: for so long after
 * a revocation could a thief of the seal's key still stamp under a list of before it.
 */
const MAX_LIST_AGE_SECONDS = 900
const MAX_LIST_AHEAD_SECONDS = 300

/** The time that an impression's time-stamp proves, or why it proves none. */
export async function proofOfTime(
  { bytes, digest }: FiledImpression,
  { timeStampers }: Pick<Trust, 'timeStampers'>,
): Promise<ProofOfTime> {
  const { timestamp } = bytes
  if (timestamp === undefined) return { kind: 'none' }
  const stamp = await settleAsync(() => verifyTimestamp(timestamp, { digest, timeStampers }))
  if (stamp.code !== undefined) return { kind: 'refused', code: stamp.code }
  return { kind: 'time-stamp', ...stamp.value }
}

/**
 * The time before which the impression was made while its seal was in use: that of its time-stamp, where the list that it
 * brings, signed by the maker shortly before, says that the seal was neither suspended nor revoked. A list of another
 * maker, of another time or that says otherwise proves nothing.
 */
export async function sealedBefore(of: {
  readonly impression: FiledImpression
  readonly seal: SealFacts
  readonly maker: SealMaker | undefined
  readonly proof: ProofOfTime
}): Promise<TimeStamp | undefined> {
  const { impression, seal, maker, proof } = of
  const { statusList } = impression.bytes
  if (proof.kind !== 'time-stamp' || maker === undefined || statusList === undefined)
    return undefined
  const open = statusListOpener([maker])
  const list = (await settleAsync(() => open(statusList))).value?.list
  if (list === undefined || sealStatus(seal, list) !== undefined) return undefined
  const { time, by } = proof
  const isOfThen =
    list.issuedAt >= time - MAX_LIST_AGE_SECONDS && list.issuedAt <= time + MAX_LIST_AHEAD_SECONDS
  return isOfThen ? { time, by } : undefined
}
