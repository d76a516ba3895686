/** The receiving check of every held licence, run again whenever time or trust data move on. */
import type { Trust } from '@onetrip/trust'
import { type Verdict, verifyReceived } from '@onetrip/verifier'
import type { HeldLicence } from './held-licence.ts'
import { holderPublicKey } from './holder-key.ts'

/** The verdict of each licence by its key in the wallet; `now` in Unix seconds. */
export async function verifyHeld(
  licences: readonly HeldLicence[],
  trust: Trust,
  now: number,
): Promise<ReadonlyMap<string, Verdict>> {
  const entries = await Promise.all(
    licences.map(async ({ id, sdCwt, keys }) => {
      const holderKey = holderPublicKey(keys.cbor)
      const verdict = await verifyReceived({ credential: sdCwt, holderKey, trust, now })
      return [id, verdict] as const
    }),
  )
  return new Map(entries)
}
