/**
 * What a verifier asks of trust data. Nothing outside this package knows how the data was signed or
 * fetched, so that it can change without touching a verifier.
 */
import type { ErrorCode } from '@onetrip/codec'
import type { TypeDefinition } from '@onetrip/credential'
import type { StatusList } from '@onetrip/status'
import type { Agency, Office, TrustList } from './trust-list.ts'

/** A status list with the agency whose key verified it. */
export interface TrustedStatusList {
  readonly list: StatusList
  readonly agencyId: string
}

/** Something offered with the trust data that was refused; it never stops the rest. */
export interface TrustFault {
  /** The status list concerned, where one could be told. */
  readonly uri?: string
  readonly code: ErrorCode
}

/** Verified trust data; times are Unix seconds. */
export interface Trust {
  readonly environment: string
  readonly version: number
  readonly signedAt: number
  /** After it the data is stale. */
  readonly nextUpdate: number
  /** After it the data says nothing any more. */
  readonly unusableAfter: number
  /** The newest verified time a trust role signed: no honest clock reads less. */
  readonly newestSignedTime: number
  readonly agencies: readonly Agency[]
  readonly offices: readonly Office[]
  readonly types: readonly TypeDefinition[]
  readonly faults: readonly TrustFault[]
  readonly agencyById: (id: string) => Agency | undefined
  readonly agencyByUrl: (issuerUrl: string) => Agency | undefined
  readonly type: (typeCode: string, version: number) => TypeDefinition | undefined
  readonly typeByVct: (vct: string) => TypeDefinition | undefined
  readonly statusList: (uri: string) => TrustedStatusList | undefined
  /** Why the list offered for this URI was refused, where none could be used. */
  readonly statusFault: (uri: string) => ErrorCode | undefined
  readonly office: (id: string) => Office | undefined
}

/** Builds the look-ups over a verified trust list and the status lists verified under it. */
export function openTrust(options: {
  readonly list: TrustList
  readonly statusLists: readonly TrustedStatusList[]
  readonly faults?: readonly TrustFault[]
}): Trust {
  const { list, statusLists, faults = [] } = options
  const { environment, version, signedAt, nextUpdate, unusableAfter } = list
  const { agencies, offices, types } = list
  const byId = new Map(agencies.map((agency) => [agency.id, agency]))
  const byUrl = new Map(agencies.map((agency) => [agency.issuerUrl, agency]))
  const byVct = new Map(types.map((type) => [type.vct, type]))
  const byCode = new Map(types.map((type) => [typeKey(type.typeCode, type.version), type]))
  const byOffice = new Map(offices.map((office) => [office.id, office]))
  const byUri = newestByUri(statusLists)
  const times = [...byUri.values()].map(({ list }) => list.issuedAt)
  return {
    environment,
    version,
    signedAt,
    nextUpdate,
    unusableAfter,
    newestSignedTime: Math.max(signedAt, ...times),
    agencies,
    offices,
    types,
    faults,
    agencyById: (id) => byId.get(id),
    agencyByUrl: (issuerUrl) => byUrl.get(issuerUrl),
    type: (typeCode, typeVersion) => byCode.get(typeKey(typeCode, typeVersion)),
    typeByVct: (vct) => byVct.get(vct),
    statusList: (uri) => byUri.get(uri),
    statusFault: (uri) =>
      byUri.has(uri) ? undefined : faults.find((refused) => refused.uri === uri)?.code,
    office: (id) => byOffice.get(id),
  }
}

/** Judges the age of trust data at `now` (Unix seconds, both limits inclusive). */
export function trustFreshness(
  trust: Pick<Trust, 'nextUpdate' | 'unusableAfter'>,
  now: number,
): 'fresh' | 'stale' | 'expired' {
  if (now > trust.unusableAfter) return 'expired'
  return now > trust.nextUpdate ? 'stale' : 'fresh'
}

function typeKey(typeCode: string, version: number): string {
  return `${typeCode} ${version}`
}

function newestByUri(lists: readonly TrustedStatusList[]): ReadonlyMap<string, TrustedStatusList> {
  const byUri = new Map<string, TrustedStatusList>()
  for (const offered of lists) {
    const kept = byUri.get(offered.list.uri)
    if (kept === undefined || offered.list.issuedAt > kept.list.issuedAt) {
      byUri.set(offered.list.uri, offered)
    }
  }
  return byUri
}
