/** What a page's marks mean, for those who have it read to them (ISO 32000-2 §14.7): a tree of elements over marked content. */

/** A standard structure type (§14.8.4) that a licence uses. */
export type StructureType = 'Document' | 'Figure' | 'H1' | 'P' | 'TD' | 'TH' | 'TR' | 'Table'

/** A stretch of a page's content. */
export interface MarkedContent {
  /** From 0. */
  readonly page: number
  readonly mcid: number
}

/** A node of the tree, growing while pages are drawn. */
export interface StructureElement {
  readonly type: StructureType
  readonly kids: (MarkedContent | StructureElement)[]
  /** What a figure shows. */
  readonly alternative?: string
}

/** A new element behind the others of its parent. */
export function addElement(
  parent: StructureElement,
  type: StructureType,
  alternative?: string,
): StructureElement {
  const element = { type, kids: [], ...(alternative === undefined ? {} : { alternative }) }
  parent.kids.push(element)
  return element
}
