/** By what a material is there, in words. */

import { formatDay } from '@onetrip/ui'
import type { CaseMaterial } from './case-file.ts'
import { tp } from './words-cases.ts'

/** Whether nobody lays it in: the server makes it from the form when the case is accepted. */
export function isMadeFromForm({ sources }: Pick<CaseMaterial, 'sources'>): boolean {
  return sources[0] === 'generated'
}

/** The words; before the case is accepted, what is made from the form is not missing. */
export function materialWords(material: Pick<CaseMaterial, 'way' | 'sources' | 'dueDay'>): string {
  const { way, dueDay } = material
  if (way === null) return tp(isMadeFromForm(material) ? 'way.form' : 'way.none')
  return tp(`way.${way}`, { day: typeof dueDay === 'string' ? formatDay(dueDay) : '' })
}
