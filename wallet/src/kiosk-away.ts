/**
 * Who comes back to a kiosk from the sign-in, as far as its window can tell: somebody who left there leaves what they typed to whoever steps
 * up next, until it is deleted.
 */

/** A sign-in takes a minute or two; whoever comes later is taken for the next person. */
const MOST_AWAY_SECONDS = 300
const RETURN = '#sign_in_code='

/** Whether what was typed before is still theirs: they left a short time ago, and were signed in. */
export function isOwnReturn(back: {
  /** Of the address that the window came back to. */
  readonly hash: string
  /** When it left, milliseconds since 1970, as its session storage says. */
  readonly leftAt: string | null
  /** In milliseconds since 1970. */
  readonly now: number
}): boolean {
  const { hash, leftAt, now } = back
  if (!hash.startsWith(RETURN) || leftAt === null) return false
  const away = now - Number(leftAt)
  return away >= 0 && away <= MOST_AWAY_SECONDS * 1000
}

/** Whether somebody else typed: values that were not sent belong to a case which whoever signed in does not have. */
export function isAnothers(typedFor: readonly string[], cases: readonly string[]): boolean {
  return typedFor.some((id) => !cases.includes(id))
}
