/**
 * The PDF module worker: a file in, drawn pages or their text out. The only user of `pdfjs-dist`. Parser and painter
 * both run here, so that whoever waits too long ends the worker and with it all that a hostile file
 * does. Scripts and forms stay off, annotations too where a code is looked for; nothing is fetched but what
 * stands in `pdf-own-files`, and no font: text in fonts that a file names and does not hold is drawn in this
 * device's. The file is read piece by piece, as its pages ask for it.
 */

import {
  AnnotationMode,
  getDocument,
  type PageViewport,
  PasswordException,
  PDFDataRangeTransport,
  type PDFDocumentProxy,
  type PDFPageProxy,
  VerbosityLevel,
} from 'pdfjs-dist'
import 'pdfjs-dist/build/pdf.worker.mjs'
import { NoFilters, WorkerCanvases } from './pdf-canvases.ts'
import { OwnFiles } from './pdf-own-files.ts'
import {
  type DrawnRect,
  MAX_PAGE_CHARACTERS,
  MAX_PAGE_SIDE,
  type PageRect,
  type PdfAnswer,
  type PdfRequest,
  type PdfTrouble,
} from './pdf-protocol.ts'

interface WorkerScope {
  addEventListener(type: 'message', listener: (event: MessageEvent<PdfRequest>) => void): void
  postMessage(answer: PdfAnswer, options?: { readonly transfer: Transferable[] }): void
}

/** PDF user space has 72 units to the inch (ISO 32000-2 §8.3.2.3); pages are drawn at 300 dots. */
const DRAWN_PER_UNIT = 300 / 72
/** Pixels of one image inside a page: A4 at 600 dots per inch has 35 million. */
const MAX_IMAGE_PIXELS = 40_000_000

const scope: WorkerScope = globalThis
let opened: PDFDocumentProxy | undefined

scope.addEventListener('message', ({ data }) => {
  // pdf.js listens here too, for messages of its own form.
  if (data.kind === 'open') void answer(() => open(data.file))
  if (data.kind === 'page') void answer(() => draw(data.page))
  if (data.kind === 'text') void answer(() => readText(data.page))
  if (data.kind === 'preview') void answer(() => preview(data))
})

async function answer(act: () => Promise<PdfAnswer>): Promise<void> {
  try {
    const done = await act()
    scope.postMessage(done, { transfer: 'bitmap' in done ? [done.bitmap] : [] })
  } catch (error) {
    scope.postMessage({ kind: 'trouble', trouble: troubleOf(error) })
  }
}

function troubleOf(error: unknown): PdfTrouble {
  return error instanceof PasswordException ? 'pdf-encrypted' : 'pdf-broken'
}

async function open(file: Blob): Promise<PdfAnswer> {
  opened = await getDocument({
    range: new FileRange(file),
    disableAutoFetch: true,
    disableStream: true,
    BinaryDataFactory: OwnFiles,
    CanvasFactory: WorkerCanvases,
    FilterFactory: NoFilters,
    disableWorkerRendering: true,
    disableFontFace: true,
    enableXfa: false,
    maxImageSize: MAX_IMAGE_PIXELS,
    useSystemFonts: false,
    useWorkerFetch: false,
    verbosity: VerbosityLevel.ERRORS,
  }).promise
  return { kind: 'opened', pages: opened.numPages }
}

async function draw(number: number): Promise<PdfAnswer> {
  const page = await pageOf(number)
  const viewport = viewportOf(page, MAX_PAGE_SIDE)
  return { kind: 'drawn', bitmap: await paint(page, viewport, AnnotationMode.DISABLE) }
}

async function readText(number: number): Promise<PdfAnswer> {
  const page = await pageOf(number)
  const { items } = await page.getTextContent()
  const text = items.map((item) => ('str' in item ? item.str : '')).join('\n')
  page.cleanup()
  if (text.length > MAX_PAGE_CHARACTERS) throw new TypeError('too much text')
  return { kind: 'text', text }
}

async function preview(of: Extract<PdfRequest, { kind: 'preview' }>): Promise<PdfAnswer> {
  const page = await pageOf(of.page)
  const viewport = viewportOf(page, Math.min(of.side, MAX_PAGE_SIDE))
  const bitmap = await paint(page, viewport, AnnotationMode.ENABLE)
  const rects = of.rects.map((rect) => drawnRect(rect, viewport))
  return { kind: 'previewed', bitmap, rects, isTextMissing: OwnFiles.isTextMissing }
}

async function pageOf(number: number): Promise<PDFPageProxy> {
  if (opened === undefined) throw new TypeError('no file is open')
  return opened.getPage(number)
}

async function paint(
  page: PDFPageProxy,
  viewport: PageViewport,
  annotationMode: number,
): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(pixels(viewport.width), pixels(viewport.height))
  if (!isCanvas(canvas)) throw new TypeError('no canvas')
  await page.render({ canvas, viewport, annotationMode }).promise
  page.cleanup()
  return canvas.transferToImageBitmap()
}

/** At 300 dots to the inch, or less when its longest side would be too long. */
function viewportOf(page: PDFPageProxy, side: number): PageViewport {
  const { width, height } = page.getViewport({ scale: 1 })
  return page.getViewport({ scale: Math.min(DRAWN_PER_UNIT, side / Math.max(width, height)) })
}

/** The page may be turned, so what is its lower left corner may be any corner of what is drawn. */
function drawnRect(rect: PageRect, viewport: PageViewport): DrawnRect {
  const [x = 0, y = 0] = viewport.convertToViewportPoint(rect.left, rect.bottom)
  const [otherX = 0, otherY = 0] = viewport.convertToViewportPoint(rect.right, rect.top)
  return {
    left: Math.min(x, otherX) / viewport.width,
    top: Math.min(y, otherY) / viewport.height,
    width: Math.abs(otherX - x) / viewport.width,
    height: Math.abs(otherY - y) / viewport.height,
  }
}

function pixels(length: number): number {
  return Math.min(MAX_PAGE_SIDE, Math.max(1, Math.floor(length)))
}

/** pdf.js paints on either kind of canvas; its types name only the page's. */
function isCanvas(canvas: object): canvas is HTMLCanvasElement {
  return canvas instanceof OffscreenCanvas
}

/** Gives pdf.js the pieces that it asks for, so that no whole copy of the file is made. */
class FileRange extends PDFDataRangeTransport {
  readonly #file: Blob

  constructor(file: Blob) {
    super(file.size, null)
    this.#file = file
  }

  override requestDataRange(begin: number, end: number): void {
    this.#file
      .slice(begin, end)
      .arrayBuffer()
      .then(
        (piece) => this.onDataRange(begin, new Uint8Array(piece)),
        // It was moved or changed meanwhile, and pdf.js would wait for ever.
        () => scope.postMessage({ kind: 'trouble', trouble: 'pdf-broken' }),
      )
  }
}
