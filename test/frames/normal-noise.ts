/** Seeded noise of a normal distribution: mean 0, sigma 1. */

/** Largest value and multiplier of the generator (Park and Miller, "minimal standard"). */
const MODULUS = 2_147_483_647
const MULTIPLIER = 48_271

/** Makes a source of noise; the same seed gives the same values. */
export function normalNoise(seed: number): () => number {
  let state = (seed % (MODULUS - 1)) + 1
  const uniform = () => {
    state = (state * MULTIPLIER) % MODULUS
    return state / MODULUS
  }
  for (let warm = 0; warm < 8; warm++) uniform()
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}
