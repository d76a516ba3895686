/** Words for states and steps, which a later server may have more of. */
import { formatDay } from '@onetrip/ui'
import { type CaseMessage, hasCaseWords, wc } from '../words-cases.ts'
import type { Material } from './case-data.ts'

/** A case's state. */
export function caseStateWords(state: string): string {
  return worded('state', state)
}

/** A part's state. */
export function partStateWords(state: string): string {
  return worded('part', state)
}

/** A step. */
export function stepWords(action: string): string {
  return worded('step', action)
}

/** By what a material is there; `dueDay` is the day by which it follows. */
export function wayWords({ way: settled, sources, dueDay }: Material): string {
  // What comes of the form alone is never laid in.
  const way = settled ?? (sources.every((source) => source === 'generated') ? 'generated' : '')
  if (way === '') return wc('materials.missing')
  const day = dueDay === undefined ? '' : formatDay(dueDay)
  const key = `materials.way.${way}`
  return hasCaseWords(key) ? wc(key, { day }) : way
}

function worded(area: 'state' | 'part' | 'step', name: string): string {
  const key: CaseMessage | string = `${area}.${name}`
  return hasCaseWords(key) ? wc(key) : name
}
