/**
 * The signature algorithms, COSE and JOSE together, as one table: RFC 9053 §2, RFC 7518 §3.4,
 * RFC 8037 §3.1, RFC 9864 §2. A name outside it is `algorithm/not-allowed`, "none" included.
 */
import { assertPointOnCurve, decompressPoint } from './ec-points.ts'
import { assertStrongEd25519Key, isCanonicalEd25519Signature } from './ed25519-rules.ts'
import { fault } from './errors.ts'

/** Internal name of an algorithm, which fixes the curve as well. */
export type Algorithm = 'Ed25519' | 'ES256' | 'ES384'

/** What an algorithm is called where, how long its parts are, and which bytes it refuses. */
export interface AlgorithmEntry {
  /** COSE identifiers that are accepted; the first is the one we write. */
  readonly cose: readonly number[]
  /** JOSE names that are accepted; the first is the one we write. */
  readonly jose: readonly string[]
  /** Verified only, for the vectors of others: never signed with, never allowed by trust data. */
  readonly verifyOnly: boolean
  readonly jwkKty: 'OKP' | 'EC'
  readonly jwkCrv: string
  readonly coseKty: number
  readonly coseCrv: number
  readonly hasY: boolean
  readonly coordinateBytes: number
  /** Length of `PublicKey.raw`. */
  readonly rawBytes: number
  /** Length of a signature: R ‖ S, or r ‖ s. */
  readonly signatureBytes: number
  /** Throws `key/weak` or `key/format` on raw key bytes of the right length that no one may use. */
  readonly assertRawKey: (raw: Uint8Array) => void
  /** Raw key bytes from x and the parity of y. Throws `key/format`, always where keys have no y. */
  readonly decompress: (x: Uint8Array, isOdd: boolean) => Uint8Array
  /** Says whether a signature of the right length is in its only accepted form. */
  readonly isCanonicalSignature: (signature: Uint8Array) => boolean
}

/** The closed set. ECDSA takes s of either half, as the standards do. */
export const ALGORITHMS: Readonly<Record<Algorithm, AlgorithmEntry>> = {
  Ed25519: {
    cose: [-19, -8],
    jose: ['Ed25519', 'EdDSA'],
    verifyOnly: false,
    jwkKty: 'OKP',
    jwkCrv: 'Ed25519',
    coseKty: 1,
    coseCrv: 6,
    hasY: false,
    coordinateBytes: 32,
    rawBytes: 32,
    signatureBytes: 64,
    assertRawKey: assertStrongEd25519Key,
    decompress: () => {
      throw fault('key/format')
    },
    isCanonicalSignature: isCanonicalEd25519Signature,
  },
  ES256: {
    cose: [-9, -7],
    jose: ['ES256'],
    verifyOnly: false,
    jwkKty: 'EC',
    jwkCrv: 'P-256',
    coseKty: 2,
    coseCrv: 1,
    hasY: true,
    coordinateBytes: 32,
    rawBytes: 65,
    signatureBytes: 64,
    assertRawKey: (raw) => assertPointOnCurve('P-256', raw),
    decompress: (x, isOdd) => decompressPoint('P-256', x, isOdd),
    isCanonicalSignature: () => true,
  },
  ES384: {
    cose: [-51, -35],
    jose: ['ES384'],
    verifyOnly: true,
    jwkKty: 'EC',
    jwkCrv: 'P-384',
    coseKty: 2,
    coseCrv: 2,
    hasY: true,
    coordinateBytes: 48,
    rawBytes: 97,
    signatureBytes: 96,
    assertRawKey: (raw) => assertPointOnCurve('P-384', raw),
    decompress: (x, isOdd) => decompressPoint('P-384', x, isOdd),
    isCanonicalSignature: () => true,
  },
}

const NAMES: readonly Algorithm[] = ['Ed25519', 'ES256', 'ES384']

const byCose: ReadonlyMap<unknown, Algorithm> = new Map(
  NAMES.flatMap((name) => ALGORITHMS[name].cose.map((id) => [id, name] as const)),
)
const byJose: ReadonlyMap<unknown, Algorithm> = new Map(
  NAMES.flatMap((name) => ALGORITHMS[name].jose.map((text) => [text, name] as const)),
)
const byCurve: ReadonlyMap<unknown, Algorithm> = new Map<unknown, Algorithm>(
  NAMES.flatMap((name) => {
    const { jwkCrv, coseCrv } = ALGORITHMS[name]
    return [jwkCrv, coseCrv].map((curve) => [curve, name] as const)
  }),
)

/** Algorithm of a COSE `alg` value (RFC 9053 §2, RFC 9864 §2). Throws `algorithm/not-allowed`. */
export function algorithmFromCose(id: unknown): Algorithm {
  const algorithm = byCose.get(id)
  if (algorithm === undefined) throw fault('algorithm/not-allowed')
  return algorithm
}

/** Algorithm of a JOSE `alg` value, in exactly this spelling. Throws `algorithm/not-allowed`. */
export function algorithmFromJose(name: unknown): Algorithm {
  const algorithm = byJose.get(name)
  if (algorithm === undefined) throw fault('algorithm/not-allowed')
  return algorithm
}

/** Algorithm of a key's curve, by JWK name or COSE number; `undefined` for a curve we do not use. */
export function algorithmOfCurve(curve: unknown): Algorithm | undefined {
  return byCurve.get(curve)
}

/** Throws `algorithm/not-allowed` for an algorithm that OneTrip verifies but never signs with. */
export function assertMaySign(algorithm: Algorithm): void {
  if (ALGORITHMS[algorithm].verifyOnly) throw fault('algorithm/not-allowed')
}
