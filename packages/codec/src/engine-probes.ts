/**
 * One question per algorithm before a platform's engine is trusted: does it accept a good signature,
 * and refuse the one that only verifies when both sides are multiplied by the cofactor?
 */
import type { Algorithm } from './algorithms.ts'
import { fromHex, utf8Encode } from './bytes.ts'
import type { Engine } from './engine.ts'
import { publicKeyFromRaw } from './keys.ts'

interface Probe {
  readonly key: string
  readonly good: string
  readonly bad: readonly string[]
}

const DATA: Uint8Array = utf8Encode('OneTrip engine probe')

/** Made with noble; the bad Ed25519 signature has R with a part of order 8 (RFC 8032 §5.1.7). */
const PROBES: Readonly<Record<Algorithm, Probe>> = {
  Ed25519: {
    key: '7f468c059eb1827d8e9221aa0a6ebf3819124e715ae06a1e63f425649752187c',
    good:
      '9522d1c4e53231166b7a4d41dbeac161aaaddc535fd547d3b83b61d41342b4ad7a6bcd913cdd8cc68cb3' +
      '2d43615d658b0c4bc87f6ef4ee15f760b7b9e8f4c006',
    bad: [
      '260034d1136a529b27de20b725be622b96389ee11cfdfa31bc02430b09cc1fea93e6b5c8a51e2b44cb58' +
        'e1412326058df09e31089e38f9dcd0b8be731f9f720b',
    ],
  },
  ES256: {
    key:
      '04929ef31cc99d2f671ce5cc6333d3d065247b4c10f62cb3f7656ce1535ecc73d43ef141ee191e0cdd07' +
      'd85977d4510d31a1900c4448302b76e732ace4c032d7ef',
    good:
      'e7b229181e9f263d62dbec448ab603a10116d7500fa1f027054095189afa27a50742edc896ba505031ef' +
      '0647f5a11b2bb92eddb454a73d065b19706ab475b3ee',
    bad: [],
  },
  ES384: {
    key:
      '0403d66538459bae34aa5bdd5269c08155a807c88a6594e605e9d2170ae395fa7e5089aa6861ec314a9a' +
      'd9bf5eae2e79dec1a9c230bacc89e89a9f6454ddf8d0468e8d95d324061480949187347718affab6c7f0' +
      'f2ad2d48337d9a1048c61911e1',
    good:
      'c2f57235562ab2d0f601126c71c3deb7db6f314fac3de0390b7e23a8598ac00ab4ceedc283bf78bbad53' +
      'da78853d840320616354c0b4299728616f9a640626feda03f9f0966042b3b8bfbac27890aa8170d6183b' +
      'd2ce88353ac7251a57a9a515',
    bad: [],
  },
}

/** Says whether an engine has the algorithm and gives our verdicts for it; it never rejects. */
export async function passesProbe(engine: Engine, algorithm: Algorithm): Promise<boolean> {
  const probe = PROBES[algorithm]
  const key = publicKeyFromRaw(algorithm, fromHex(probe.key))
  const verify = (signature: string): Promise<boolean> =>
    engine.verify({ key, signature: fromHex(signature), data: DATA })
  try {
    if (!(await verify(probe.good))) return false
    for (const bad of probe.bad) if (await verify(bad)) return false
    return true
  } catch {
    return false
  }
}
