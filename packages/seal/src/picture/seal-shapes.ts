/**
 * Shapes and sizes of seals. Official ones are ordered by 国发〔1999〕25号; those of enterprises' special seals are what
 * seal makers cut (china.md §2.5 of the project's facts).
 */
import type { SealKind } from '../seal-facts.ts'

/** The outline of a seal; whole millimetres. */
export type SealShape =
  | { readonly form: 'round'; readonly diameterMm: number }
  | { readonly form: 'ellipse'; readonly widthMm: number; readonly heightMm: number }
  | { readonly form: 'square'; readonly sideMm: number }

/** Whose seal it is, which decides how large one of the kinds 01 and 99 is. */
export type SealRank = keyof typeof DIAMETERS_MM

/** Diameters by rank (国发〔1999〕25号): 国务院; 部委、省; 地、市、县; 乡镇; 内设机构; 企事业单位 (in practice 40). */
export const DIAMETERS_MM = {
  stateCouncil: 60,
  ministryOrProvince: 50,
  cityOrCounty: 45,
  township: 42,
  internalOrgan: 42,
  enterprise: 40,
} as const

/** Shapes of the kinds whose size is the same for everyone, in practice. */
const SHAPES: Readonly<Partial<Record<SealKind, SealShape>>> = {
  '02': { form: 'round', diameterMm: 38 },
  '03': { form: 'ellipse', widthMm: 40, heightMm: 30 },
  '04': { form: 'round', diameterMm: 38 },
  '05': { form: 'square', sideMm: 18 },
}

/** The shape of a seal by its kind and the rank of its owner. */
export function sealShape(kind: SealKind, rank: SealRank): SealShape {
  return SHAPES[kind] ?? { form: 'round', diameterMm: DIAMETERS_MM[rank] }
}
