/** Packs of a sample repository for the tests of the command. */

import {
  firstRoot,
  type SampleRepository,
  samplePack,
  sampleRepository,
} from '../../trust/samples/sample-repository.ts'
import {
  SAMPLE_NOW,
  STATUS_URI,
  sampleDocuments,
  sampleSigner,
  sampleStatusList,
} from '../../trust/samples/sample-trust.ts'

/** Unix seconds at which the packs are fresh. */
export const PACK_NOW: number = SAMPLE_NOW + 600

const SIGNERS = {
  root: [sampleSigner('root')],
  targets: [sampleSigner('strangerCbor')],
  online: sampleSigner('holderCbor'),
}

/** A pack of one version of the sample repository, and the root that all of its versions begin with. */
export async function packOfVersion(
  version: number,
  changes: Partial<SampleRepository> = {},
): Promise<{ readonly pack: Uint8Array; readonly root: Uint8Array }> {
  const issuedAt = SAMPLE_NOW + version
  const files = await sampleRepository({
    signers: SIGNERS,
    signedAt: SAMPLE_NOW,
    documents: sampleDocuments(),
    statusLists: {
      1: await sampleStatusList({ uri: STATUS_URI.police, signer: 'policeStatus', issuedAt }),
      2: await sampleStatusList({ uri: STATUS_URI.market, signer: 'marketStatus', issuedAt }),
    },
    versions: { targets: version, online: version },
    ...changes,
  })
  return { pack: samplePack(files), root: firstRoot(files) }
}
