/**
 * What a request asks for, a subset of DCQL (OpenID4VP 1.0 §6): materials in the order in which the matter needs them, for each
 * the licence types that serve as it, the first the dearest, and the claims asked of each. In CBOR a want is
 * `[material, required, [[type, [claim…]]…]]`.
 */
import { type CborValue, fault, isArray } from '@onetrip/codec'
import { isMatterCode } from './counter-certificate.ts'
import { isTypeCode } from './licence-identifier.ts'
import { isClaimName } from './type-definition.ts'

/** Most wants of a request, types of a want, and claims of a type. */
export const WANT_LIMITS = { wants: 8, options: 4, claims: 16 } as const

/** A licence type that serves as a material. */
export interface WantOption {
  /** 21-character type code. */
  readonly type: string
  /** Names of the claims asked, ascending, each once; what is public by law is shown without being asked. */
  readonly claims: readonly string[]
}

/** A material that is asked for. */
export interface Want {
  /** Code of the material in the catalogue. */
  readonly material: string
  /** Whether the matter cannot go on without it. */
  readonly required: boolean
  /** Any one of these; each type once. */
  readonly options: readonly WantOption[]
}

/** Whether these may be asked for at all: within {@link WANT_LIMITS}, each material and type once, claims in order. */
export function areWants(wants: readonly Want[]): boolean {
  const isNumbered = wants.length > 0 && wants.length <= WANT_LIMITS.wants
  return isNumbered && isEachOnce(wants.map(({ material }) => material)) && wants.every(isWant)
}

/** The claims of every option put in order. */
export function orderedWants(wants: readonly Want[]): readonly Want[] {
  return wants.map((want) => ({
    ...want,
    options: want.options.map(({ type, claims }) => ({ type, claims: [...claims].sort() })),
  }))
}

/** The CBOR form. */
export function wantsToCbor(wants: readonly Want[]): CborValue {
  return wants.map(({ material, required, options }) => [
    material,
    required,
    options.map(({ type, claims }) => [type, claims]),
  ])
}

/** Reads the CBOR form. Throws `request/format`, also for what {@link areWants} refuses. */
export function parseWants(value: CborValue | undefined): readonly Want[] {
  const wants = arrayIn(value).map((entry) => {
    const [material, required, options] = arrayIn(entry)
    if (typeof required !== 'boolean') throw fault('request/format')
    return { material: textIn(material), required, options: arrayIn(options).map(parseOption) }
  })
  if (!areWants(wants)) throw fault('request/format')
  return wants
}

function parseOption(entry: CborValue): WantOption {
  const [type, claims] = arrayIn(entry)
  return { type: textIn(type), claims: arrayIn(claims).map(textIn) }
}

function isWant({ material, options }: Want): boolean {
  const isNumbered = options.length > 0 && options.length <= WANT_LIMITS.options
  if (!isNumbered || !isMatterCode(material)) return false
  return isEachOnce(options.map(({ type }) => type)) && options.every(isOption)
}

function isOption({ type, claims }: WantOption): boolean {
  if (!isTypeCode(type) || claims.length > WANT_LIMITS.claims) return false
  return claims.every(
    (name, at) => isClaimName(name) && (at === 0 || (claims[at - 1] ?? '') < name),
  )
}

function isEachOnce(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length
}

function arrayIn(value: CborValue | undefined): readonly CborValue[] {
  if (!isArray(value)) throw fault('request/format')
  return value
}

function textIn(value: CborValue | undefined): string {
  if (typeof value !== 'string') throw fault('request/format')
  return value
}
