/** Bringing trust data up to date over a network that may fail, lie or stand still. */
import { type ErrorCode, Fault, fault, utf8Decode } from '@onetrip/codec'
import { assertNotOlderList, freshness, MAX_LIST_BYTES } from '@onetrip/status'
import {
  type KeptTrust,
  type OpenedStatus,
  openKeptStatus,
  openStatusAt,
  settle,
  type TrustRoot,
} from './kept-trust.ts'
import { assertNotOlder, MAX_TRUST_LIST_CHARS, openTrustList } from './signed-trust-list.ts'
import {
  openTrust,
  type Trust,
  type TrustedStatusList,
  type TrustFault,
  trustFreshness,
} from './trust.ts'
import type { TrustList } from './trust-list.ts'

/** A status list may be dated this long after both the device's clock and the trust list. */
const MAX_AHEAD_SECONDS = 86_400

/**
 * Fetches one resource. Rejects when it would be larger than `maxBytes`, when it redirects elsewhere, and
 * after a deadline of its own; the size is checked here again.
 */
export type TrustFetcher = (
  url: string,
  limits: { readonly maxBytes: number },
) => Promise<Uint8Array>

/** Trust data after an update. */
export interface UpdatedTrust {
  readonly kept: KeptTrust
  readonly trust: Trust
  /** Whatever could not be fetched, opened or relied on; the data before it is still in use. */
  readonly faults: readonly TrustFault[]
}

interface OpenedList {
  readonly token: string
  readonly list: TrustList
}

/**
 * Fetches the trust list and every status list it names, and keeps of each the newer one: older ones are
 * trust/rollback and status/rollback, one at the address of another is status/subject, one dated more than a day
 * ahead status/from-future. What fails leaves what was kept. Throws only when there is no trust list to use, with the reason.
 */
export async function updateTrust(
  options: TrustRoot & {
    readonly kept?: KeptTrust | undefined
    readonly fetcher: TrustFetcher
    readonly listUrl: string
    /** Unix seconds; for saying what is out of date or from the future. */
    readonly now: number
  },
): Promise<UpdatedTrust> {
  const { kept, fetcher, now } = options
  const faults: TrustFault[] = []
  const { token, list } = await newerTrustList(options, faults)
  const before =
    kept === undefined
      ? new Map<string, OpenedStatus>()
      : await openKeptStatus({ list, kept, faults })
  const uris = list.agencies.flatMap(({ statusLists }) => statusLists)
  const results = await Promise.all(
    uris.map((uri) => newerStatusList({ uri, list, fetcher, now, before: before.get(uri) })),
  )
  const opened = results.flatMap((result) => result.opened ?? [])
  faults.push(...results.flatMap((result) => result.faults))
  const statusLists = opened.map(({ status }) => status)
  faults.push(...outOfDate({ list, statusLists, now }))
  return {
    kept: {
      trustList: token,
      statusLists: Object.fromEntries(opened.map(({ bytes, status }) => [status.list.uri, bytes])),
    },
    trust: openTrust({ list, statusLists, faults }),
    faults,
  }
}

async function newerTrustList(
  options: TrustRoot & {
    readonly kept?: KeptTrust | undefined
    readonly fetcher: TrustFetcher
    readonly listUrl: string
  },
  faults: TrustFault[],
): Promise<OpenedList> {
  const { kept, fetcher, listUrl, root, environment } = options
  const open = async (token: string): Promise<OpenedList> => ({
    token,
    list: await openTrustList({ token, root, environment }),
  })
  const [before, after] = await Promise.all([
    kept === undefined ? undefined : settle(() => open(kept.trustList)),
    settle(async () => {
      const limit = { url: listUrl, maxBytes: MAX_TRUST_LIST_CHARS } as const
      const codes = { tooLarge: 'trust/too-large', unavailable: 'trust/unavailable' } as const
      return open(utf8Decode(await fetchCapped({ fetcher, ...limit, ...codes })))
    }),
  ])
  const current = before instanceof Fault ? undefined : before
  if (before instanceof Fault) faults.push({ code: before.code })
  if (after instanceof Fault) {
    faults.push({ code: after.code })
    if (current === undefined) throw after
    return current
  }
  if (current === undefined) return after
  const rollback = await settle(async () => assertNotOlder(current.list, after.list))
  if (!(rollback instanceof Fault)) return after
  faults.push({ code: rollback.code })
  return current
}

async function newerStatusList(options: {
  readonly uri: string
  readonly list: TrustList
  readonly fetcher: TrustFetcher
  readonly now: number
  readonly before: OpenedStatus | undefined
}): Promise<{ readonly opened: OpenedStatus | undefined; readonly faults: readonly TrustFault[] }> {
  const { uri, list, fetcher, now, before } = options
  const after = await settle(async () => {
    const codes = { tooLarge: 'status/too-large', unavailable: 'status/unavailable' } as const
    const bytes = await fetchCapped({ fetcher, url: uri, maxBytes: MAX_LIST_BYTES, ...codes })
    const opened = await openStatusAt({ uri, list, bytes })
    // Else one agency's key could move everybody's clock floor, and shut out its own later lists.
    const { issuedAt } = opened.status.list
    if (issuedAt > Math.max(now, list.signedAt) + MAX_AHEAD_SECONDS) {
      throw fault('status/from-future')
    }
    if (before !== undefined) assertNotOlderList(before.status.list, opened.status.list)
    return opened
  })
  if (after instanceof Fault) return { opened: before, faults: [{ uri, code: after.code }] }
  return { opened: after, faults: [] }
}

async function fetchCapped(options: {
  readonly fetcher: TrustFetcher
  readonly url: string
  readonly maxBytes: number
  readonly tooLarge: ErrorCode
  readonly unavailable: ErrorCode
}): Promise<Uint8Array> {
  const { fetcher, url, maxBytes, tooLarge, unavailable } = options
  let bytes: Uint8Array
  try {
    bytes = await fetcher(url, { maxBytes })
  } catch (error) {
    // A network fails in as many ways as there are platforms; only our own codes are told apart.
    throw error instanceof Fault ? error : fault(unavailable)
  }
  if (bytes.length > maxBytes) throw fault(tooLarge)
  return bytes
}

function outOfDate(options: {
  readonly list: TrustList
  readonly statusLists: readonly TrustedStatusList[]
  readonly now: number
}): readonly TrustFault[] {
  const { list, statusLists, now } = options
  const age = trustFreshness(list, now)
  const policy = { staleAfterSeconds: Infinity, unusableAfterSeconds: Infinity }
  const ended = statusLists.filter(
    ({ list: status }) => freshness({ list: status, now, policy }) === 'expired',
  )
  return [
    ...(age === 'fresh' ? [] : [{ code: `trust/${age}` as const }]),
    ...ended.map(({ list: { uri } }) => ({ uri, code: 'status/expired' as const })),
  ]
}
