/**
 * An impression of a seal that is revoked since, with the proof that it is older: a time-stamp token, and the maker's list of
 * that time. Either place is of use with the right thing in it only.
 */
import { sha256 } from '@onetrip/codec'
import type { ImpressionBytes, SealBytes } from '@onetrip/seal'
import { signStatusListCwt } from '@onetrip/status'
import {
  impressionBytes,
  impressionFacts,
  SEALED_AT,
  sealBytes,
  sealFacts,
} from '../../packages/seal/samples/sample-seals.ts'
import type { SampleTsa } from '../../packages/seal/samples/sample-tsa.ts'
import { INDEX } from '../vectors/vector-cast.ts'
import { KEEPERS, listOf, MAKER_STATUS, MAKERS } from './contexts-cast.ts'

/** The seal, and the impression with its proof. */
export interface StapledProof {
  readonly seal: SealBytes
  readonly impression: Required<ImpressionBytes>
}

/** Makes it with a time-stamper that the trust data name. */
export async function stapledProof(stamp: SampleTsa['stamp']): Promise<StapledProof> {
  const { uri } = sealFacts().status
  const keys = [KEEPERS.cose.publicKey, KEEPERS.jws.publicKey]
  const facts = sealFacts({ keys, status: { uri, index: INDEX.revoked } })
  const seal = await sealBytes(facts, { signers: MAKERS })
  const bare = await impressionBytes(impressionFacts(seal), { signers: KEEPERS })
  const digest = sha256(bare.cose)
  const timestamp = await stamp(digest, { time: SEALED_AT })
  const statusList = await signStatusListCwt(listOf(uri, { issuedAt: SEALED_AT }), MAKER_STATUS)
  return { seal, impression: { ...bare, timestamp, statusList } }
}
