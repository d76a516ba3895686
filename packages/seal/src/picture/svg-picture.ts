/**
 * The one form of SVG that a seal's image has: a title and filled outlines in millimetres. Nothing else is read, so that no
 * image can run a script, fetch, or look different on another device.
 */
import { fault, utf8Decode, utf8Encode } from '@onetrip/codec'
import { isPlainText } from '@onetrip/credential'
import { type Box, formatPath, type PathCommand, parsePath } from './path-commands.ts'

/** A filled outline. */
export interface PicturePart {
  /** `#` and six hexadecimal digits in lower case. */
  readonly fill: string
  readonly commands: readonly PathCommand[]
}

/** A seal's image; lengths in millimetres. */
export interface SealPicture extends Box {
  /** What the image says, for who does not see it. */
  readonly title: string
  readonly parts: readonly PicturePart[]
}

/** Largest SVG of a seal in bytes. */
export const MAX_PICTURE_BYTES = 524_288

const MAX_PARTS = 8
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const PICTURE =
  /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 ([1-9]\d) ([1-9]\d)" width="\1mm" height="\2mm" role="img"><title>([^<>]{1,600})<\/title>((?:<path d="[^"<>]+" fill="#[0-9a-f]{6}"\/>)+)<\/svg>$/u
const PART = /<path d="([^"<>]+)" fill="(#[0-9a-f]{6})"\/>/g

/** Writes an image as the UTF-8 of its SVG. */
export function writeSealPicture({ width, height, title, parts }: SealPicture): Uint8Array {
  const escaped = title.replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign)
  const paths = parts.map(
    ({ fill, commands }) => `<path d="${formatPath(commands)}" fill="${fill}"/>`,
  )
  return utf8Encode(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ` +
      `width="${width}mm" height="${height}mm" role="img">` +
      `<title>${escaped}</title>${paths.join('')}</svg>`,
  )
}

/**
 * Reads what {@link writeSealPicture} writes, and nothing else: `seal/image-format`, also for more than 512 KiB, more than
 * 8 outlines or a point outside the picture.
 */
export function readSealPicture(svg: Uint8Array): SealPicture {
  if (svg.length > MAX_PICTURE_BYTES) throw fault('seal/image-format')
  const [, width, height, title, paths] = PICTURE.exec(textOf(svg)) ?? []
  if (title === undefined || paths === undefined) throw fault('seal/image-format')
  const box = { width: Number(width), height: Number(height) }
  const found = [...paths.matchAll(PART)]
  if (found.length > MAX_PARTS) throw fault('seal/image-format')
  const parts = found.map(([, path = '', fill = '']) => ({ fill, commands: parsePath(path, box) }))
  return { ...box, title: unescaped(title), parts }
}

function textOf(svg: Uint8Array): string {
  try {
    return utf8Decode(svg)
  } catch {
    throw fault('seal/image-format')
  }
}

function unescaped(title: string): string {
  const text = title.replace(/&(?:amp|lt|gt);/g, (entity) => {
    const [sign = ''] = Object.entries(ESCAPES).find(([, written]) => written === entity) ?? []
    return sign
  })
  const isOurs = text.replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign) === title
  if (!isOurs || !isPlainText(text)) throw fault('seal/image-format')
  return text
}
