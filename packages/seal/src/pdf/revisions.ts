/** Which cross-reference sections make up a revision (ISO 32000-2 §7.5.6, §7.5.8.4, annex F). */
import { fault } from '@onetrip/codec'
import type { Revision } from './open-pdf.ts'
import { isSameEntry } from './xref-entries.ts'
import type { XrefSection } from './xref-section.ts'

/** Sections, newest first, as revisions, oldest first. Throws `pdf/xref`. */
export function revisionsOf(sections: readonly XrefSection[]): readonly Revision[] {
  const revisions: Revision[] = []
  for (let index = 0; index < sections.length; ) {
    const [section, older] = sections.slice(index, index + 2)
    if (section === undefined) break
    const revision = linearised(section, older) ?? supplemented(section, older) ?? lone(section)
    index += revision.sections.length
    const newer = revisions.at(-1)
    if (newer !== undefined && startOf(newer) < revision.end) throw fault('pdf/xref')
    revisions.push(revision)
  }
  return revisions.reverse()
}

/** The first byte that a revision is known to have: of a section, or of the stream beside it. */
function startOf({ startxref, sections }: Revision): number {
  return Math.min(startxref, ...sections.map(({ start, hidden }) => hidden?.start ?? start))
}

function lone(section: XrefSection): Revision {
  const { start, startxref, end } = section
  if (startxref !== start) throw fault('pdf/xref')
  return { startxref, end, sections: [section] }
}

/** The first page's section stands before the main one; it is followed by a startxref of 0, or by none. */
function linearised(section: XrefSection, older: XrefSection | undefined): Revision | undefined {
  if (older === undefined || older.start < section.start) return undefined
  const { startxref, end } = older
  const isNamed = startxref === section.start && (section.startxref ?? 0) === 0
  const isHybrid = [section, older].some(({ hidden }) => hidden !== undefined)
  if (!isNamed || isHybrid) throw fault('pdf/xref')
  return { startxref, end, sections: [section, older] }
}

/**
 * A first revision as word processors save it: a whole file, and behind it an empty table whose stream, which stands in that
 * file, adds objects that its table does not have, and repeats others.
 */
function supplemented(section: XrefSection, older: XrefSection | undefined): Revision | undefined {
  const { hidden, listed, start, end } = section
  if (older === undefined || hidden === undefined || listed > 0) return undefined
  const isWhole =
    older.form === 'table' && older.hidden === undefined && older.previous === undefined
  const isNamed = older.startxref === older.start && section.startxref === start
  if (!isWhole || !isNamed || hidden.end > older.start) return undefined
  const added = new Map(section.entries)
  for (const [number, entry] of section.entries) {
    const known = older.entries.get(number)
    if (known === undefined) continue
    if (isSameEntry(known, entry)) added.delete(number)
    else if (known.kind !== 'free') return undefined
  }
  return { startxref: start, end, sections: [{ ...section, entries: added }, older] }
}
