/**
 * What a seal looks like in a PDF: the content of a form XObject (ISO 32000-2 §8.5, §8.10), made from the seal's picture
 * in its real size. One picture has one appearance, so that a verifier makes it again and compares.
 */
import { concatBytes, equalBytes, sha256, utf8Encode } from '@onetrip/codec'
import { writeNumber } from './write-value.ts'

/** One step of a path, as in SVG: x to the right, y downwards; the last point is where it ends. */
export interface PictureCommand {
  readonly kind: 'M' | 'L' | 'Q' | 'C' | 'Z'
  /** Millimetres. */
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

/** An area of one colour, filled by the nonzero rule. */
export interface PictureShape {
  /** `#rrggbb`. */
  readonly fill: string
  readonly commands: readonly PictureCommand[]
}

/** A drawn seal; lengths in millimetres. */
export interface DrawnSeal {
  readonly width: number
  readonly height: number
  readonly parts: readonly PictureShape[]
}

/** Decoded samples of a seal's PNG. */
export interface SealSamples {
  /** Columns and rows. */
  readonly columns: number
  readonly rows: number
  /** Three bytes per sample, row by row. */
  readonly rgb: Uint8Array
  /** One byte per sample, 255 is opaque. */
  readonly alpha: Uint8Array
}

/** What the form XObject is made from. */
export interface SealAppearance {
  /** Points, at most three decimals. */
  readonly width: number
  readonly height: number
  /** Operators in a space of `width` by `height` points, its origin left below. */
  readonly content: Uint8Array
  /** Drawn by `content` as /Seal. */
  readonly samples?: SealSamples
}

/** The name under which a content finds how it blends (ISO 32000-2 §11.3.5): as ink, through which text is read. */
export const INK_NAME = 'Ink'

/** The name under which a content finds its samples. */
export const SAMPLES_NAME = 'Seal'

type Point = PictureCommand['points'][number]

const ORIGIN: Point = { x: 0, y: 0 }
const OPERATORS: Readonly<Record<PictureCommand['kind'], string>> = {
  M: 'm',
  L: 'l',
  Q: 'c',
  C: 'c',
  Z: 'h',
}
const POINTS_PER_MM: number = 72 / 25.4
const MAX_SIZE_MM = 100
const COLOUR = /^#[0-9a-f]{6}$/

/** The appearance of a drawn seal. `TypeError` for a size of more than 100 mm, or a colour that is none. */
export function appearanceOf({ width, height, parts }: DrawnSeal): SealAppearance {
  const lines = parts.flatMap(({ fill, commands }) => [
    `${colourOf(fill)} rg`,
    ...pathOf(commands, height),
    'f',
  ])
  return { ...sizeOf(width, height), content: utf8Encode(`/${INK_NAME} gs\n${lines.join('\n')}\n`) }
}

/** The appearance of a seal whose picture is a PNG. `TypeError` for samples that do not fill rows and columns. */
export function appearanceOfSamples(
  samples: SealSamples,
  { width, height }: Pick<DrawnSeal, 'width' | 'height'>,
): SealAppearance {
  const { columns, rows, rgb, alpha } = samples
  const count = columns * rows
  const isWhole = Number.isSafeInteger(count) && count > 0 && alpha.length === count
  if (!isWhole || rgb.length !== 3 * count) throw new TypeError('samples do not fill the picture')
  const size = sizeOf(width, height)
  const scale = `${writeNumber(size.width)} 0 0 ${writeNumber(size.height)} 0 0 cm`
  return {
    ...size,
    content: utf8Encode(`/${INK_NAME} gs\nq\n${scale}\n/${SAMPLES_NAME} Do\nQ\n`),
    samples,
  }
}

/** Whether two appearances are the same, byte for byte. */
export function isSameAppearance(a: SealAppearance, b: SealAppearance): boolean {
  return equalBytes(digestAppearance(a), digestAppearance(b))
}

/** SHA-256 over an appearance: its size, then the digests of content and samples. 32 bytes. */
export function digestAppearance({ width, height, content, samples }: SealAppearance): Uint8Array {
  const { columns, rows, rgb, alpha } = samples ?? NO_SAMPLES
  const head = utf8Encode(`${writeNumber(width)} ${writeNumber(height)} ${columns} ${rows}\n`)
  return sha256(concatBytes(head, sha256(content), sha256(rgb), sha256(alpha)))
}

const NO_SAMPLES: SealSamples = {
  columns: 0,
  rows: 0,
  rgb: new Uint8Array(),
  alpha: new Uint8Array(),
}

function sizeOf(widthMm: number, heightMm: number): Pick<SealAppearance, 'width' | 'height'> {
  const isSize = [widthMm, heightMm].every((size) => size > 0 && size <= MAX_SIZE_MM)
  if (!isSize) throw new TypeError('not the size of a seal')
  return { width: pointsOf(widthMm), height: pointsOf(heightMm) }
}

function pointsOf(millimetres: number): number {
  const points = Math.round(millimetres * POINTS_PER_MM * 1000) / 1000
  if (!Number.isFinite(points)) throw new TypeError('not a length')
  return points
}

function colourOf(fill: string): string {
  if (!COLOUR.test(fill)) throw new TypeError('not a colour')
  const parts = [1, 3, 5].map((at) => Number.parseInt(fill.slice(at, at + 2), 16))
  return parts.map((part) => writeNumber(Math.round((part / 255) * 1000) / 1000)).join(' ')
}

function pathOf(commands: readonly PictureCommand[], height: number): readonly string[] {
  let current = ORIGIN
  const lines: string[] = []
  for (const { kind, points } of commands) {
    const cubic = kind === 'Q' ? cubicOf(current, points) : points
    const numbers = cubic.map(({ x, y }) => `${coordinate(x)} ${coordinate(height - y)} `)
    lines.push(`${numbers.join('')}${OPERATORS[kind]}`)
    current = points.at(-1) ?? current
  }
  return lines
}

/** A quadratic curve as the cubic one that it is. */
function cubicOf(
  start: Point,
  [control = ORIGIN, end = ORIGIN]: readonly Point[],
): readonly Point[] {
  const toward = ({ x, y }: Point): Point => ({
    x: x + (2 / 3) * (control.x - x),
    y: y + (2 / 3) * (control.y - y),
  })
  return [toward(start), toward(end), end]
}

function coordinate(millimetres: number): string {
  return writeNumber(pointsOf(millimetres))
}
