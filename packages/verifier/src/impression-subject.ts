/** What the rules on an impression look at, besides what the seal package has judged. */
import type { JudgedImpression } from '@onetrip/seal'
import type { StatusList } from '@onetrip/status'
import type { Trust } from '@onetrip/trust'
import type { DocumentQuestion } from './document-question.ts'
import type { Policy } from './options.ts'
import type { Settled } from './rule.ts'
import { findStatusList } from './status-source.ts'

/** An impression with what the trust data say of its seal. */
export interface ImpressionSubject extends JudgedImpression {
  readonly trust: Trust
  /** Unix seconds. */
  readonly now: number
  readonly policy: Policy
  /** The list that the seal names, opened under its maker's key. */
  readonly statusList: Settled<StatusList>
}

/** Looks up the status list of the seal. */
export function impressionSubject(
  judged: JudgedImpression,
  { trust, now, policy }: Pick<DocumentQuestion, 'trust' | 'now' | 'policy'>,
): ImpressionSubject {
  const { status } = judged.impression.seal.cose.facts
  const statusList = findStatusList({ trust, owner: judged.maker?.id, uri: status.uri })
  return { ...judged, trust, now, policy, statusList }
}
