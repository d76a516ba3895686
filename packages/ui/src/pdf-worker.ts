/**
 * The PDF module worker: a file in, drawn pages out. The only user of `pdfjs-dist`. Parser and painter
 * both run here, so that whoever waits too long ends the worker and with it all that a hostile file
 * does. Scripts, forms and annotations stay off; nothing is fetched but two decoders of this origin,
 * and no font: what is missing is drawn without text, which no code needs.
 */

import {
  AnnotationMode,
  getDocument,
  PasswordException,
  type PDFDocumentProxy,
  type PDFPageProxy,
  VerbosityLevel,
} from 'pdfjs-dist'
import 'pdfjs-dist/build/pdf.worker.mjs'
import jbig2Url from 'pdfjs-dist/wasm/jbig2.wasm?url'
import openjpegUrl from 'pdfjs-dist/wasm/openjpeg.wasm?url'
import { MAX_PAGE_SIDE, type PdfAnswer, type PdfRequest, type PdfTrouble } from './pdf-protocol.ts'

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
})

async function answer(act: () => Promise<PdfAnswer>): Promise<void> {
  try {
    const done = await act()
    scope.postMessage(done, { transfer: done.kind === 'drawn' ? [done.bitmap] : [] })
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
  if (opened === undefined) throw new TypeError('no file is open')
  const page = await opened.getPage(number)
  const viewport = page.getViewport({ scale: scaleOf(page) })
  const canvas = new OffscreenCanvas(pixels(viewport.width), pixels(viewport.height))
  if (!isCanvas(canvas)) throw new TypeError('no canvas')
  await page.render({ canvas, viewport, annotationMode: AnnotationMode.DISABLE }).promise
  page.cleanup()
  return { kind: 'drawn', bitmap: canvas.transferToImageBitmap() }
}

function scaleOf(page: PDFPageProxy): number {
  const { width, height } = page.getViewport({ scale: 1 })
  return Math.min(DRAWN_PER_UNIT, MAX_PAGE_SIDE / Math.max(width, height))
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
