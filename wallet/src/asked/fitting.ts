/** What each wanted material would show: the held licences that serve as it, with their claims sorted into shown and hidden. */
import {
  chooseLicences,
  type DisclosedClaim,
  type DisplayText,
  type FittingLicence,
  type Want,
} from '@onetrip/credential'
import { type HeldLicence, isUnbound } from '../held-licence.ts'
import type { LicenceContent } from '../licence-content.ts'
import type { HeldState } from '../licence-state.ts'

/** A licence in the wallet as far as answering needs it. */
export interface Candidate {
  readonly licence: HeldLicence
  readonly content: LicenceContent
  readonly state: HeldState
}

/** A licence that serves as a material, and what it would show. */
export interface Fitting extends Candidate {
  /** What is read as text, in the order of the type definition. */
  readonly shown: readonly DisclosedClaim[]
  readonly hidden: readonly DisplayText[]
  /** What is asked, and this licence does not state. */
  readonly absent: readonly DisplayText[]
  /** Names of the asked claims that it states: what the answer discloses. */
  readonly disclose: readonly string[]
}

/** A wanted material by its code, and the licences that serve as it. */
export interface MaterialFits<Fit extends Fitting = Fitting> {
  readonly material: string
  /** The best first. */
  readonly fits: readonly Fit[]
}

/** States in which showing a licence would be refused at the counter. */
const OF_NO_USE: ReadonlySet<HeldState['state']> = new Set([
  'expired',
  'not-yet-valid',
  'revoked',
  'superseded',
  'suspended',
])

/** Whether showing a licence in this state would be refused. */
export function isOfNoUse({ state }: HeldState): boolean {
  return OF_NO_USE.has(state)
}

/** For each want of a request, in its order, the licences that serve as it; one whose keys are elsewhere serves as nothing. */
export function fittingFor(
  wants: readonly Want[],
  candidates: readonly Candidate[],
): readonly MaterialFits[] {
  const bound = candidates.filter(({ licence }) => !isUnbound(licence))
  const held = bound.map(({ licence, content, state }) => ({
    id: licence.id,
    type: content.type,
    claims: content.names,
    isValid: !isOfNoUse(state),
    validFrom: licence.summary.validFrom,
    ...(licence.summary.validTo === undefined ? {} : { validTo: licence.summary.validTo }),
  }))
  return chooseLicences({ wants }, held).map(({ want, fits }) => ({
    material: want.material,
    fits: fits.flatMap((fit) => {
      const candidate = candidates.find(({ licence }) => licence.id === fit.licence.id)
      return candidate === undefined ? [] : [fittingOf(candidate, fit, want)]
    }),
  }))
}

/** A candidate with what it would show as a wanted material. */
export function fittingOf(candidate: Candidate, fit: FittingLicence, want: Want): Fitting {
  const { type } = fit.licence
  const asked = want.options.find((option) => option.type === type.typeCode)?.claims ?? []
  const named = (names: readonly string[]): readonly DisplayText[] =>
    type.claims
      .filter(({ name, of }) => of === undefined && names.includes(name))
      .map(({ display }) => display)
  return {
    ...candidate,
    shown: candidate.content.claims.filter(({ name }) => fit.shown.includes(name)),
    hidden: named(fit.hidden),
    absent: named(fit.absent),
    disclose: fit.shown.filter((name) => asked.includes(name)),
  }
}

/** The licence that is chosen for a material unless the holder says otherwise; none that would be refused. */
export function firstFit<Fit extends Fitting>({
  fits,
}: Pick<MaterialFits<Fit>, 'fits'>): Fit | undefined {
  const [best] = fits
  return best !== undefined && !isOfNoUse(best.state) ? best : undefined
}

/** For each material the licence that would be shown: the holder's own choice, a licence's id or none, else the first that fits. */
export function chosenOf<Fit extends Fitting>(
  wants: readonly MaterialFits<Fit>[],
  own: ReadonlyMap<string, string | undefined>,
): ReadonlyMap<string, Fit> {
  return new Map(
    wants.flatMap(({ material, fits }) => {
      const fitting = own.has(material)
        ? fits.find(({ licence }) => licence.id === own.get(material))
        : firstFit({ fits })
      return fitting === undefined ? [] : [[material, fitting] as const]
    }),
  )
}

/** How many licences are shown; one that serves as several materials counts once. */
export function licencesIn(chosen: ReadonlyMap<string, Pick<Fitting, 'licence'>>): number {
  return new Set([...chosen.values()].map(({ licence }) => licence.id)).size
}
