/** Reads the signature vectors of others and says which verdict each must have in every engine. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromHex, toHex, utf8Encode } from '../../packages/codec/src/bytes.ts'
import type { SignatureVector, SignatureVerdict } from './signature-verdicts.ts'

/** A vector with the one verdict that every engine must give. */
export interface PinnedVector extends SignatureVector {
  readonly expected: SignatureVerdict
}

interface CctvCase {
  readonly number: number
  readonly key: string
  readonly sig: string
  readonly msg: string
  readonly flags: readonly string[] | null
}

interface WycheproofGroup {
  readonly publicKey: { readonly pk?: string; readonly uncompressed?: string }
  readonly tests: readonly {
    readonly tcId: number
    readonly msg: string
    readonly sig: string
    readonly result: 'valid' | 'invalid'
  }[]
}

/** C2SP/CCTV Ed25519: 914 cases whose flags pin the verification equation. */
export function cctvVectors(folder: string): readonly PinnedVector[] {
  const cases: readonly CctvCase[] = readJson(join(folder, 'cctv-ed25519/ed25519vectors.json'))
  return cases.map(({ number, key, sig, msg, flags }) => ({
    id: `cctv ${number}`,
    algorithm: 'Ed25519',
    key,
    data: toHex(utf8Encode(msg)),
    signature: sig,
    expected: cctvVerdict(flags ?? []),
  }))
}

/** Wycheproof Ed25519 (151 cases) and ECDSA P-256 with SHA-256 as r ‖ s (262 cases). */
export function wycheproofVectors(folder: string): readonly PinnedVector[] {
  return [
    ...wycheproofFile(folder, 'ed25519_test.json', 'Ed25519'),
    ...wycheproofFile(folder, 'ecdsa_secp256r1_sha256_p1363_test.json', 'ES256'),
  ]
}

function wycheproofFile(
  folder: string,
  name: string,
  algorithm: 'Ed25519' | 'ES256',
): readonly PinnedVector[] {
  const file: { readonly testGroups: readonly WycheproofGroup[] } = readJson(
    join(folder, 'wycheproof/testvectors_v1', name),
  )
  return file.testGroups.flatMap(({ publicKey, tests }) =>
    tests.map(({ tcId, msg, sig, result }) => ({
      id: `${name} ${tcId}`,
      algorithm,
      key: publicKey.pk ?? publicKey.uncompressed ?? '',
      data: msg,
      signature: sig,
      expected: result === 'valid' ? 'valid' : refusal(sig),
    })),
  )
}

/**
 * Cofactorless equation; canonical A, R and S; small-order A refused when loaded, and small-order R
 * because WebCrypto requires it (W3C Web Cryptography Level 2, Ed25519 verify).
 */
function cctvVerdict(flags: readonly string[]): SignatureVerdict {
  if (flags.includes('low_order_A') || flags.includes('non_canonical_A')) return 'key/weak'
  if (flags.includes('low_order_R') || flags.includes('non_canonical_R')) return 'signature/invalid'
  if (flags.includes('low_order_residue')) return 'signature/invalid'
  return 'valid'
}

function refusal(signature: string): SignatureVerdict {
  return fromHex(signature).length === 64 ? 'signature/invalid' : 'signature/format'
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8'))
}
