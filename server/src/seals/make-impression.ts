/** The `.seal` file of an approved file of any kind, which is known to the server by its digest only. */
import { equalBytes, fault, fromBase64url, toBase64url } from '@onetrip/codec'
import {
  encodeSealFile,
  type ImpressionBytes,
  parseSealFile,
  type SealBytes,
  type SealFileBytes,
} from '@onetrip/seal'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import { assertEarlierHold } from './assert-earlier-hold.ts'
import {
  commitImpression,
  finishImpression,
  type ImpressionOrder,
  openOrder,
  sealBytes,
  sealFacts,
} from './impression-rows.ts'

/** An order for a file beside which a `.seal` lies, or is going to. */
export interface SealFileOrder extends ImpressionOrder {
  /** The file's `.seal` as it is; what stands in it is covered by this impression, and stays. */
  readonly earlier?: Uint8Array | undefined
}

/**
 * The `.seal` file with the one impression that the approval allows for this file. Throws as `openOrder`; `approval/place`
 * for a file that was asked to be sealed as a PDF; for `earlier` `seal/digest-mismatch`, `seal/covered-invalid` where it
 * does not hold, and what `parseSealFile` throws.
 */
export async function makeImpression(
  services: Services,
  order: SealFileOrder,
): Promise<Uint8Array> {
  const { file } = await openOrder(services, services.storage, order)
  if (file.place !== null) throw fault('approval/place')
  const digest = fromBase64url(order.sha256)
  const covers = coveredBy(order.earlier, digest)
  // What is committed to is signed, whatever has become of the earlier seals since.
  if (file.state === 'waiting' && order.earlier !== undefined) {
    const facts = { sha256: digest, length: file.length, mediaType: file.media_type }
    await assertEarlierHold(services, { file: facts, sealFile: order.earlier })
  }
  const opened = await transact(services.storage, async (transaction) => {
    const found = await openOrder(services, transaction, order)
    await commitImpression(services, transaction, found, {
      appearance: sealFacts(found.seal).image.sha256,
      covers,
      beside: order.earlier === undefined ? '' : toBase64url(order.earlier),
    })
    return found
  })
  return finishImpression(services, opened, async (impression, beside) => {
    const before = beside === '' ? undefined : parseSealFile(fromBase64url(beside))
    return encodeSealFile(joined(before, { seal: sealBytes(opened.seal), impression }))
  })
}

/** The impressions of the file's `.seal`, all of which have to be of this very file. */
function coveredBy(earlier: Uint8Array | undefined, digest: Uint8Array): readonly Uint8Array[] {
  if (earlier === undefined) return []
  return parseSealFile(earlier).impressions.map((impression) => {
    if (!equalBytes(impression.cose.facts.file.sha256, digest)) throw fault('seal/digest-mismatch')
    return impression.digest
  })
}

/** The file's `.seal` with one impression more. */
function joined(
  before: ReturnType<typeof parseSealFile> | undefined,
  added: { readonly seal: SealBytes; readonly impression: ImpressionBytes },
): SealFileBytes {
  const { seal, impression } = added
  const seals = before?.seals.map(({ bytes }) => bytes) ?? []
  const isThere = seals.some(({ cose }) => equalBytes(cose, seal.cose))
  return {
    seals: isThere ? seals : [...seals, seal],
    impressions: [...(before?.impressions.map(({ bytes }) => bytes) ?? []), impression],
  }
}
