/**
 * The last look at an mdoc before a key is used: read as a verifier reads it, it has to state what was ordered, each claim once
 * and nothing else, and no random comes twice (case SD15).
 */
import { fault, samePublicKey, toBase64url } from '@onetrip/codec'
import { assembleMdoc, parseMdoc, readClaims } from '@onetrip/credential'
import { assertDistinctSalts } from './lint.ts'
import { hourOf, type OrderedSecuring } from './ordered-claims.ts'
import type { PendingMdoc } from './pending.ts'

/** Stands where the signature will be; its value is never read. */
const NO_SIGNATURE: Uint8Array = new Uint8Array(64)

/** Refuses an mdoc draft that is not what was ordered. Throws credential/lint. */
export function lintMdoc(draft: PendingMdoc, ordered: OrderedSecuring): void {
  const { docType, items, claims } = parseMdoc(assembleMdoc(draft, NO_SIGNATURE))
  const { type, facts, seal, status, holderKey, issuedAt, expiresAt, iss } = ordered
  assertDistinctSalts(items.map(({ random }) => toBase64url(random)))
  const read = Object.fromEntries(
    readClaims(type, claims.raw).map(({ name, value }) => [name, value]),
  )
  const stated = Object.entries(facts.claims).filter(([, value]) => value !== undefined)
  const isOrdered =
    [docType, claims.vct].every((name) => name === type.vct) &&
    claims.iss === iss &&
    claims.issuedAt === hourOf(issuedAt) &&
    claims.expiresAt === hourOf(expiresAt) &&
    claims.holderKey !== undefined &&
    samePublicKey(claims.holderKey, holderKey) &&
    claims.status.uri === status.uri &&
    claims.status.index === status.index &&
    claims.serial === facts.serial &&
    claims.version === facts.version &&
    claims.validFrom === facts.validFrom &&
    claims.validTo === facts.validTo &&
    claims.typeVersion === type.version &&
    toBase64url(claims.seal ?? new Uint8Array(0)) === toBase64url(seal ?? new Uint8Array(0)) &&
    claims.hiddenCount === 0 &&
    stated.every(([name, value]) => read[name] === value) &&
    Object.keys(read).length === stated.length
  if (!isOrdered) throw fault('credential/lint', 'another mdoc than ordered')
}
