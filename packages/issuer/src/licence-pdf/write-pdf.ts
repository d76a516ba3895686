/**
 * Puts a licence's pages into a PDF file: its font as a subset, the tree of what its marks mean, one attached file. The only
 * file that knows @cantoo/pdf-lib. The same input gives the same bytes: no time of day, no random name.
 */
import { AFRelationship, PDFDocument, PDFHexString, PDFName, type PDFRef } from '@cantoo/pdf-lib'
import type { PageContent } from './page-content.ts'
import { POINTS_PER_MM } from './page-content.ts'
import type { StructureElement } from './structure.ts'
import { FEATURES, type TextFont } from './text-font.ts'

/** A file that is attached, under the relationship `Data` (ISO 32000-2 §7.11.3). */
export interface Attachment {
  /** ASCII. */
  readonly name: string
  readonly bytes: Uint8Array
  readonly mediaType: string
  readonly description: string
}

/** What is written once all pages are drawn. */
export interface PdfParts {
  /** At least 16 bytes that say which file it is. */
  readonly digest: Uint8Array
  readonly title: string
  readonly pages: readonly PageContent[]
  readonly structure: StructureElement
  readonly attachment: Attachment
}

/** A file with a font in it and nothing else. */
export interface PdfDraft {
  /** The digits of a text's glyphs, which come into the subset. */
  readonly encode: (text: string) => string
  readonly finish: (parts: PdfParts) => Promise<Uint8Array>
}

/** Begins a file; `digest` (of at least 6 bytes) says of what, and names the font. */
export async function beginPdf(font: TextFont, digest: Uint8Array): Promise<PdfDraft> {
  const file = await PDFDocument.create({ updateMetadata: false })
  file.registerFontkit({ create: () => font.face })
  const embedded = await file.embedFont(new Uint8Array(0), {
    subset: true,
    features: { ...FEATURES },
    customName: `${subsetTag(digest)}+${font.face.postscriptName}`,
  })
  return {
    encode: (text) => String(embedded.encodeText(text)),
    finish: async (parts) => {
      const pages = parts.pages.map((page, index) => {
        const added = file.addPage([page.widthMm * POINTS_PER_MM, page.heightMm * POINTS_PER_MM])
        const { context } = file
        added.node.set(PDFName.of('Contents'), context.register(context.flateStream(page.content)))
        added.node.setFontDictionary(PDFName.of('F1'), embedded.ref)
        added.node.set(PDFName.of('StructParents'), context.obj(index))
        added.node.set(PDFName.of('Tabs'), PDFName.of('S'))
        return added.ref
      })
      addStructure(file, parts, pages)
      describe(file, parts)
      const { attachment } = parts
      await file.attach(attachment.bytes, attachment.name, {
        mimeType: attachment.mediaType,
        description: attachment.description,
        afRelationship: AFRelationship.Data,
      })
      return file.save({ useObjectStreams: false })
    },
  }
}

/** Six letters (ISO 32000-2 §9.9.2). */
function subsetTag(digest: Uint8Array): string {
  return Array.from(digest.subarray(0, 6), (byte) => String.fromCharCode(0x41 + (byte % 26))).join(
    '',
  )
}

function describe(file: PDFDocument, { title, digest }: PdfParts): void {
  file.setTitle(title, { showInWindowTitleBar: true })
  file.setProducer('OneTrip')
  file.setLanguage('zh-CN')
  const { context, catalog } = file
  catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }))
  const digits = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0'))
  const id = PDFHexString.of(digits.join(''))
  context.trailerInfo.ID = context.obj([id, id])
}

function addStructure(file: PDFDocument, parts: PdfParts, pages: readonly PDFRef[]): void {
  const { context, catalog } = file
  const root = context.nextRef()
  const refs = new Map<StructureElement, PDFRef>()
  const add = (element: StructureElement, parent: PDFRef): PDFRef => {
    const ref = context.nextRef()
    refs.set(element, ref)
    const { type, kids, alternative } = element
    const dict = context.obj({
      Type: 'StructElem',
      S: type,
      P: parent,
      K: kids.map((kid) =>
        'mcid' in kid
          ? context.obj({ Type: 'MCR', Pg: pageOf(pages, kid.page), MCID: kid.mcid })
          : add(kid, ref),
      ),
    })
    if (alternative !== undefined) dict.set(PDFName.of('Alt'), PDFHexString.fromText(alternative))
    if (type === 'TH') dict.set(PDFName.of('A'), context.obj({ O: 'Table', Scope: 'Row' }))
    context.assign(ref, dict)
    return ref
  }
  const top = add(parts.structure, root)
  const numbers = parts.pages.flatMap((page, index) => [
    context.obj(index),
    context.obj(page.marked.map((element) => refOf(refs, element))),
  ])
  const tree = { Type: 'StructTreeRoot', K: [top], ParentTree: context.obj({ Nums: numbers }) }
  context.assign(root, context.obj({ ...tree, ParentTreeNextKey: parts.pages.length }))
  catalog.set(PDFName.of('StructTreeRoot'), root)
}

function pageOf(pages: readonly PDFRef[], index: number): PDFRef {
  const page = pages[index]
  if (page === undefined) throw new TypeError('content is marked on a page that is not there')
  return page
}

function refOf(refs: ReadonlyMap<StructureElement, PDFRef>, element: StructureElement): PDFRef {
  const ref = refs.get(element)
  if (ref === undefined) throw new TypeError('content is marked for an element outside of the tree')
  return ref
}
