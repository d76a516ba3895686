/** Sees to it that what needs a receipt of the log has one: fetched from our own origin by the hash of an entry, tried again until it is there. */
import { Fault } from '@onetrip/codec'
import { openReceipt } from '@onetrip/log'
import type { OpenedLog } from '@onetrip/trust'
import { fetchLogReceipt } from '@onetrip/ui'
import { changeLicence, licences, now, settings, trust } from '../wallet-state.ts'
import { withReceipt } from './held-receipts.ts'
import { type WantedReceipt, wantedReceipts } from './wanted-receipts.ts'

/** Within it an entry is under a checkpoint, as the server promises. */
const FIRST_WAIT_MS = 3_000
const LONGEST_WAIT_MS = 600_000

let isBusy = false
let waitMs = FIRST_WAIT_MS
let timer: ReturnType<typeof setTimeout> | undefined

/** Fetches what is wanted, one after the other; what cannot be had is tried again later. Nothing rejects but a storage that fails. */
export async function keepReceipts(): Promise<void> {
  if (isBusy) return
  isBusy = true
  clearTimeout(timer)
  try {
    const isComplete = await fetchWanted()
    waitMs = isComplete ? FIRST_WAIT_MS : Math.min(2 * waitMs, LONGEST_WAIT_MS)
    if (!isComplete) timer = setTimeout(() => void keepReceipts(), waitMs)
  } finally {
    isBusy = false
  }
}

/** The same at once, because somebody waits. */
export function keepReceiptsNow(): Promise<void> {
  waitMs = FIRST_WAIT_MS
  return keepReceipts()
}

async function fetchWanted(): Promise<boolean> {
  const log = ownLog()
  const known = trust.value
  if (known === undefined || log === undefined) return true
  let isComplete = true
  for (const wanted of await wantedReceipts(licences.value, { trust: known, log })) {
    const receipt = isJustReceived(wanted) ? undefined : await fetchReceipt(wanted, log)
    if (receipt === undefined) isComplete = false
    else {
      const { licenceId, leaf } = wanted
      await changeLicence(licenceId, (kept) => withReceipt(kept, { leaf, receipt }))
    }
  }
  return isComplete
}

/** The log of the server that this wallet belongs to, where the trust list names it. */
function ownLog(): OpenedLog | undefined {
  const name = `${new URL(settings.apiOrigin).host}/log`
  return trust.value?.logs.find((log) => log.name === name)
}

function isJustReceived({ licenceId }: WantedReceipt): boolean {
  const licence = licences.value.find(({ id }) => id === licenceId)
  return licence !== undefined && now() - licence.receivedAt < FIRST_WAIT_MS / 1000
}

async function fetchReceipt(
  { leaf, size }: WantedReceipt,
  log: OpenedLog,
): Promise<Uint8Array | undefined> {
  try {
    const { apiOrigin } = settings
    const receipt = await fetchLogReceipt((url, init) => fetch(url, init), {
      ...{ apiOrigin, leaf },
      ...(size === undefined ? {} : { size }),
    })
    await openReceipt(receipt, leaf, log.key)
    return receipt
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}
