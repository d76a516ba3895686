/** The content stream of one page (ISO 32000-2 §8, §9, §14.6), in millimetres from the left upper corner; font sizes in points. */
import { GLYPH_SIDE } from '@onetrip/credential'
import type { PathCommand } from '@onetrip/seal'
import type { Colour } from './colours.ts'
import type { StructureElement } from './structure.ts'
import type { TextFont } from './text-font.ts'

/** Points in a millimetre. */
export const POINTS_PER_MM: number = 72 / 25.4
/** Millimetres of one em in a size of one point. */
export const MM_PER_POINT: number = 25.4 / 72

/** A line of text. */
export interface TextLine {
  readonly text: string
  /** Where it begins, is centred or ends, by `align`. */
  readonly x: number
  /** Of the baseline. */
  readonly y: number
  readonly sizePoints: number
  readonly colour: Colour
  readonly align?: 'left' | 'centre' | 'right'
  readonly isBold?: boolean
}

/** A rectangle in millimetres. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

interface PageOptions {
  /** From 0. */
  readonly index: number
  readonly widthMm: number
  readonly heightMm: number
  readonly font: TextFont
  /** Gives the digits of glyphs in the file's subset. */
  readonly encode: (text: string) => string
}

const OPERATORS = { M: 'm', L: 'l', C: 'c', Z: 'h' } as const
const BOLD_EM = 0.028

/** A page being drawn. What is drawn outside of `within` is decoration and not read to anybody. */
export class PageContent {
  readonly widthMm: number
  readonly heightMm: number
  readonly font: TextFont
  /** The elements of the marked contents, by number. */
  readonly marked: StructureElement[] = []
  readonly #index: number
  readonly #encode: (text: string) => string
  readonly #parts: string[] = []
  #isMarked = false

  constructor(options: PageOptions) {
    this.widthMm = options.widthMm
    this.heightMm = options.heightMm
    this.font = options.font
    this.#index = options.index
    this.#encode = options.encode
  }

  /** The stream's text. */
  get content(): string {
    return this.#parts.join('\n')
  }

  /** Draws what belongs to an element. */
  within(element: StructureElement, draw: () => void): void {
    const mcid = this.marked.push(element) - 1
    element.kids.push({ page: this.#index, mcid })
    this.#parts.push(`/${element.type} <</MCID ${mcid}>> BDC`)
    this.#isMarked = true
    draw()
    this.#isMarked = false
    this.#parts.push('EMC')
  }

  text(line: TextLine): void {
    const { sizePoints, align = 'left' } = line
    const em = sizePoints * MM_PER_POINT
    const share = { left: 0, centre: 0.5, right: 1 }[align]
    let x = line.x - share * this.font.widthOf(line.text) * em
    for (const run of this.#runsOf(line.text)) {
      const picture = this.font.pictureOf(run)
      if (picture === undefined) this.#write({ ...line, text: run, x }, this.font.isReadBack(run))
      else this.#writePicture({ ...line, text: run, x }, picture)
      x += this.font.widthOf(run) * em
    }
  }

  /** Fills rectangles together, so that no seam shows between them. */
  fillBoxes(boxes: readonly Box[], colour: Colour): void {
    const path = boxes.map(
      ({ left, top, width, height }) =>
        `${this.#point(left, top + height)} ${points(width)} ${points(height)} re`,
    )
    this.#paint([`${colour.map(number).join(' ')} rg`, ...path, 'f'])
  }

  /** Fills closed outlines (no quadratic curves) whose points are in millimetres. */
  fillPath(commands: readonly PathCommand[], colour: Colour): void {
    this.#paint([`${colour.map(number).join(' ')} rg`, this.#path(commands), 'f'])
  }

  /** Strokes lines and curves; `width` in millimetres. */
  strokePath(commands: readonly PathCommand[], colour: Colour, width: number): void {
    const pen = `${colour.map(number).join(' ')} RG ${points(width)} w`
    this.#paint([pen, this.#path(commands), 'S'])
  }

  strokeBox({ left, top, width, height }: Box, colour: Colour, line: number): void {
    const right = left + width
    const bottom = top + height
    this.strokePath(
      [
        { kind: 'M', points: [{ x: left, y: top }] },
        { kind: 'L', points: [{ x: right, y: top }] },
        { kind: 'L', points: [{ x: right, y: bottom }] },
        { kind: 'L', points: [{ x: left, y: bottom }] },
        { kind: 'Z', points: [] },
      ],
      colour,
      line,
    )
  }

  /** The text in parts of which each is drawn in one way: runs of glyphs, and single pictures. */
  #runsOf(text: string): readonly string[] {
    const runs: string[] = []
    let run = ''
    for (const character of text) {
      if (this.font.pictureOf(character) === undefined) {
        run += character
        continue
      }
      runs.push(run, character)
      run = ''
    }
    return [...runs, run].filter((part) => part !== '')
  }

  #write(line: TextLine, isReadBack: boolean): void {
    const { text, x, y, sizePoints, colour, isBold } = line
    const rgb = colour.map(number).join(' ')
    const pen = isBold ? ` ${rgb} RG ${number(BOLD_EM * sizePoints)} w 2 Tr` : ''
    const shown = `BT /F1 ${number(sizePoints)} Tf ${rgb} rg${pen} ${this.#point(x, y)} Td ${this.#encode(text)} Tj ET`
    this.#paint(isReadBack ? [shown] : [`/Span <</ActualText ${utf16(text)}>> BDC`, shown, 'EMC'])
  }

