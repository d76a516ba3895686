/** When a credential was issued, in the hours that ARCHITECTURE §2 rounds it to. */
import type { Subject } from './rule.ts'

/** What `iat` is rounded down to. */
export const HOUR_SECONDS = 3600

/** Unix seconds; a credential that does not say counts as issued now, so the key must hold now. */
export function issuedAtOf({ presentation, now }: Subject): number {
  return presentation.claims.issuedAt ?? now
}

/** The full hour at or before `time`, Unix seconds. */
export function floorToHour(time: number): number {
  return time - (time % HOUR_SECONDS)
}
