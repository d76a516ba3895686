/**
 * Which copies want a receipt of the log, and by which checkpoint. Only licences that cannot do without one ask for it: the types that
 * require receipts, and what a key signed that is revoked since and spares what was on record. Any other would only tell the server
 * when this wallet is open.
 */
import { decodeSign1, equalBytes, Fault } from '@onetrip/codec'
import { parseSdCwt } from '@onetrip/credential'
import { openReceipt, readReceipt } from '@onetrip/log'
import type { OpenedLog, Trust } from '@onetrip/trust'
import { type HeldCopy, type HeldLicence, isUnbound } from '../held-licence.ts'
import { carriedReceipts, copiesOf, leafOfCopy } from './held-receipts.ts'

/** A receipt to fetch. */
export interface WantedReceipt {
  readonly licenceId: string
  /** Of the copy's entry, 32 bytes. */
  readonly leaf: Uint8Array
  /** Entries of the published checkpoint that it shall be under; absent for the newest one. */
  readonly size?: number
}

/** What is to be fetched, in the order in which copies are shown. */
export async function wantedReceipts(
  licences: readonly HeldLicence[],
  { trust, log }: { readonly trust: Trust; readonly log: OpenedLog },
): Promise<readonly WantedReceipt[]> {
  const wanted: WantedReceipt[] = []
  for (const licence of licences.filter((one) => !isUnbound(one) && needsReceipt(one, trust))) {
    for (const copy of copiesOf(licence)) {
      const leaf = leafOfCopy(copy)
      const state = await receiptState(copy, { leaf, log })
      if (state !== 'there') wanted.push({ licenceId: licence.id, leaf, ...state })
    }
  }
  return wanted
}

/** Whether a licence is not to be shown without a receipt. */
export function needsReceipt(licence: HeldLicence, trust: Trust | undefined): boolean {
  const isRequired =
    trust?.requiresReceipt(licence.summary.typeCode) ?? licence.type?.receiptRequired
  return isRequired === true || isOfSparingKey(licence, trust)
}

function isOfSparingKey({ sdCwt }: HeldLicence, trust: Trust | undefined): boolean {
  const { kid } = decodeSign1(sdCwt)
  const agency = trust?.agencyById(parseSdCwt(sdCwt).claims.iss)
  const keys = agency?.keys ?? []
  return (
    kid !== undefined &&
    keys.some(({ key, logged }) => logged !== undefined && equalBytes(key.kid, kid))
  )
}

async function receiptState(
  { sdCwt }: Pick<HeldCopy, 'sdCwt'>,
  { leaf, log }: { readonly leaf: Uint8Array; readonly log: OpenedLog },
): Promise<'there' | Pick<WantedReceipt, 'size'>> {
  const [receipt] = carriedReceipts(sdCwt)
  if (receipt === undefined) return {}
  try {
    const root = await openReceipt(receipt, leaf, log.key)
    if ((await log.anchorOf(root)) !== undefined) return 'there'
    const { index } = readReceipt(receipt).proof
    const size = lastingSizes(log).find((one) => one > index)
    return size === undefined ? 'there' : { size }
  } catch (error) {
    // Of another log, or of this one under another key.
    if (error instanceof Fault) return {}
    throw error
  }
}

/** Checkpoints that a receipt is renewed for: the newest is soon another one, so where none is needed it waits for the next day's. */
function lastingSizes({ sizes, quorum }: OpenedLog): readonly number[] {
  return quorum > 0 ? sizes : sizes.slice(0, -1)
}
