/** How licences end: their status says that they did, the kind says which act of law it was. */

/**
 * Ways in which a licence ends, which the law keeps apart: wrongly granted and taken back (撤销, Administrative Licensing Law art. 69), taken
 * away as a penalty (吊销, Administrative Penalty Law art. 9), deregistered (注销, Administrative Licensing Law art. 70), replaced by its
 * next version, and transferred to another holder (转让, Administrative Licensing Law art. 9).
 */
export const REVOCATION_KINDS = [
  'annulled',
  'penalty',
  'deregistered',
  'replaced',
  'transferred',
] as const
/** One of {@link REVOCATION_KINDS}. */
export type RevocationKind = (typeof REVOCATION_KINDS)[number]
