/**
 * Which claims a showing discloses: what is public by law is always shown, everything else is the
 * holder's choice, and the choice starts from the type's defaults that a live code holds (`liveDefaults`).
 */
import type { ClaimDefinition, TypeDefinition } from '@onetrip/credential'

/** The claims of one held licence, sorted by whether the holder may keep them back. */
export interface ClaimChoice {
  /** Always disclosed. */
  readonly fixed: readonly ClaimDefinition[]
  /** Disclosed only when chosen. */
  readonly selectable: readonly ClaimDefinition[]
}

/** Sorts the claims a credential really holds; `present` are their names. */
export function claimChoice(type: TypeDefinition, present: readonly string[]): ClaimChoice {
  const held = type.claims.filter((claim) => present.includes(claim.name))
  return {
    fixed: held.filter((claim) => claim.sd === 'never' && claim.of === undefined),
    selectable: held.filter((claim) => claim.sd === 'allowed' && claim.of === undefined),
  }
}

/** The choice with one claim turned over; names that are not selectable change nothing. */
export function toggled(
  choice: ClaimChoice,
  chosen: ReadonlySet<string>,
  name: string,
): ReadonlySet<string> {
  const next = new Set(chosen)
  if (!next.delete(name) && choice.selectable.some((claim) => claim.name === name)) {
    next.add(name)
  }
  return next
}

/** The definitions of all that will be disclosed, in the order of the type definition. */
export function disclosedClaims(
  choice: ClaimChoice,
  chosen: ReadonlySet<string>,
): readonly ClaimDefinition[] {
  return [...choice.fixed, ...choice.selectable.filter((claim) => chosen.has(claim.name))]
}
