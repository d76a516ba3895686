/**
 * What an Ed25519 key and signature must look like before any engine sees them, so that every
 * engine gives one verdict: canonical A and R, S below L, no A of small order (RFC 8032 §5.1.3,
 * §5.1.7; FIPS 186-5 §7.7.2). Engines are left with the cofactorless equation alone.
 */
import { fromHex } from './bytes.ts'
import { fault } from './errors.ts'

/** y of the points of order 1, 2, 4 and 8 in little-endian order; each stands for both signs of x. */
const SMALL_ORDER_Y: readonly Uint8Array[] = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].map(fromHex)

/** The two y with x = 0, for which a set sign bit is a second encoding of one point. */
const ZERO_X_Y: readonly Uint8Array[] = SMALL_ORDER_Y.filter(
  (_, index) => index === 1 || index === 4,
)

const FIELD_PRIME: Uint8Array = fromHex(
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
)
const GROUP_ORDER: Uint8Array = fromHex(
  'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010',
)

/**
 * Refuses the 32 bytes of a public key that is not canonical or has small order: such a key verifies
 * signatures that nobody made. Throws `key/weak`. Whether the bytes are a point at all is left to
 * the engines, which verify nothing under such a key.
 */
export function assertStrongEd25519Key(raw: Uint8Array): void {
  if (!isReducedY(raw)) throw fault('key/weak')
  if (SMALL_ORDER_Y.some((y) => hasY(raw, y))) throw fault('key/weak')
}

/** Says whether R is a canonical encoding and S below the group order, in a signature of 64 bytes. */
export function isCanonicalEd25519Signature(signature: Uint8Array): boolean {
  const pointBytes = signature.subarray(0, 32)
  if (!isReducedY(pointBytes)) return false
  const isNegative = ((pointBytes[31] ?? 0) & 0x80) !== 0
  if (isNegative && ZERO_X_Y.some((y) => hasY(pointBytes, y))) return false
  return isBelow(signature.subarray(32), GROUP_ORDER, 0xff)
}

function isReducedY(pointBytes: Uint8Array): boolean {
  return isBelow(pointBytes, FIELD_PRIME, 0x7f)
}

function hasY(pointBytes: Uint8Array, y: Uint8Array): boolean {
  if (((pointBytes[31] ?? 0) & 0x7f) !== y[31]) return false
  for (let index = 0; index < 31; index++) if (pointBytes[index] !== y[index]) return false
  return true
}

/** Compares little-endian numbers of 32 bytes, the highest byte of the first under a mask. */
function isBelow(number: Uint8Array, limit: Uint8Array, topMask: number): boolean {
  for (let index = 31; index >= 0; index--) {
    const byte = (number[index] ?? 0) & (index === 31 ? topMask : 0xff)
    const bound = limit[index] ?? 0
    if (byte !== bound) return byte < bound
  }
  return false
}
