/** What the rules on an impression look at, besides what the seal package has judged. */
import type { JudgedImpression, SealFacts, TimeStamp } from '@onetrip/seal'
import type { StatusList } from '@onetrip/status'
import type { SealMaker, Trust } from '@onetrip/trust'
import type { DocumentQuestion } from './document-question.ts'
import type { Policy } from './options.ts'
import type { Settled } from './rule.ts'
import { type ProofOfTime, proofOfTime, sealedBefore } from './sealed-before.ts'
import { findStatusList } from './status-source.ts'

/** A seal with what the trust data say of it. */
export interface SealSubject {
  /** What its maker stated. */
  readonly seal: SealFacts
  readonly trust: Trust
  /** Unix seconds. */
  readonly now: number
  readonly policy: Policy
  /** The list that the seal names, opened under its maker's key. */
  readonly statusList: Settled<StatusList>
  /** The proof that the seal was used before, and while it was in use. */
  readonly sealedBefore?: TimeStamp
}

/** An impression with what the trust data say of its seal. */
export interface ImpressionSubject extends JudgedImpression, SealSubject {
  readonly proofOfTime: ProofOfTime
}

/** Looks up the status list of a seal; `maker` is the one of the trust list. */
export function sealSubject(
  { seal, maker }: { readonly seal: SealFacts; readonly maker: SealMaker | undefined },
  { trust, now, policy }: Pick<DocumentQuestion, 'trust' | 'now' | 'policy'>,
): SealSubject {
  const statusList = findStatusList({ trust, owner: maker?.id, uri: seal.status.uri })
  return { seal, trust, now, policy, statusList }
}

/** Looks up the status list of an impression's seal, and what is proven of the time of its use. */
export async function impressionSubject(
  judged: JudgedImpression,
  question: Pick<DocumentQuestion, 'trust' | 'now' | 'policy'>,
): Promise<ImpressionSubject> {
  const { impression, maker } = judged
  const seal = impression.seal.cose.facts
  const proof = await proofOfTime(impression, question.trust)
  const before = await sealedBefore({ impression, seal, maker, proof })
  return {
    ...judged,
    ...sealSubject({ seal, maker }, question),
    proofOfTime: proof,
    ...(before === undefined ? {} : { sealedBefore: before }),
  }
}
