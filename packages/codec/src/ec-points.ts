/** Points of the NIST prime curves P-256 and P-384 (SP 800-186 §3.2.1), checked before any use. */
import { toHex } from './bytes.ts'
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
