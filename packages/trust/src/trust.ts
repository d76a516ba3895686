/**
 * What a verifier asks of trust data. Nothing outside this package knows how the data was signed or
 * fetched, so that it can change without touching a verifier.
 */
import { type ErrorCode, jwkThumbprint } from '@onetrip/codec'
import type { TypeDefinition } from '@onetrip/credential'
import { type DenyList, EMPTY_DENY_LIST } from './deny-list.ts'
import type { KeyLife } from './key-life.ts'
import { type ListedCheckpoint, type OpenedLog, openLogs } from './log-checkpoints.ts'
import type { Matter } from './matter-catalogue.ts'
import type { OfficeKey, SealMakerKey } from './owner-keys.ts'
import type { Recognition } from './recognition-list.ts'
import type { TrustedStatusList } from './status-lists.ts'
import type { TimeStamper } from './time-stampers.ts'
import type { Agency, AgencyKey, Office, SealMaker, TrustList } from './trust-list.ts'

/** Something offered with the trust data that was refused; it never stops the rest. */
export interface TrustFault {
  /** The role, the target or the jurisdiction concerned. */
  readonly part: string
  readonly code: ErrorCode
}

/** How old one part of the trust data is. */
export interface TrustPart {
  /** Role of The Update Framework: `timestamp`, `snapshot`, `targets`, `deny`. */
  readonly name: string
  readonly version: number
  /** Unix seconds; absent where the repository does not say. */
  readonly signedAt?: number
}

/** Another jurisdiction's trust data, for the licence types accepted from it; what that one recognises does not count. */
export interface RecognisedTrust {
  readonly recognition: Recognition
  readonly trust: Trust
}

/** Verified trust data; times are Unix seconds. */
export interface Trust {
  readonly environment: string
  /** Version of the targets metadata, which names the trust list and everything beside it. */
  readonly version: number
  /** The newest time that `timestamp` or `snapshot` signed: the data was current then. */
  readonly signedAt: number
  /** The newest verified time a trust role signed: no honest clock reads less. */
  readonly newestSignedTime: number
  readonly parts: readonly TrustPart[]
  /** Data just fetched were over by this device's clock: it is far ahead, or the repository stands still. */
  readonly clockAhead: boolean
  readonly agencies: readonly Agency[]
  readonly offices: readonly Office[]
  readonly sealMakers: readonly SealMaker[]
  readonly timeStampers: readonly TimeStamper[]
  /** Whose records of what was issued count, with their published checkpoints. */
  readonly logs: readonly OpenedLog[]
  readonly types: readonly TypeDefinition[]
  readonly matters: readonly Matter[]
  /** As their roles named them; whether they are their makers' word, says who reads them (`openSealRegister`). */
  readonly sealRegisters: readonly Uint8Array[]
  readonly recognised: readonly RecognisedTrust[]
  readonly faults: readonly TrustFault[]
  readonly agencyById: (id: string) => Agency | undefined
  readonly agencyByUrl: (issuerUrl: string) => Agency | undefined
  readonly type: (typeCode: string, version: number) => TypeDefinition | undefined
  readonly typeByVct: (vct: string) => TypeDefinition | undefined
  /**
   * Whether a type requires a receipt of the log, in any of its versions: which one a credential is of, its issuer says, and so does
   * who has stolen its key.
   */
  readonly requiresReceipt: (typeCode: string) => boolean
  /** The list that an agency or a seal maker signed for an address. */
  readonly statusList: (ownerId: string, uri: string) => TrustedStatusList | undefined
  /** Whether only others signed a list for this address. */
  readonly isOthersStatusList: (ownerId: string, uri: string) => boolean
  readonly office: (id: string) => Office | undefined
  readonly sealMaker: (id: string) => SealMaker | undefined
  /** Whether a counter's key (RFC 7638 thumbprint) is denied. */
  readonly isDeniedDevice: (thumbprint: string) => boolean
}

/** What {@link buildTrust} puts together; all of it verified. */
export interface TrustContent {
  readonly list: TrustList
  readonly version: number
  readonly parts: readonly TrustPart[]
  readonly types: readonly TypeDefinition[]
  readonly statusLists: readonly TrustedStatusList[]
  readonly matters?: readonly Matter[]
  readonly sealRegisters?: readonly Uint8Array[]
  readonly recognised?: readonly RecognisedTrust[]
  /** Checkpoints of logs as they are published. */
  readonly checkpoints?: readonly ListedCheckpoint[]
  readonly denied?: DenyList
  readonly faults?: readonly TrustFault[]
  readonly clockAhead?: boolean
}

