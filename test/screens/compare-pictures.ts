/** Compares pictures with those of an earlier run, pixel by pixel in Chromium's canvas. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Area, Picture } from './take-pictures.ts'

/** A picture that is not as it was. */
export interface Difference {
  readonly file: string
  /** Share of the pixels that differ, 0 to 1; 1 when it is new or of another size. */
  readonly share: number
}

/** Below this, edges of letters that fell otherwise between two pixels. */
const MIN_SHARE = 0.0005

/** The pictures of `folder` that differ from those in `before`, the most changed first. */
export async function comparePictures(options: {
  readonly page: Page
  readonly pictures: readonly Picture[]
  readonly folder: string
  readonly before: string
}): Promise<readonly Difference[]> {
  const { page, pictures, folder, before } = options
  await page.goto('about:blank')
  const differences: Difference[] = []
  for (const { file, volatile } of pictures) {
    const old = join(before, file)
    const share = existsSync(old)
      ? await page.evaluate(differingShare, {
          one: dataUrl(join(folder, file)),
          other: dataUrl(old),
          ignored: volatile,
        })
      : 1
    if (share >= MIN_SHARE) differences.push({ file, share })
  }
  return differences.toSorted((one, other) => other.share - one.share)
}

function dataUrl(path: string): string {
  return `data:image/png;base64,${readFileSync(path).toString('base64')}`
}

/** Runs in the page. */
async function differingShare(options: {
  readonly one: string
  readonly other: string
  readonly ignored: readonly Area[]
}): Promise<number> {
  const CHANNEL_TOLERANCE = 24
  async function pixelsOf(url: string): Promise<ImageData> {
    const picture = new Image()
    picture.src = url
    await picture.decode()
    const canvas = new OffscreenCanvas(picture.width, picture.height)
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('no canvas')
    context.drawImage(picture, 0, 0)
    for (const { x, y, width, height } of options.ignored) {
      context.fillRect(x - 1, y - 1, width + 2, height + 2)
    }
    return context.getImageData(0, 0, picture.width, picture.height)
  }
  const one = await pixelsOf(options.one)
  const other = await pixelsOf(options.other)
  if (one.width !== other.width || one.height !== other.height) return 1
  let differing = 0
  for (let at = 0; at < one.data.length; at += 4) {
    const apart = [0, 1, 2].some(
      (channel) =>
        Math.abs((one.data[at + channel] ?? 0) - (other.data[at + channel] ?? 0)) >
        CHANNEL_TOLERANCE,
    )
    if (apart) differing += 1
  }
  return differing / (one.width * one.height)
}
