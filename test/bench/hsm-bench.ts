/** What a signature by an HSM costs, through the process that holds its module and verified, beside the module's own call from this process. */
import { randomBytes } from 'node:crypto'
import { openHsm } from '../../server/src/hsm/hsm.ts'
import { openHsmDevice } from '../../server/src/hsm/hsm-device.ts'
import { hsmPublicKey, hsmSigner } from '../../server/src/hsm/hsm-signer.ts'
import { makeSoftHsm } from '../../server/testing/soft-hsm.ts'
import { type BenchResult, inTurns } from './measure.ts'

/** About a credential. */
const DATA_BYTES = 1_200

/** Measures both algorithms; raw work and ours take turns. Needs SoftHSM. */
export async function benchHsm(): Promise<readonly BenchResult[]> {
  const token = makeSoftHsm()
  const hsm = openHsm(token, () => {})
  try {
    const results: BenchResult[] = []
    const device = openHsmDevice(token)
    for (const algorithm of ['Ed25519', 'ES256'] as const) {
      const id = randomBytes(8).toString('hex')
      const key = await hsm.generate({ label: algorithm, id, algorithm })
      const signer = hsmSigner(hsm, { id, publicKey: hsmPublicKey(key) })
      const data = new Uint8Array(DATA_BYTES)
      const name = `sign by SoftHSM and verify, ${algorithm}, beside the module's own call`
      results.push(
        await inTurns(name, 5, {
          raw: async () => {
            device.sign({ id, algorithm, data })
          },
          ours: async () => {
            await signer.sign(data)
          },
        }),
      )
    }
    return results
  } finally {
    hsm.close()
    token.remove()
  }
}
