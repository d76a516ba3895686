/** PDF files as much office software writes them: text in fonts that they name and do not hold (ISO 32000-2 §9.6.2, §9.7). */
import { CATALOG, PAGES, streamOf, writePdf } from '../../packages/seal/samples/pdf-files.ts'

/** A word of Helvetica's line; a seal may stand on it. */
export const LATIN_WORD = 'Helvetica'

/** A line of text. */
interface Line {
  readonly font: string
  /** A predefined CMap (ISO 32000-2 §9.7.5.2); without one the font is one of the standard 14. */
  readonly cmap?: string
  /** Of the font's characters: Adobe's collection. */
  readonly collection?: string
  /** The text, a string in PDF's own writing. */
  readonly text: string
}

const CHINESE: readonly Line[] = [
  { font: 'Helvetica', text: `(${LATIN_WORD})` },
  { font: 'STSong-Light', cmap: 'UniGB-UCS2-H', collection: 'GB1', text: ucs2('复函样例') },
  // The same four characters in GBK.
  { font: 'SimSun', cmap: 'GBK-EUC-H', collection: 'GB1', text: '<B8B4BAAFD1F9C0FD>' },
  { font: 'SimHei', cmap: 'UniGB-UTF16-H', collection: 'GB1', text: ucs2('复函样例') },
]
const JAPANESE: Line = {
  font: 'HeiseiMin-W3',
  cmap: 'UniJIS-UCS2-H',
  collection: 'Japan1',
  text: ucs2('日本語'),
}

/** Base of the first line, and from line to line, in points of the page. */
const LINES = { first: 720, step: 60 } as const

/** A page of A4: a line in each font, and a last one in an encoding that the faces do not know. */
export const FOREIGN_FONTS_PDF: Buffer = pdfOf([...CHINESE, JAPANESE])

/** Where each line stands, in shares of the page's height from its top. */
export const LINE_BANDS: readonly { readonly top: number; readonly bottom: number }[] = [
  ...CHINESE,
  JAPANESE,
].map((_, index) => ({
  top: 1 - (baseOf(index) + 30) / 842,
  bottom: 1 - (baseOf(index) - 12) / 842,
}))

function pdfOf(lines: readonly Line[]): Buffer {
  const shown = lines.map(
    ({ text }, index) => `/F${index} 28 Tf 1 0 0 1 72 ${baseOf(index)} Tm ${text} Tj`,
  )
  const fonts = lines.map((_, index) => `/F${index} ${fontNumber(index)} 0 R`).join(' ')
  return Buffer.from(
    writePdf({
      objects: [
        CATALOG,
        PAGES,
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << ${fonts} >> >> >>`,
        streamOf(`BT ${shown.join(' ')} ET`),
        ...lines.flatMap((line, index) => fontOf(line, fontNumber(index))),
      ],
    }),
  )
}

function baseOf(line: number): number {
  return LINES.first - line * LINES.step
}

function fontNumber(line: number): number {
  return 5 + 3 * line
}

/** Three objects for each font, so that their numbers are known. */
function fontOf({ font, cmap, collection }: Line, number: number): readonly string[] {
  if (cmap === undefined) {
    return [`<< /Type /Font /Subtype /Type1 /BaseFont /${font} >>`, 'null', 'null']
  }
  return [
    `<< /Type /Font /Subtype /Type0 /BaseFont /${font} /Encoding /${cmap} /DescendantFonts [${number + 1} 0 R] >>`,
    `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /${font} /CIDSystemInfo << /Registry (Adobe) /Ordering (${collection}) /Supplement 2 >> /FontDescriptor ${number + 2} 0 R >>`,
    `<< /Type /FontDescriptor /FontName /${font} /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>`,
  ]
}

function ucs2(text: string): string {
  return `<${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`
}
