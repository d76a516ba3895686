/**
 * The files beside pdf.js that a PDF may need, from this origin: the decoders of two picture formats, and the predefined
 * CMaps for simplified Chinese (ISO 32000-2 §9.7.5.2, table 116), by which text of most office software is read. The CMaps
 * of other languages would be 1.3 MB more.
 */

import gb1Ucs2Url from 'pdfjs-dist/cmaps/Adobe-GB1-UCS2.bcmap?url'
import gbEucHUrl from 'pdfjs-dist/cmaps/GB-EUC-H.bcmap?url'
import gbEucVUrl from 'pdfjs-dist/cmaps/GB-EUC-V.bcmap?url'
import gbkEucHUrl from 'pdfjs-dist/cmaps/GBK-EUC-H.bcmap?url'
import gbkEucVUrl from 'pdfjs-dist/cmaps/GBK-EUC-V.bcmap?url'
import gbk2kHUrl from 'pdfjs-dist/cmaps/GBK2K-H.bcmap?url'
import gbk2kVUrl from 'pdfjs-dist/cmaps/GBK2K-V.bcmap?url'
import gbkpEucHUrl from 'pdfjs-dist/cmaps/GBKp-EUC-H.bcmap?url'
import gbkpEucVUrl from 'pdfjs-dist/cmaps/GBKp-EUC-V.bcmap?url'
import gbpcEucHUrl from 'pdfjs-dist/cmaps/GBpc-EUC-H.bcmap?url'
import gbpcEucVUrl from 'pdfjs-dist/cmaps/GBpc-EUC-V.bcmap?url'
import uniGbUcs2HUrl from 'pdfjs-dist/cmaps/UniGB-UCS2-H.bcmap?url'
import uniGbUcs2VUrl from 'pdfjs-dist/cmaps/UniGB-UCS2-V.bcmap?url'
import uniGbUtf16HUrl from 'pdfjs-dist/cmaps/UniGB-UTF16-H.bcmap?url'
import uniGbUtf16VUrl from 'pdfjs-dist/cmaps/UniGB-UTF16-V.bcmap?url'
import jbig2Url from 'pdfjs-dist/wasm/jbig2.wasm?url'
import openjpegUrl from 'pdfjs-dist/wasm/openjpeg.wasm?url'

const FILES: ReadonlyMap<string, string> = new Map([
  ['Adobe-GB1-UCS2.bcmap', gb1Ucs2Url],
  ['GB-EUC-H.bcmap', gbEucHUrl],
  ['GB-EUC-V.bcmap', gbEucVUrl],
  ['GBK-EUC-H.bcmap', gbkEucHUrl],
  ['GBK-EUC-V.bcmap', gbkEucVUrl],
  ['GBK2K-H.bcmap', gbk2kHUrl],
  ['GBK2K-V.bcmap', gbk2kVUrl],
  ['GBKp-EUC-H.bcmap', gbkpEucHUrl],
  ['GBKp-EUC-V.bcmap', gbkpEucVUrl],
  ['GBpc-EUC-H.bcmap', gbpcEucHUrl],
  ['GBpc-EUC-V.bcmap', gbpcEucVUrl],
  ['UniGB-UCS2-H.bcmap', uniGbUcs2HUrl],
  ['UniGB-UCS2-V.bcmap', uniGbUcs2VUrl],
  ['UniGB-UTF16-H.bcmap', uniGbUtf16HUrl],
  ['UniGB-UTF16-V.bcmap', uniGbUtf16VUrl],
  ['jbig2.wasm', jbig2Url],
  ['openjpeg.wasm', openjpegUrl],
])

/** What pdf.js asks for, by the option that would say where it is (its `BinaryDataFactory`). */
interface Wanted {
  readonly kind: 'cMapUrl' | 'standardFontDataUrl' | 'wasmUrl'
  readonly filename: string
}

/** Gives pdf.js these files, and no other. One file is read in a worker's life, so what was missing is one flag. */
export class OwnFiles {
  /** Whether a CMap was asked for that is not here: the text that is encoded by it is not drawn. */
  static isTextMissing = false

  async fetch({ kind, filename }: Wanted): Promise<Uint8Array> {
    try {
      return await fetchOwn(filename)
    } catch (error) {
      OwnFiles.isTextMissing ||= kind === 'cMapUrl'
      throw error
    }
  }
}

async function fetchOwn(filename: string): Promise<Uint8Array> {
  const url = FILES.get(filename)
  if (url === undefined) throw new TypeError('not kept here')
  const response = await fetch(url)
  if (!response.ok) throw new TypeError('not kept here')
  return new Uint8Array(await response.arrayBuffer())
}
