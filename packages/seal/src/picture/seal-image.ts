/** The image that a seal states, read: its digest, its form, and that it is as large as it is said to be. */
import { equalBytes, fault, sha256 } from '@onetrip/codec'
import type { SealImage } from '../seal-facts.ts'
import { type PngSize, readPng } from './png.ts'
import { readSealPicture, type SealPicture } from './svg-picture.ts'

/** An image that may be shown: outlines, or the pixels of the bytes themselves. */
export type ReadImage =
  | { readonly mediaType: 'image/svg+xml'; readonly picture: SealPicture }
  | { readonly mediaType: 'image/png'; readonly size: PngSize }

/**
 * Reads an image before a seal is made with it or it is shown. Throws `seal/image-mismatch` (another digest, or outlines of
 * another size), `seal/image-format`, `seal/too-large`.
 */
export function readSealImage(bytes: Uint8Array, stated: SealImage): ReadImage {
  const { mediaType, widthMm, heightMm } = stated
  if (!equalBytes(sha256(bytes), stated.sha256)) throw fault('seal/image-mismatch')
  if (mediaType === 'image/png') return { mediaType, size: readPng(bytes, stated) }
  const picture = readSealPicture(bytes)
  if (picture.width !== widthMm || picture.height !== heightMm) throw fault('seal/image-mismatch')
  return { mediaType, picture }
}
