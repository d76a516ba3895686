/** What a department decided by stays as it is: the fields and materials that its part reads; what another part alone reads does not. */
import { fault } from '@onetrip/codec'
import type { OpenedCase } from './case-rows.ts'
import { PARTS_DECIDED } from './case-steps.ts'
import type { FormValues } from './form.ts'
import type { Guide, GuideField } from './guide-shape.ts'

/** Whether a part reads a field; each does unless the guide says which do. */
export function isReadBy({ parts }: Pick<GuideField, 'parts'>, part: string): boolean {
  return parts === undefined || parts.includes(part)
}

/** Codes of the decided parts that read a field. */
export function fixedBy(
  { parts }: Pick<OpenedCase, 'parts'>,
  field: Pick<GuideField, 'parts'>,
): readonly string[] {
  return parts
    .filter(({ code, state }) => PARTS_DECIDED.includes(state) && isReadBy(field, code))
    .map(({ code }) => code)
}

/** The guide with the fields of its form that may still change. */
export function withOpenFields(opened: Pick<OpenedCase, 'guide' | 'parts'>): Guide {
  const { guide } = opened
  return { ...guide, form: guide.form.filter((field) => fixedBy(opened, field).length === 0) }
}

/** Throws `case/decided` where a form differs from another in a field that a part was decided by. */
export function assertFieldsOpen(
  opened: Pick<OpenedCase, 'guide' | 'parts'>,
  { before, after }: { readonly before: FormValues; readonly after: FormValues },
): void {
  const isChanged = opened.guide.form.some(
    (field) => before[field.name] !== after[field.name] && fixedBy(opened, field).length > 0,
  )
  if (isChanged) throw fault('case/decided')
}

/** Whether a part was decided by a material; what was to follow later was no part of it. */
export function isMaterialFixed(
  { parts, materials, plan }: Pick<OpenedCase, 'parts' | 'materials' | 'plan'>,
  material: string,
): boolean {
  if (materials.some(({ code, way }) => code === material && way === 'deferred')) return false
  const needing = plan.materials.find(({ code }) => code === material)?.parts ?? []
  return parts.some(({ code, state }) => needing.includes(code) && PARTS_DECIDED.includes(state))
}
