/** Which proof there is that an impression was made before a time, apart from what it says itself. */

/** `none`: the time rests on the clock of the server that sealed, and on nothing else. */
export type ProofOfTime = { readonly kind: 'none' }

/**
 * The proof that an impression carries. Time-stamps are not interpreted, so there is none, and a seal that is
 * suspended or revoked says no more of what was sealed before.
 */
export function sealedBefore(): ProofOfTime {
  return { kind: 'none' }
}
