/** The values a status list holds for a licence (Token Status List draft-20 §7.1). */

/** Values of our 2-bit lists; 3 is unassigned and never means valid. */
export const STATUS = { valid: 0, revoked: 1, suspended: 2 } as const

/** What an agency says of a licence it issued. */
export type LicenceStatus = keyof typeof STATUS

const NAMES: ReadonlyMap<number, LicenceStatus> = new Map([
  [STATUS.valid, 'valid'],
  [STATUS.revoked, 'revoked'],
  [STATUS.suspended, 'suspended'],
])

/** Names a list value; every value that is not assigned is `unknown`, which is not valid. */
export function statusOf(value: number): LicenceStatus | 'unknown' {
  return NAMES.get(value) ?? 'unknown'
}
