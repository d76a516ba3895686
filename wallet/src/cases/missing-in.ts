/** What a case still lacks before it can be handed in; the server asks the same of it. */
import { type Localised, localised } from '@onetrip/ui'
import { wc } from '../words-cases.ts'
import type { Texts } from './case-api.ts'
import type { MyCase } from './case-data.ts'

/** Names of what is missing. */
export interface Missing {
  readonly fields: readonly Localised[]
  readonly materials: readonly Localised[]
}

/** Required fields that `values` leave empty, and materials that are neither there nor to follow; what comes of the form alone is there. */
export function missingIn(
  { fields, materials }: Pick<MyCase, 'fields' | 'materials'>,
  values: Texts,
): Missing {
  return {
    fields: fields
      .filter(({ name, required }) => required && (values[name] ?? '').trim() === '')
      .map(({ label }) => label),
    materials: materials
      .filter(({ way, sources }) => way === undefined && sources[0] !== 'generated')
      .map(({ name }) => name),
  }
}

/** Whether anything is. */
export function hasMissing({ fields, materials }: Missing): boolean {
  return fields.length + materials.length > 0
}

/** How many there are, and which. */
export function missingWords({ fields, materials }: Missing): string {
  const words = (key: 'submit.fields' | 'submit.materials', all: readonly Localised[]): string =>
    all.length === 0
      ? ''
      : wc(key, { count: all.length, names: all.map(localised).join(wc('submit.join')) })
  return [words('submit.fields', fields), words('submit.materials', materials)].join(' ').trim()
}
