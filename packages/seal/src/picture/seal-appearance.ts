/** From the image that a seal states to what it looks like in a PDF: one image has one appearance. */
import { appearanceOf, appearanceOfSamples, type SealAppearance } from '../pdf/appearance.ts'
import type { SealImage } from '../seal-facts.ts'
import { readPngSamples } from './png.ts'
import { readSealImage } from './seal-image.ts'

/** The appearance of a seal's image in its stated size. Throws as `readSealImage`. */
export function sealAppearance(bytes: Uint8Array, stated: SealImage): SealAppearance {
  const read = readSealImage(bytes, stated)
  if (read.mediaType === 'image/svg+xml') return appearanceOf(read.picture)
  const { widthMm: width, heightMm: height } = stated
  return appearanceOfSamples(readPngSamples(bytes, stated), { width, height })
}
