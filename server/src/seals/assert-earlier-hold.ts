/**
 * What stands on a file already is judged before an approval is spent on a seal over it. What this server cannot know (another
 * province's maker, what has become of a seal since) is the verifier's to say; what is forged or broken is not sealed again.
 */
import { fault } from '@onetrip/codec'
import { buildTrust, TARGET, type Trust } from '@onetrip/trust'
import { type SealedDocument, verifyDocument } from '@onetrip/verifier'
import type { Services } from '../services.ts'
import { trustListIn } from '../trust-data/listed-keys.ts'
import { trustDocuments } from '../trust-data/trust-documents.ts'

/** Throws `seal/covered-invalid` where the verdict on one of the file's seals is red. */
export async function assertEarlierHold(
  services: Services,
  document: SealedDocument,
): Promise<void> {
  const trust = await ownTrust(services)
  const question = { trust, now: services.now(), accept: ['document'] } as const
  const { impressions } = await verifyDocument(document, question)
  if (impressions.some(({ outcome }) => outcome === 'invalid')) throw fault('seal/covered-invalid')
}

/** The trust list as the database has it, without status lists: enough for signatures. */
async function ownTrust(services: Services): Promise<Trust> {
  const { documents } = await trustDocuments(services)
  const list = trustListIn(documents.get(TARGET.trustList) ?? new Uint8Array())
  return buildTrust({ list, version: 1, parts: [], types: [], statusLists: [] })
}
