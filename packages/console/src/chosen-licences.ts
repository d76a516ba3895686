/** Licences that somebody chose for an order and did not send yet; like all that is typed they outlive a new authentication. */

import * as v from 'valibot'
import { useDraft } from './draft.ts'
import { LICENCE_LINE, type LicenceLine } from './licence-data.ts'

const LINES = v.array(LICENCE_LINE)

/** What was chosen so far. */
export interface Chosen {
  readonly lines: readonly LicenceLine[]
  /** Takes further ones, each once, as it is at the latest reading. */
  readonly add: (lines: readonly LicenceLine[]) => void
  readonly remove: (id: string) => void
  readonly clear: () => void
}

/** Keeps them in this tab. */
export function useChosen(): Chosen {
  const [text, setText] = useDraft('order-licences')
  const lines = readLines(text)
  const keep = (next: readonly LicenceLine[]): void =>
    setText(next.length === 0 ? '' : JSON.stringify(next))
  return {
    lines,
    add: (further) => {
      const ids = new Set(further.map(({ id }) => id))
      keep([...lines.filter(({ id }) => !ids.has(id)), ...further])
    },
    remove: (id) => keep(lines.filter((line) => line.id !== id)),
    clear: () => setText(''),
  }
}

function readLines(text: string): readonly LicenceLine[] {
  if (text === '') return []
  const read = v.safeParse(LINES, JSON.parse(text))
  return read.success ? read.output : []
}
