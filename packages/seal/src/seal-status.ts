/**
 * What a seal maker's status list says of a seal (Token Status List draft-20 §7.1). A list tells of one time, its own: asked
 * of the newest one it says what holds now, asked of one kept from the time of sealing it says what held then.
 */
import type { ErrorCode } from '@onetrip/codec'
import { type LicenceStatus, type StatusList, statusOf } from '@onetrip/status'
import type { SealFacts } from './seal-facts.ts'

const REFUSED: Readonly<Record<LicenceStatus | 'unknown', ErrorCode | undefined>> = {
  valid: undefined,
  suspended: 'seal/suspended',
  revoked: 'seal/revoked',
  unknown: 'status/unknown-value',
}

/**
 * Nothing when the list says that the seal is in use, else why not: `seal/suspended`, `seal/revoked`,
 * `status/unknown-value`, `status/index` (not in the list), `status/unavailable` (no list, or one of another address).
 * The list is one that the caller verified under the maker's key.
 */
export function sealStatus(
  { status }: Pick<SealFacts, 'status'>,
  list: StatusList | undefined,
): ErrorCode | undefined {
  if (list?.uri !== status.uri) return 'status/unavailable'
  if (status.index >= list.size) return 'status/index'
  return REFUSED[statusOf(list.get(status.index))]
}
