/** Which of the licences that a holder has answer a DCQL query (OpenID4VP 1.0 §6.4, §7), in the shape of {@link chooseLicences}. */
import type { JsonObject, JsonValue } from '@onetrip/codec'
import { isObject } from '@onetrip/codec'
import {
  byWorth,
  type FittingLicence,
  fitLicence,
  type HeldLicence,
  type WantChoice,
} from './choose-licences.ts'
import {
  type CredentialQuery,
  type DcqlQuery,
  namesAsked,
  type PathStep,
  type QueryClaim,
  SD_JWT_FORMAT,
  wantOf,
} from './openid4vp-query.ts'
import type { TypeDefinition } from './type-definition.ts'

/** A licence in the holder's hands, with what its SD-JWT VC states. */
export interface QueriedLicence extends HeldLicence {
  /** The payload with all disclosures in place. */
  readonly stated: JsonObject
}

/** A held licence that serves as a credential of the query. */
export interface QueryFit extends FittingLicence {
  readonly licence: QueriedLicence
  /** Id of the credential in the query. */
  readonly queryId: string
}

/** A want of the query with the licences that serve as it. */
export interface QueryChoice extends WantChoice {
  /** The best first. */
  readonly fits: readonly QueryFit[]
}

/**
 * For each set of the query, in its order, the held licences that serve. Of options that need several credentials the first
 * that the holder has whole is taken, else the first; each of its credentials is a want by itself.
 */
export function chooseByQuery(options: {
  readonly query: DcqlQuery
  readonly held: readonly QueriedLicence[]
  /** All versions of all definitions. */
  readonly types: readonly TypeDefinition[]
}): readonly QueryChoice[] {
  const { query, held, types } = options
  const fitsOf = (ids: readonly string[]): readonly QueryFit[] =>
    query.credentials
      .filter(({ id }) => ids.includes(id))
      .flatMap((credential) => held.flatMap((licence) => fitsFor(credential, licence)))
      .sort(byWorth)
  return query.sets.flatMap((set) => {
    const isAlternative = set.options.every((ids) => ids.length === 1)
    const whole = set.options.find((ids) => ids.every((id) => fitsOf([id]).length > 0))
    const together = (whole ?? set.options[0] ?? []).map((id) => [id])
    const groups = isAlternative ? [set.options.flat()] : together
    return groups.map((ids) => {
      const fits = fitsOf(ids)
      const { required } = set
      const want = wantOf({ ids, required, query, types })
      return { want, fits, isMissing: required && fits.length === 0 }
    })
  })
}

function fitsFor(query: CredentialQuery, licence: QueriedLicence): readonly QueryFit[] {
  const { format, vctValues, namesAuthorities } = query
  const isOfType = format === SD_JWT_FORMAT && vctValues.includes(licence.type.vct)
  const asked = isOfType && !namesAuthorities ? claimsFor(query, licence.stated) : undefined
  if (asked === undefined) return []
  return [{ ...fitLicence(licence, namesAsked(asked)), licence, queryId: query.id }]
}

/** The first set of claims that the licence states whole (§6.4.1); without claims nothing is asked. */
function claimsFor(
  { claims = [], claimSets }: CredentialQuery,
  stated: JsonObject,
): readonly QueryClaim[] | undefined {
  const sets = claimSets?.map((ids) => claims.filter(({ id = '' }) => ids.includes(id)))
  return (sets ?? [claims]).find((set) => set.every((claim) => isStated(claim, stated)))
}

function isStated({ path, values }: QueryClaim, stated: JsonObject): boolean {
  const found = path.reduce<readonly JsonValue[]>(
    (reached, step) => reached.flatMap((value) => stepInto(value, step)),
    [stated],
  )
  if (values === undefined) return found.length > 0
  return found.some((value) => values.some((wanted) => wanted === value))
}

/** What a step of a claims path pointer reaches (§7.1). */
function stepInto(value: JsonValue, step: PathStep): readonly JsonValue[] {
  if (typeof step === 'string') {
    return isObject(value) && Object.hasOwn(value, step) ? [value[step] ?? null] : []
  }
  if (!isList(value)) return []
  return step === null ? value : value.slice(step, step + 1)
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
