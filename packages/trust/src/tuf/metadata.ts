/** What TUF metadata says once it is parsed (TUF §4.3 to §4.6). Times are Unix seconds. */
import type { JsonObject, PublicKey } from '@onetrip/codec'

/** The roles that root names (TUF §4.3); `mirrors` is not used. */
export const TOP_ROLES = ['root', 'timestamp', 'snapshot', 'targets'] as const
/** One of them. */
export type TopRole = (typeof TOP_ROLES)[number]

/** What every kind of metadata states. */
export interface TufCommon {
  readonly version: number
  readonly expiresAt: number
  /** When it was signed, by our own member `x-signed-at`; others leave it out. */
  readonly signedAt: number | undefined
}

/** A key as metadata lists it; it is read when a signature needs it. */
export interface TufKey {
  readonly keyid: string
  /** The usable key; `undefined` when type, scheme, value or identifier are not ones we verify with. */
  readonly publicKey: () => PublicKey | undefined
}

/** Whose signatures a role needs. */
export interface TufRole {
  readonly keyids: readonly string[]
  readonly threshold: number
}

/** Root metadata (TUF §4.3). */
export interface TufRoot extends TufCommon {
  readonly consistentSnapshot: boolean
  readonly keys: ReadonlyMap<string, TufKey>
  readonly roles: Readonly<Record<TopRole, TufRole>>
}

/** What one file of metadata says of another (METAFILES in TUF §4.4). */
export interface TufMetaFile {
  readonly version: number
  readonly length: number | undefined
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: string | undefined
}

/** Timestamp metadata (TUF §4.6). */
export interface TufTimestamp extends TufCommon {
  readonly snapshot: TufMetaFile
}

/** Snapshot metadata (TUF §4.4). */
export interface TufSnapshot extends TufCommon {
  /** By file name, such as `targets.json`. */
  readonly meta: ReadonlyMap<string, TufMetaFile>
}

/** A target as metadata describes it (TUF §4.5). */
export interface TufTarget {
  readonly length: number
  /** SHA-256 in lower-case hexadecimal. */
  readonly sha256: string
  readonly custom: JsonObject | undefined
}

/** A role that another delegates to (TUF §4.5). */
export interface TufDelegation extends TufRole {
  readonly name: string
  readonly terminating: boolean
  readonly paths: readonly string[]
  readonly pathHashPrefixes: readonly string[]
}

/** Targets metadata, of the top-level role or a delegated one (TUF §4.5). */
export interface TufTargets extends TufCommon {
  readonly targets: ReadonlyMap<string, TufTarget>
  readonly keys: ReadonlyMap<string, TufKey>
  readonly delegations: readonly TufDelegation[]
}

/** A file of metadata: the bytes as received beside what they say. */
export interface TufFile<Signed> {
  readonly bytes: Uint8Array
  readonly signed: Signed
}
