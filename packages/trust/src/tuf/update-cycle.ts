/** What the steps of one update share, and the checks that several of them make. */
import { type ErrorCode, fault, sha256, toHex } from '@onetrip/codec'
import type { TufCommon, TufMetaFile } from './metadata.ts'
import { roleFileName } from './role-names.ts'
import { fetchCapped, type TufFetcher, type TufStore } from './store-and-fetcher.ts'
import type { TufFault } from './trusted-set.ts'

/** One update from its start to its end. */
export interface UpdateCycle {
  readonly store: TufStore
  readonly fetcher: TufFetcher
  /** Unix seconds: the fixed update start time (TUF §5.1). */
  readonly now: number
  /** What expired files said of themselves, by role. */
  readonly expired: Map<string, NonNullable<TufFault['refused']>>
}

/** Freeze attack (TUF §5.3.10, §5.4.4, §5.5.6, §5.6.5): expiry must be after the start. Throws `trust/expired-metadata`. */
export function assertNotExpired(cycle: UpdateCycle, role: string, signed: TufCommon): void {
  const { version, expiresAt, signedAt } = signed
  if (expiresAt > cycle.now) return
  cycle.expired.set(role, { version, expiresAt, signedAt })
  throw fault('trust/expired-metadata')
}

/**
 * Beyond TUF: a newer version that bears an earlier `x-signed-at` than the trusted one, which the same keys signed, would
 * set back what clocks and ages are measured by. Throws `trust/rollback`.
 */
export function assertNotDatedBack(trusted: TufCommon | undefined, offered: TufCommon): void {
  if ((offered.signedAt ?? Infinity) < (trusted?.signedAt ?? 0)) throw fault('trust/rollback')
}

/** A fault with what the refused file said of itself, where that was its expiry. */
export function faultOf(cycle: UpdateCycle, role: string, code: ErrorCode): TufFault {
  const refused = code === 'trust/expired-metadata' ? cycle.expired.get(role) : undefined
  return refused === undefined ? { role, code } : { role, code, refused }
}

/**
 * Fetches a file of metadata that another one names. Throws `trust/file-missing` when the repository does not have it,
 * `trust/too-large`, `trust/unavailable`.
 */
export async function fetchNamed(options: {
  readonly cycle: UpdateCycle
  readonly role: string
  /** Its version, in front of the name with consistent snapshots. */
  readonly version: number | undefined
  readonly maxBytes: number
}): Promise<Uint8Array> {
  const { cycle, role, version, maxBytes } = options
  const name = roleFileName(role, version)
  const bytes = await fetchCapped((limits) => cycle.fetcher.metadata(name, limits), maxBytes)
  if (bytes === undefined) throw fault('trust/file-missing')
  return bytes
}

/** Mix-and-match (TUF §5.5.2, §5.6.2): length and hash, where given. Throws `trust/length-mismatch`, `trust/hash-mismatch`. */
export function assertSameFile(bytes: Uint8Array, meta: TufMetaFile): void {
  if (meta.length !== undefined && bytes.length !== meta.length)
    throw fault('trust/length-mismatch')
  if (meta.sha256 !== undefined && toHex(sha256(bytes)) !== meta.sha256) {
    throw fault('trust/hash-mismatch')
  }
}

/** Whether kept bytes are the file that metadata names, so that it need not be fetched. */
export function isSameFile(
  kept: { readonly bytes: Uint8Array; readonly signed: TufCommon },
  meta: TufMetaFile,
): boolean {
  if (kept.signed.version !== meta.version) return false
  if (meta.length !== undefined && kept.bytes.length !== meta.length) return false
  return meta.sha256 === undefined || toHex(sha256(kept.bytes)) === meta.sha256
}

/** Bytes that may be fetched of a file: what its metadata says, never more than our own limit. */
export function capOf(meta: TufMetaFile, limit: number): number {
  return Math.min(meta.length ?? limit, limit)
}
