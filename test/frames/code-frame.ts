/**
 * Camera frames made up: a QR code as a lens gives it, tilted, blurred, noisy, dim, under glare or
 * with moiré. Seeded, so that a frame is the same each time.
 */
import QRCode from 'qrcode'
import { normalNoise } from './normal-noise.ts'

/** A grey picture, one byte per pixel, row by row; black is 0 and white 255. */
export interface GreyFrame {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8ClampedArray
}

/** What the lens, the light and the hand do. Left out: nothing. */
export interface FrameFault {
  /** Pixels per module, also a fraction; as large as the frame allows when left out. */
  readonly modulePixels?: number
  readonly rotationDegrees?: number
  /** How much wider the near side is than the far one, as a share. */
  readonly keystone?: number
  /** Sigma of a Gaussian, in modules. */
  readonly blurModules?: number
  /** 1 is black on white; 0.7 leaves seven tenths of the difference. */
  readonly contrast?: number
  /** Grey levels that the light changes by from the left to the right. */
  readonly gradient?: number
  /** Sigma of the noise in grey levels. */
  readonly noise?: number
  /** Radius of a white reflection beside the middle, as a share of the code's side. */
  readonly glare?: number
  /** Depth of stripes of 2.6 pixels, as where a camera's pixels meet a screen's, 0 to 1. */
  readonly moire?: number
  /** 1 is full light, 0 is none. */
  readonly light?: number
  readonly seed?: number
}

/** What is photographed. */
export interface FrameScene {
  readonly width: number
  readonly height: number
  /** Without a text there is white paper only. */
  readonly text?: string
  readonly level?: 'L' | 'M'
  readonly fault?: FrameFault
}

/** MODERATE of the measurements of 2026: what a hand in an office does to a code. */
export function moderateFault(seed: number): FrameFault {
  const turn = normalNoise(seed)
  return {
    modulePixels: 3,
    rotationDegrees: Math.max(-10, Math.min(10, turn() * 6)),
    keystone: 0.08,
    blurModules: 0.33,
    contrast: 0.7,
    gradient: 30,
    noise: 6,
    seed,
  }
}

const QUIET_ZONE = 4
const MARGIN = 24
const STRIPE_PIXELS = 2.6
/** Samples per pixel and direction. */
const SAMPLES = 3

type Modules = QRCode.QRCode['modules']

/** Draws a frame. */
export function codeFrame(scene: FrameScene): GreyFrame {
  const { width, height, text, level = 'L', fault = {} } = scene
  const light = new Float32Array(width * height).fill(1)
  let scale = 1
  if (text !== undefined) {
    const { modules } = QRCode.create(text, { errorCorrectionLevel: level })
    const largest = (Math.min(width, height) - 2 * MARGIN) / (modules.size + 2 * QUIET_ZONE)
    scale = fault.modulePixels ?? Math.floor(largest)
    drawCode({ light, width, height, modules, scale, fault })
    if (fault.glare !== undefined) {
      addGlare({ light, width, height, radius: fault.glare * modules.size * scale })
    }
  }
  const sigma = (fault.blurModules ?? 0) * scale
  const seen = sigma > 0 ? blur({ light, width, height, sigma }) : light
  return { width, height, pixels: expose(seen, scene) }
}

interface Canvas {
  readonly light: Float32Array
  readonly width: number
  readonly height: number
}

interface Drawing extends Canvas {
  readonly modules: Modules
  readonly scale: number
  readonly fault: FrameFault
}

function drawCode({ light, width, height, modules, scale, fault }: Drawing): void {
  const angle = ((fault.rotationDegrees ?? 0) * Math.PI) / 180
  const across = { x: Math.cos(angle), y: Math.sin(angle) }
  const { keystone = 0 } = fault
  const side = modules.size * scale
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let dark = 0
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const px = x + ((sample % SAMPLES) + 0.5) / SAMPLES - width / 2
        const py = y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES - height / 2
        const turnedX = (px * across.x + py * across.y) / side
        const turnedY = (py * across.x - px * across.y) / side
        // The plane leans away from the lens: what is farther up is drawn smaller.
        const v = turnedY / (1 - keystone * turnedY)
        const u = turnedX * (1 + keystone * v)
        if (isDark(modules, u + 0.5, v + 0.5)) dark++
      }
      light[y * width + x] = 1 - dark / (SAMPLES * SAMPLES)
    }
  }
}

function isDark(modules: Modules, u: number, v: number): boolean {
  if (u < 0 || v < 0 || u >= 1 || v >= 1) return false
  return modules.get(Math.floor(v * modules.size), Math.floor(u * modules.size)) !== 0
}

function addGlare({ light, width, height, radius }: Canvas & { readonly radius: number }): void {
  const centre = { x: width / 2 + radius / 2, y: height / 2 + radius / 3 }
  for (let at = 0; at < light.length; at++) {
    const away = Math.hypot((at % width) - centre.x, Math.floor(at / width) - centre.y) / radius
    light[at] = Math.min(1, (light[at] ?? 0) + Math.max(0, 2 - 1.5 * away))
  }
}

function blur({ light, width, height, sigma }: Canvas & { readonly sigma: number }): Float32Array {
  const reach = Math.ceil(3 * sigma)
  const weights = Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * sigma * sigma)),
  )
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const pass = (from: Float32Array, step: { readonly x: number; readonly y: number }) => {
    const out = new Float32Array(from.length)
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let total = 0
        for (let at = -reach; at <= reach; at++) {
          const column = Math.min(width - 1, Math.max(0, x + at * step.x))
          const row = Math.min(height - 1, Math.max(0, y + at * step.y))
          total += (from[row * width + column] ?? 0) * (weights[at + reach] ?? 0)
        }
        out[y * width + x] = total / sum
      }
    }
    return out
  }
  return pass(pass(light, { x: 1, y: 0 }), { x: 0, y: 1 })
}

function expose(light: Float32Array, { width, fault = {} }: FrameScene): Uint8ClampedArray {
  const { contrast = 1, gradient = 0, noise = 0, moire = 0, light: lamp = 1, seed = 1 } = fault
  const turn = normalNoise(seed)
  const pixels = new Uint8ClampedArray(light.length)
  for (let at = 0; at < pixels.length; at++) {
    const x = at % width
    const y = Math.floor(at / width)
    const stripes = 1 - (moire / 2) * (1 + Math.sin((2 * Math.PI * (x + 0.31 * y)) / STRIPE_PIXELS))
    const grey = 255 * (0.5 + contrast * ((light[at] ?? 0) - 0.5)) * stripes
    const shaded = grey + gradient * (x / width - 0.5)
    pixels[at] = lamp * shaded + (noise === 0 ? 0 : noise * turn())
  }
  return pixels
}