  /** The picture, and over it a glyph that nobody sees and every reader takes for the character. */
  #writePicture(line: TextLine, picture: Uint8Array): void {
    const { text, x, y, sizePoints, colour } = line
    const em = sizePoints * MM_PER_POINT
    const carrier = this.#encode(this.font.carrierOf(text))
    this.#paint([`BT /F1 ${number(sizePoints)} Tf 3 Tr ${this.#point(x, y)} Td ${carrier} Tj ET`])
    // The square of a Han character stands 0.12 em below the baseline.
    this.fillBoxes(inkOf(picture, { left: x, top: y - 0.88 * em, side: em }), colour)
  }

  #paint(parts: readonly string[]): void {
    const lines = ['q', ...parts, 'Q']
    this.#parts.push(...(this.#isMarked ? lines : ['/Artifact BMC', ...lines, 'EMC']))
  }

  #path(commands: readonly PathCommand[]): string {
    return commands
      .map(({ kind, points: at }) => {
        if (kind === 'Q') throw new TypeError('quadratic curves are not drawn')
        return [...at.map(({ x, y }) => this.#point(x, y)), OPERATORS[kind]].join(' ')
      })
      .join('\n')
  }

  #point(x: number, y: number): string {
    return `${points(x)} ${points(this.heightMm - y)}`
  }
}

function inkOf(
  bitmap: Uint8Array,
  { left, top, side }: { readonly left: number; readonly top: number; readonly side: number },
): readonly Box[] {
  const pixel = side / GLYPH_SIDE
  const boxes: Box[] = []
  for (let at = 0; at < GLYPH_SIDE * GLYPH_SIDE; at += 1) {
    const isInk = (((bitmap[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) === 1
    if (!isInk) continue
    const [column, row] = [at % GLYPH_SIDE, Math.floor(at / GLYPH_SIDE)]
    boxes.push({ left: left + column * pixel, top: top + row * pixel, width: pixel, height: pixel })
  }
  return boxes
}

function utf16(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
  return `<FEFF${units.map((unit) => unit.toString(16).padStart(4, '0')).join('')}>`
}

function points(mm: number): string {
  return number(mm * POINTS_PER_MM)
}

/** Three decimals, without an exponent. */
function number(value: number): string {
  return String(Math.round(value * 1000) / 1000 + 0)
}
