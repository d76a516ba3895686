/** The pages of a file: the tree, and what a page inherits (ISO 32000-2 §7.7.3). */
import { fault } from '@onetrip/codec'
import { catalogOf, resolve } from './objects.ts'
import type { Pdf } from './open-pdf.ts'
import { MAX_DEPTH, MAX_PAGE_NODES } from './pdf-limits.ts'
import {
  isDict,
  isList,
  isName,
  isRef,
  isSameRef,
  type PdfDict,
  type PdfObject,
  type PdfRef,
} from './pdf-value.ts'

/** A rectangle in points of a page's own space: from its left lower to its right upper corner. */
export interface PdfRect {
  readonly left: number
  readonly bottom: number
  readonly right: number
  readonly top: number
}

/** A page. */
export interface PdfPage {
  /** From 0. */
  readonly index: number
  readonly ref: PdfRef
  readonly dict: PdfDict
  /** What of the page is shown: its crop box within its media box. */
  readonly box: PdfRect
  /** By how much it is turned clockwise to be read: 0, 90, 180 or 270. */
  readonly rotate: 0 | 90 | 180 | 270
}

interface Inherited {
  readonly mediaBox: PdfObject
  readonly cropBox: PdfObject
  readonly rotate: PdfObject
}

interface Leaf extends Inherited {
  readonly ref: PdfRef
  readonly dict: PdfDict
}

interface Walk {
  readonly pdf: Pdf
  readonly seen: Set<number>
  readonly leaves: Leaf[]
}

const QUARTER_TURNS = [0, 90, 180, 270] as const
const NOTHING: Inherited = { mediaBox: null, cropBox: null, rotate: null }

const trees = new WeakMap<Pdf, readonly Leaf[]>()

/**
 * A page by its number from 0, or by its reference. Throws `pdf/page` when it is not there, or when the tree has a loop,
 * a page twice (one seal would show on both), or this page no box; `pdf/format`, `pdf/xref`, `pdf/limit`.
 */
export function findPage(pdf: Pdf, wanted: number | PdfRef): PdfPage {
  const leaves = trees.get(pdf) ?? walkTree(pdf)
  const index =
    typeof wanted === 'number' ? wanted : leaves.findIndex(({ ref }) => isSameRef(ref, wanted))
  const leaf = leaves[index]
  if (leaf === undefined) throw fault('pdf/page')
  return pageOf(pdf, leaf, index)
}

/** How many pages a file has. Throws as {@link findPage}. */
export function pageCount(pdf: Pdf): number {
  return (trees.get(pdf) ?? walkTree(pdf)).length
}

/** A rectangle from its four numbers, in whichever order its corners stand; nothing for another value. */
export function parseRect(pdf: Pdf, value: PdfObject): PdfRect | undefined {
  if (!isList(value) || value.length !== 4) return undefined
  const numbers = value.map((item) => resolve(pdf, item))
  if (!numbers.every((item) => typeof item === 'number')) return undefined
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = numbers
  return {
    left: Math.min(x1, x2),
    bottom: Math.min(y1, y2),
    right: Math.max(x1, x2),
    top: Math.max(y1, y2),
  }
}

function walkTree(pdf: Pdf): readonly Leaf[] {
  const walk: Walk = { pdf, seen: new Set(), leaves: [] }
  walkNode(walk, catalogOf(pdf).dict.get('Pages'), NOTHING, 1)
  trees.set(pdf, walk.leaves)
  return walk.leaves
}

function walkNode(walk: Walk, value: PdfObject | undefined, above: Inherited, depth: number): void {
  const { pdf, seen, leaves } = walk
  if (!isRef(value) || seen.has(value.number)) throw fault('pdf/page')
  if (depth > MAX_DEPTH || seen.size >= MAX_PAGE_NODES) throw fault('pdf/limit')
  seen.add(value.number)
  const dict = resolve(pdf, value)
  if (!isDict(dict)) throw fault('pdf/page')
  const inherited = inherit(pdf, dict, above)
  const kids = resolve(pdf, dict.get('Kids'))
  const isPage = isName(resolve(pdf, dict.get('Type')), 'Page')
  if (isPage === isList(kids)) throw fault('pdf/page')
  if (isList(kids)) for (const kid of kids) walkNode(walk, kid, inherited, depth + 1)
  else leaves.push({ ref: value, dict, ...inherited })
}

function inherit(pdf: Pdf, node: PdfDict, above: Inherited): Inherited {
  const own = (key: string): PdfObject => resolve(pdf, node.get(key))
  return {
    mediaBox: own('MediaBox') ?? above.mediaBox,
    cropBox: own('CropBox') ?? above.cropBox,
    rotate: own('Rotate') ?? above.rotate,
  }
}

function pageOf(pdf: Pdf, leaf: Leaf, index: number): PdfPage {
  const { ref, dict } = leaf
  const media = parseRect(pdf, leaf.mediaBox)
  if (media === undefined) throw fault('pdf/page')
  const box = intersection(media, parseRect(pdf, leaf.cropBox) ?? media)
  const turn = leaf.rotate ?? 0
  const degrees = typeof turn === 'number' ? ((turn % 360) + 360) % 360 : -1
  const rotate = QUARTER_TURNS.find((quarter) => quarter === degrees)
  const isEmpty = box.left >= box.right || box.bottom >= box.top
  if (rotate === undefined || isEmpty) throw fault('pdf/page')
  return { index, ref, dict, box, rotate }
}

function intersection(a: PdfRect, b: PdfRect): PdfRect {
  return {
    left: Math.max(a.left, b.left),
    bottom: Math.max(a.bottom, b.bottom),
    right: Math.min(a.right, b.right),
    top: Math.min(a.top, b.top),
  }
}
