/**
 * The PDF module worker: a file in, drawn pages out. The only user of `pdfjs-dist`. Parser and painter
 * both run here, so that whoever waits too long ends the worker and with it all that a hostile file
 * does. Scripts, forms and annotations stay off; nothing is fetched but two decoders of this origin,
 * and no font: what is missing is drawn without text, which no code needs.
 */

import {
  AnnotationMode,
  getDocument,
  type PageViewport,
  PasswordException,
  type PDFDocumentProxy,
  type PDFPageProxy,
  VerbosityLevel,
} from 'pdfjs-dist'
import 'pdfjs-dist/build/pdf.worker.mjs'
import jbig2Url from 'pdfjs-dist/wasm/jbig2.wasm?url'
import openjpegUrl from 'pdfjs-dist/wasm/openjpeg.wasm?url'
import {
  type DrawnRect,
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

const DECODERS: ReadonlyMap<string, string> = new Map([
  ['jbig2.wasm', jbig2Url],
  ['openjpeg.wasm', openjpegUrl],
])

const scope: WorkerScope = globalThis
let opened: PDFDocumentProxy | undefined

scope.addEventListener('message', ({ data }) => {
  // pdf.js listens here too, for messages of its own form.
  if (data.kind === 'open') void answer(() => open(data.bytes))
  if (data.kind === 'page') void answer(() => draw(data.page))
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

async function open(bytes: Uint8Array): Promise<PdfAnswer> {
  opened = await getDocument({
    data: bytes,
    BinaryDataFactory: OwnDecoders,
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

async function preview(of: Extract<PdfRequest, { kind: 'preview' }>): Promise<PdfAnswer> {
  const page = await pageOf(of.page)
  const viewport = viewportOf(page, Math.min(of.side, MAX_PAGE_SIDE))
  const bitmap = await paint(page, viewport, AnnotationMode.ENABLE)
  return { kind: 'previewed', bitmap, rects: of.rects.map((rect) => drawnRect(rect, viewport)) }
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

/** The decoders of two picture formats; anything else a file asks for is not there. */
class OwnDecoders {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const url = DECODERS.get(filename)
    if (url === undefined) throw new TypeError('not kept here')
    const response = await fetch(url)
    if (!response.ok) throw new TypeError('not kept here')
    return new Uint8Array(await response.arrayBuffer())
  }
}

interface Painted {
  canvas: OffscreenCanvas | null
  context: OffscreenCanvasRenderingContext2D | null
}

/** Canvases that need no page; pdf.js asks for them while it paints. */
class WorkerCanvases {
  create(width: number, height: number): Painted {
    const canvas = new OffscreenCanvas(width, height)
    return { canvas, context: canvas.getContext('2d', { willReadFrequently: true }) }
  }

  reset({ canvas }: Painted, width: number, height: number): void {
    if (canvas !== null) Object.assign(canvas, { width, height })
  }

  destroy(painted: Painted): void {
    this.reset(painted, 0, 0)
    Object.assign(painted, { canvas: null, context: null })
  }

  getNoAlphaContext(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D | null {
    return canvas.getContext('2d', { alpha: false, willReadFrequently: true })
  }
}

/** Filters live in a page's SVG; a code needs none of their effects. */
class NoFilters {
  addFilter(): string {
    return 'none'
  }

  addHCMFilter(): string {
    return 'none'
  }

  addAlphaFilter(): string {
    return 'none'
  }

  addLuminosityFilter(): string {
    return 'none'
  }

  addKnockoutFilter(): string {
    return 'none'
  }

  addHighlightHCMFilter(): string {
    return 'none'
  }

  addSelectionHCMFilter(): string {
    return 'none'
  }

  addSelectionFilter(): string {
    return 'none'
  }

  createSelectionStyle(): null {
    return null
  }

  destroy(): void {}
}
