/** The columns of a batch's table: an empty one with the headings that the server reads, and which of them a fault is about. */

import type { TypeDefinition } from '@onetrip/credential'
import { type Language, language } from '@onetrip/ui'
import { saveTable } from './csv-file.ts'
import { TYPE } from './licence-data.ts'
import { type LicenceType, load } from './session.ts'

const OWN: Readonly<Record<Language, readonly string[]>> = {
  'zh-CN': ['流水号', '有效期起始日期', '有效期截止日期', '持证主体编号'],
  en: ['serial', 'validFrom', 'validTo', 'holderReference'],
}

/** What of a type its columns hang on. */
interface ColumnsOf {
  readonly claims: readonly Pick<TypeDefinition['claims'][number], 'name' | 'display' | 'of'>[]
}

/** Gives the person an empty table of a type; nothing where its definition cannot be read. */
export async function saveTemplate({ code, version }: LicenceType): Promise<void> {
  const definition = await load(`/types/${code}/${version}`, TYPE)
  if (definition.kind === 'refused') return
  saveTable(`${code}.csv`, [batchHeadings(definition.value, language.value)])
}

/** The headings: a claim whose words another column has goes by its name. */
export function batchHeadings({ claims }: ColumnsOf, of: Language): readonly string[] {
  const headings = [...OWN[of]]
  for (const { name, display, of: pictured } of claims) {
    // Pictures of another claim's characters are nothing that somebody types.
    if (pictured !== undefined) continue
    const word = of === 'en' ? name : display['zh-CN']
    headings.push(headings.includes(word) ? `claims.${name}` : word)
  }
  return headings
}

/** The column that the server's words on a fault name, as the table heads it; undefined where they name none. */
export function columnAtFault(
  detail: string,
  { claims }: ColumnsOf,
  of: Language,
): string | undefined {
  const words = detail.split(/[^A-Za-z0-9]+/)
  const claim = claims.find(({ name }) => words.includes(name))
  if (claim !== undefined) return claim.display[of]
  const own = OWN.en.findIndex((name) => words.includes(name))
  return own < 0 ? undefined : OWN[of][own]
}
