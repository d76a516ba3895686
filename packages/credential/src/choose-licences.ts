/** Which of the licences that a holder has answer a request, and what each would show: pure, so that a face only asks. */
import type { Want } from './request-wants.ts'
import type { TypeDefinition } from './type-definition.ts'

/** A licence in the holder's hands, as far as choosing needs it. */
export interface HeldLicence {
  /** The caller's name for it. */
  readonly id: string
  readonly type: TypeDefinition
  /** Names of the claims that it states, those that are always shown among them. */
  readonly claims: readonly string[]
  /** Whether the holder's own verifier takes it for valid today. */
  readonly isValid: boolean
  /** First calendar day, Asia/Shanghai. */
  readonly validFrom: string
  /** Last calendar day; left out is long-term. */
  readonly validTo?: string
}

/** A held licence that serves as a wanted material. */
export interface FittingLicence {
  readonly licence: HeldLicence
  /** Names of the claims that it would show: those asked, and what is public by law; in the definition's order. */
  readonly shown: readonly string[]
  /** Names of the claims that stay hidden. */
  readonly hidden: readonly string[]
  /** Names of the claims that are asked, and that it does not state. */
  readonly absent: readonly string[]
}

/** A want with the licences that serve as it. */
export interface WantChoice {
  readonly want: Want
  /** The best first: valid, with most of what is asked, the last to end, the newest; else as the office lists the types. */
  readonly fits: readonly FittingLicence[]
  /** Whether it is required and nothing serves as it. */
  readonly isMissing: boolean
}

/** For each want of a request, in its order, the held licences that serve as it; one licence may serve as several. */
export function chooseLicences(
  request: { readonly wants: readonly Want[] },
  held: readonly HeldLicence[],
): readonly WantChoice[] {
  return request.wants.map((want) => {
    const fits = want.options
      .flatMap((option) =>
        held
          .filter(({ type }) => type.typeCode === option.type)
          .map((licence) => fitLicence(licence, option.claims)),
      )
      .sort(byWorth)
    return { want, fits, isMissing: want.required && fits.length === 0 }
  })
}

/** What a licence shows of the claims that are asked by name. */
export function fitLicence(licence: HeldLicence, asked: readonly string[]): FittingLicence {
  const stated = new Set(licence.claims)
  const own = licence.type.claims.filter(({ name }) => stated.has(name))
  const isShown = ({ name, of, sd }: (typeof own)[number]): boolean =>
    sd === 'never' || asked.includes(of ?? name)
  return {
    licence,
    shown: own.filter(isShown).map(({ name }) => name),
    hidden: own.filter((claim) => !isShown(claim)).map(({ name }) => name),
    absent: asked.filter((name) => !stated.has(name)),
  }
}

/** Orders licences that fit, the best first; those of equal worth stay in the order of the want's options. */
export function byWorth(a: FittingLicence, b: FittingLicence): number {
  return (
    Number(b.licence.isValid) - Number(a.licence.isValid) ||
    a.absent.length - b.absent.length ||
    compare(b.licence.validTo ?? LONG_TERM, a.licence.validTo ?? LONG_TERM) ||
    compare(b.licence.validFrom, a.licence.validFrom)
  )
}

/** Sorts after every calendar day. */
const LONG_TERM = '~'

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
