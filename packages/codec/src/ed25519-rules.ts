/**
 * What an Ed25519 key and signature must look like before any engine sees them, so that every
 * engine gives one verdict: canonical A and R, neither of small order, S below L (RFC 8032 §5.1.3,
 * §5.1.7; FIPS 186-5 §7.7.2; W3C Web Cryptography Level 2, Ed25519 verify). Engines are left with
 * the cofactorless equation alone.
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
  if (!isStrongPoint(raw)) throw fault('key/weak')
}

/**
 * Says whether R is canonical and not of small order, and S below the group order, in a signature of
 * 64 bytes. Small-order R is nothing that an honest signer makes; WebCrypto and Node from 24.21 on
 * refuse it, older Node and noble do not, so refusing is the one verdict all engines can give.
 */
export function isCanonicalEd25519Signature(signature: Uint8Array): boolean {
  if (!isStrongPoint(signature.subarray(0, 32))) return false
  return isBelow(signature.subarray(32), GROUP_ORDER, 0xff)
}

/** With y reduced, the only second encodings are those of x = 0 with its sign set: of small order. */
function isStrongPoint(pointBytes: Uint8Array): boolean {
  if (!isBelow(pointBytes, FIELD_PRIME, 0x7f)) return false
  return !SMALL_ORDER_Y.some((y) => hasY(pointBytes, y))
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
