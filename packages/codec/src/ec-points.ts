/** Points of the NIST prime curves P-256 and P-384 (SP 800-186 §3.2.1), checked before any use. */
import { concatBytes, fromHex, toHex } from './bytes.ts'
import { fault } from './errors.ts'

interface Curve {
  readonly prime: bigint
  readonly b: bigint
}

/** A curve by its JWK name. */
export type CurveName = 'P-256' | 'P-384'

const CURVES: Readonly<Record<CurveName, Curve>> = {
  'P-256': {
    prime: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  'P-384': {
    prime:
      0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
}

/**
 * Refuses an uncompressed point (`04`, x, y: 65 bytes for P-256, 97 for P-384) whose coordinates are
 * not reduced or do not satisfy y² = x³ − 3x + b (SP 800-56A §5.6.2.3.3). Throws `key/format`.
 */
export function assertPointOnCurve(curveName: CurveName, raw: Uint8Array): void {
  const { prime, b } = CURVES[curveName]
  if (raw[0] !== 4) throw fault('key/format')
  const middle = (raw.length + 1) / 2
  const x = BigInt(`0x${toHex(raw.subarray(1, middle))}`)
  const y = BigInt(`0x${toHex(raw.subarray(middle))}`)
  if (x >= prime || y >= prime) throw fault('key/format')
  if ((y * y - (x * x - 3n) * x - b) % prime !== 0n) throw fault('key/format')
}

/**
 * The uncompressed point (`04`, x, y) of an x coordinate and the parity of y (SEC 1 §2.3.4). Throws `key/format`
 * when no point of the curve has that x. About 0.5 ms: only for keys that come compressed.
 */
export function decompressPoint(
  curveName: keyof typeof CURVES,
  x: Uint8Array,
  isOdd: boolean,
): Uint8Array {
  const { prime, b } = CURVES[curveName]
  const xNumber = BigInt(`0x${toHex(x)}`)
  if (xNumber >= prime) throw fault('key/format')
  const square = modulo((xNumber * xNumber - 3n) * xNumber + b, prime)
  // Both primes are 3 modulo 4, where this power is a root if there is one.
  const root = power(square, (prime + 1n) / 4n, prime)
  if ((root * root - square) % prime !== 0n) throw fault('key/format')
  const y = (root & 1n) === (isOdd ? 1n : 0n) ? root : prime - root
  return concatBytes(Uint8Array.of(4), x, fromHex(y.toString(16).padStart(x.length * 2, '0')))
}

function power(base: bigint, exponent: bigint, prime: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = (result * result) % prime
    if (bit === '1') result = (result * base) % prime
  }
  return result
}

function modulo(value: bigint, prime: bigint): bigint {
  const rest = value % prime
  return rest < 0n ? rest + prime : rest
}