/** Builds the look-ups over verified content; denied keys end when the deny list says. */
export function buildTrust(content: TrustContent): Trust {
  const { list, version, parts, types, statusLists, denied = EMPTY_DENY_LIST } = content
  const { matters = [], sealRegisters = [], recognised = [], checkpoints = [] } = content
  const { faults = [], clockAhead = false } = content
  const devices = new Set(denied.devices)
  const { agencies, offices, sealMakers } = endDeniedKeys(list, denied)
  const byId = new Map(agencies.map((agency) => [agency.id, agency]))
  const byUrl = new Map(agencies.map((agency) => [agency.issuerUrl, agency]))
  const byVct = new Map(types.map((type) => [type.vct, type]))
  const byCode = new Map(types.map((type) => [typeKey(type.typeCode, type.version), type]))
  const requiring = new Set(
    types.flatMap(({ typeCode, receiptRequired }) => (receiptRequired ? [typeCode] : [])),
  )
  const byOffice = new Map(offices.map((office) => [office.id, office]))
  const byMaker = new Map(sealMakers.map((maker) => [maker.id, maker]))
  const byUri = newestByAddress(statusLists)
  const signedAt = newestOf(parts.filter(({ name }) => ONLINE.includes(name)))
  const times = statusLists.map(({ list: { issuedAt } }) => issuedAt)
  return {
    environment: list.environment,
    version,
    signedAt,
    newestSignedTime: Math.max(signedAt, ...times),
    parts,
    clockAhead,
    agencies,
    offices,
    sealMakers,
    timeStampers: list.timeStampers,
    logs: openLogs(list.logs, checkpoints),
    types,
    matters,
    sealRegisters,
    recognised,
    faults,
    agencyById: (id) => byId.get(id),
    agencyByUrl: (issuerUrl) => byUrl.get(issuerUrl),
    type: (typeCode, typeVersion) => byCode.get(typeKey(typeCode, typeVersion)),
    typeByVct: (vct) => byVct.get(vct),
    requiresReceipt: (typeCode) => requiring.has(typeCode),
    statusList: (ownerId, uri) => byUri.get(uri)?.get(ownerId),
    isOthersStatusList: (ownerId, uri) => byUri.get(uri)?.has(ownerId) === false,
    office: (id) => byOffice.get(id),
    sealMaker: (id) => byMaker.get(id),
    isDeniedDevice: (thumbprint) => devices.has(thumbprint),
  }
}

/** A trust list whose keys end where the deny list says. */
export function endDeniedKeys(list: TrustList, { keys }: DenyList): TrustList {
  if (keys.length === 0) return list
  const deniedFrom = new Map(keys.map(({ thumbprint, from }) => [thumbprint, from]))
  const end = <Key extends KeyLife, Owner extends { readonly keys: readonly Key[] }>(
    owner: Owner & { readonly keys: readonly Key[] },
  ) => ({ ...owner, keys: owner.keys.map((key) => endDenied(key, deniedFrom)) })
  return {
    ...list,
    agencies: list.agencies.map((agency) => end<AgencyKey, Agency>(agency)),
    offices: list.offices.map((office) => end<OfficeKey, Office>(office)),
    sealMakers: list.sealMakers.map((maker) => end<SealMakerKey, SealMaker>(maker)),
  }
}

/** Only these say when the whole was current; an offline role's time is of no use to a clock. */
const ONLINE: readonly string[] = ['timestamp', 'snapshot']

function newestOf(parts: readonly TrustPart[]): number {
  return Math.max(0, ...parts.map(({ signedAt = 0 }) => signedAt))
}

function endDenied<Key extends KeyLife>(entry: Key, deniedFrom: ReadonlyMap<string, number>): Key {
  const from = deniedFrom.get(jwkThumbprint(entry.key))
  if (from === undefined) return entry
  const { revokedFrom = from, logged } = entry
  // Denied from earlier on than the list says, nothing on record is spared: what the list says of it was of a later theft.
  if (from < revokedFrom) return { ...entry, revokedFrom: from, logged: undefined }
  return { ...entry, revokedFrom, logged }
}

function typeKey(typeCode: string, version: number): string {
  return `${typeCode} ${version}`
}

/** By address, then by owner: the newest list of each. */
function newestByAddress(
  lists: readonly TrustedStatusList[],
): ReadonlyMap<string, ReadonlyMap<string, TrustedStatusList>> {
  const byUri = new Map<string, Map<string, TrustedStatusList>>()
  for (const offered of lists) {
    const { ownerId, list } = offered
    const byOwner = byUri.get(list.uri) ?? new Map<string, TrustedStatusList>()
    byUri.set(list.uri, byOwner)
    const kept = byOwner.get(ownerId)
    if (kept === undefined || list.issuedAt > kept.list.issuedAt) byOwner.set(ownerId, offered)
  }
  return byUri
}
