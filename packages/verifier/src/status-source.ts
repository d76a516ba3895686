/** Where the status list of a licence or a seal is found: only its own issuer or maker says what became of it. */
import type { StatusList } from '@onetrip/status'
import type { Trust } from '@onetrip/trust'
import type { Settled } from './rule.ts'

/** The list that `owner` signed for an address; else `status/issuer-mismatch`, `status/unavailable`. */
export function findStatusList(options: {
  readonly trust: Pick<Trust, 'statusList' | 'isOthersStatusList'>
  /** Agency or seal maker, where the trust list names it. */
  readonly owner: string | undefined
  readonly uri: string
}): Settled<StatusList> {
  const { trust, owner, uri } = options
  if (owner === undefined) return { code: 'status/unavailable' }
  const found = trust.statusList(owner, uri)
  if (found !== undefined) return { value: found.list }
  // A list that somebody else signed for this address is told apart from one that is not there.
  const isOthers = trust.isOthersStatusList(owner, uri)
  return { code: isOthers ? 'status/issuer-mismatch' : 'status/unavailable' }
}
