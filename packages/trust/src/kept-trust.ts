/** Trust data a face keeps for the time without a network; it is verified whenever it is opened. */
import { Fault, fault, type PublicKey } from '@onetrip/codec'
import { decodeStatusList } from '@onetrip/status'
import { openTrustList } from './signed-trust-list.ts'
import { openTrustedStatusList } from './status-lists.ts'
import { openTrust, type Trust, type TrustedStatusList, type TrustFault } from './trust.ts'
import type { TrustList } from './trust-list.ts'

/** Trust data as it was signed, for keeping; opening it verifies it again. */
export interface KeptTrust {
  readonly trustList: string
  /** Status lists in CWT form by URI. */
  readonly statusLists: Readonly<Record<string, Uint8Array>>
}

/** Whom to believe. */
export interface TrustRoot {
  /** The key that signs trust lists. */
  readonly root: PublicKey
  /** When given, the only environment accepted. */
  readonly environment?: string | undefined
}

/** A verified status list beside the bytes it came in. */
export interface OpenedStatus {
  readonly bytes: Uint8Array
  readonly status: TrustedStatusList
}

/** Opens kept trust data without a network. Throws as `openTrustList`; bad status lists become faults. */
export async function openKeptTrust(
  options: TrustRoot & { readonly kept: KeptTrust },
): Promise<Trust> {
  const { kept, root, environment } = options
  const list = await openTrustList({ token: kept.trustList, root, environment })
  const faults: TrustFault[] = []
  const opened = await openKeptStatus({ list, kept, faults })
  return openTrust({ list, statusLists: [...opened.values()].map(({ status }) => status), faults })
}

/** Opens each kept status list under a verified trust list, by URI; what fails is added to `faults`. */
export async function openKeptStatus(options: {
  readonly list: TrustList
  readonly kept: KeptTrust
  readonly faults: TrustFault[]
}): Promise<ReadonlyMap<string, OpenedStatus>> {
  const { list, kept, faults } = options
  const entries = Object.entries(kept.statusLists)
  const results = await Promise.all(
    entries.map(([uri, bytes]) => settle(() => openStatusAt({ uri, list, bytes }))),
  )
  const opened = new Map<string, OpenedStatus>()
  for (const [at, result] of results.entries()) {
    const uri = entries[at]?.[0] ?? ''
    if (result instanceof Fault) faults.push({ uri, code: result.code })
    else opened.set(uri, result)
  }
  return opened
}

/** Opens the list that was found at `uri`. Throws status/subject when it is another's. */
export async function openStatusAt(options: {
  readonly uri: string
  readonly list: TrustList
  readonly bytes: Uint8Array
}): Promise<OpenedStatus> {
  const { uri, list, bytes } = options
  const token = decodeStatusList(bytes)
  if (token.uri !== uri) throw fault('status/subject')
  return { bytes, status: await openTrustedStatusList(list, token) }
}

/** Waits for work that input can fail: its result, or its fault. */
export async function settle<T>(work: () => Promise<T>): Promise<T | Fault> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}
