/**
 * The line pattern of a licence type: rosettes and waves whose numbers come from the type code, so
 * that people know their card before they read it. Deterministic; nothing but decoration.
 */

/** A pattern in a view box of 320 × 200. */
export interface Guilloche {
  /** Path data of the rosette at the right. */
  readonly rosette: string
  /** Path data of the band of waves along the card. */
  readonly waves: readonly string[]
}

const WIDTH = 320
const HEIGHT = 200
const CENTRE_X = 252
const CENTRE_Y = 92

/** Draws the pattern of a type code. */
export function guilloche(typeCode: string): Guilloche {
  const seed = fnv1a(typeCode)
  const petals = 11 + (seed % 12)
  const windings = 5 + ((seed >>> 4) % 4)
  const depth = 0.26 + ((seed >>> 8) % 5) * 0.05
  const cycles = 2 + ((seed >>> 12) % 3)
  const lift = 10 + ((seed >>> 16) % 12)
  return {
    rosette: rosette({ petals, windings, depth }),
    waves: Array.from({ length: 9 }, (_, index) => wave({ index, cycles, lift, petals })),
  }
}

interface RosetteShape {
  readonly petals: number
  readonly windings: number
  readonly depth: number
}

/** A closed curve r(θ) = R(1 − d + d·cos(pθ/w)) over w turns. */
function rosette({ petals, windings, depth }: RosetteShape): string {
  const steps = 720
  const turns = coprime(petals, windings)
  const points = Array.from({ length: steps }, (_, step) => {
    const angle = (step / steps) * turns * 2 * Math.PI
    const radius = 78 * (1 - depth + depth * Math.cos((petals * angle) / turns))
    return point(CENTRE_X + radius * Math.cos(angle), CENTRE_Y + radius * Math.sin(angle))
  })
  return `M${points.join('L')}Z`
}

interface WaveShape {
  readonly index: number
  readonly cycles: number
  readonly lift: number
  readonly petals: number
}

function wave({ index, cycles, lift, petals }: WaveShape): string {
  const points = Array.from({ length: 97 }, (_, step) => {
    const x = (step / 96) * WIDTH
    const phase = (x / WIDTH) * cycles * 2 * Math.PI + index * 0.35
    const y = HEIGHT - 34 + Math.sin(phase) * lift + Math.sin(phase * petals * 0.14) * 4
    return point(x, y + (index - 4) * 2.2)
  })
  return `M${points.join('L')}`
}

function point(x: number, y: number): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`
}

/** The next number of turns without a common factor: with one the curve closes early, and thin. */
function coprime(petals: number, windings: number): number {
  return greatestCommon(petals, windings) === 1 ? windings : coprime(petals, windings + 1)
}

function greatestCommon(one: number, other: number): number {
  return other === 0 ? one : greatestCommon(other, one % other)
}

/** FNV-1a, 32 bits, over UTF-16 units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  return hash >>> 0
}
