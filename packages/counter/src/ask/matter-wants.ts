/**
 * What a counter may ask for: the matters that its certificate names and the catalogue brings to its office, and of their
 * materials those that are licences. What the catalogue lists is the most; the clerk takes materials out, never in.
 */

import { WANT_LIMITS, type Want } from '@onetrip/credential'
import type { Material, Matter, Trust } from '@onetrip/trust'
import type { OpenedCounter } from '@onetrip/verifier'

/** What of a matter is needed: for the whole of it, or for one department's part. */
export interface Needed {
  /** Those that are licences; at most as many as one request holds. */
  readonly askable: readonly Material[]
  /** Those that are brought otherwise. */
  readonly others: readonly Material[]
}

/** The matters that an enrolled counter may ask for, in the catalogue's order. */
export function askableMatters(
  { matters, office }: Pick<OpenedCounter, 'matters' | 'office'>,
  trust: Pick<Trust, 'matters'>,
): readonly Matter[] {
  return trust.matters.filter(
    (matter) =>
      matters.includes(matter.code) &&
      matter.offices.includes(office.id) &&
      matter.materials.some(isLicence),
  )
}

/** The materials of a matter, or of the part with this code. */
export function neededFor(matter: Matter, partCode?: string): Needed {
  const part = matter.parts.find(({ code }) => code === partCode)
  const materials = matter.materials.filter(
    ({ code }) => part === undefined || part.materials.includes(code),
  )
  return {
    askable: materials.filter(isLicence).slice(0, WANT_LIMITS.wants),
    others: materials.filter((material) => !isLicence(material)),
  }
}

/**
 * What is asked unless the clerk says otherwise: of each licence type the first material. One person has one licence of a
 * type; further materials of it are other people's, an agent's or a buyer's, who have wallets of their own.
 */
export function firstChoice(materials: readonly Material[]): ReadonlySet<string> {
  const taken = new Set<string>()
  const chosen = materials.filter(({ accepts }) => {
    const isOther = accepts.every(({ type }) => taken.has(type))
    for (const { type } of accepts) taken.add(type)
    return !isOther
  })
  return new Set(chosen.map(({ code }) => code))
}

/** The wants of a request for the chosen materials, each required, with all claims that the catalogue allows. */
export function wantsFor(
  materials: readonly Material[],
  chosen: ReadonlySet<string>,
): readonly Want[] {
  return materials
    .filter(({ code }) => chosen.has(code))
    .map(({ code, accepts }) => ({
      material: code,
      required: true,
      options: accepts.slice(0, WANT_LIMITS.options).map(({ type, claims }) => ({
        type,
        claims: claims.slice(0, WANT_LIMITS.claims),
      })),
    }))
}

function isLicence({ accepts }: Material): boolean {
  return accepts.length > 0
}
