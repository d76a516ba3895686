/** Which column of a batch's file says what: by the names of the API, or by the words of the type's definition (电子证照 elements). */
import { fault } from '@onetrip/codec'
import type { TypeDefinition } from '@onetrip/credential'

/** What every licence has beside the claims of its type, with the headings it is known by. */
const OWN_HEADINGS = {
  serial: ['serial', '流水号'],
  version: ['version', '版本号'],
  validFrom: ['validFrom', '有效期起始日期'],
  validTo: ['validTo', '有效期截止日期'],
  holderReference: ['holderReference', '持证主体编号'],
} as const

/** A member of a licence's request that is not a claim. */
export type OwnColumn = keyof typeof OWN_HEADINGS

/** What a column says. */
export type BatchColumn = { readonly own: OwnColumn } | { readonly claim: string }

/**
 * The columns of a row of headings, in order. Throws `batch/format` with the number of a column that is unknown or there twice: what
 * nobody reads would be approved unread.
 */
export function columnsOf(
  type: TypeDefinition,
  headings: readonly string[],
): readonly BatchColumn[] {
  const known = knownColumns(type)
  const taken = new Set<BatchColumn>()
  return headings.map((heading, at) => {
    const column = known.get(heading.trim())
    if (column === undefined) throw fault('batch/format', `column ${at + 1} is unknown`)
    if (taken.has(column)) throw fault('batch/format', `column ${at + 1} is there twice`)
    taken.add(column)
    return column
  })
}

/** The first to take a heading keeps it; a claim is always found as `claims.NAME`. */
function knownColumns({ claims }: TypeDefinition): ReadonlyMap<string, BatchColumn> {
  const known = new Map<string, BatchColumn>()
  const add = (headings: readonly string[], column: BatchColumn): void => {
    for (const heading of headings) if (!known.has(heading)) known.set(heading, column)
  }
  const own: readonly OwnColumn[] = ['serial', 'version', 'validFrom', 'validTo', 'holderReference']
  for (const name of own) add(OWN_HEADINGS[name], { own: name })
  for (const { name, display } of claims) {
    add([`claims.${name}`, name, display['zh-CN']], { claim: name })
  }
  return known
}
