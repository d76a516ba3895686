/** The counter's frame reader in Node: the same wasm, options, tries and hints as in its worker. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Picture } from '@onetrip/ui/frame-reader'
import { prepareZXingModule } from 'zxing-wasm/reader'
import type { GreyFrame } from './code-frame.ts'

/** Hands the reader its wasm; once, before the first picture. */
export function prepareNodeReader(): void {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(path)).buffer } })
}

/** A grey frame as a canvas would give it. */
export function pictureOf({ width, height, pixels }: GreyFrame): Picture {
  const data = new Uint8ClampedArray(pixels.length * 4)
  for (let at = 0; at < pixels.length; at++) {
    data.fill(pixels[at] ?? 0, 4 * at, 4 * at + 3)
    data[4 * at + 3] = 255
  }
  return { width, height, data }
}
