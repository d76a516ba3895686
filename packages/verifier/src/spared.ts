/** What counts in spite of its key's revocation: a log had it early enough (ARCHITECTURE §5). */
import type { Subject } from './rule.ts'

/** Whether a published checkpoint proves that the credential stands below the index that the trust list says of its key. */
export function isSpared({
  issuerKey,
  inclusions,
}: Pick<Subject, 'issuerKey' | 'inclusions'>): boolean {
  const { logged, revokedFrom } = issuerKey.value ?? {}
  if (logged === undefined || revokedFrom === undefined) return false
  const found = inclusions?.value ?? []
  return found.some(({ log, place }) => {
    return log === logged.log && place !== undefined && place.index < logged.index
  })
}
