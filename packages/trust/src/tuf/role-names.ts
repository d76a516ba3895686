/** Names of roles, their files and their targets: in metadata, at a server, in a store (TUF §3.1, §6.2). */
import { fault, utf8Encode } from '@onetrip/codec'
import { MAX_ROLE_NAME, MAX_TARGET_PATH } from './limits.ts'
import { TOP_ROLES } from './metadata.ts'

const KEPT = /[^A-Za-z0-9_.~-]/gu
const CONTROL = /\p{Cc}/u
/** What most paths look like; none of these can be an empty or a dotted segment. */
const PLAIN_PATH = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/

/** Whether a role may be delegated to under this name: a top-level role's name would overwrite its file. */
export function isDelegatedName(name: string): boolean {
  if (name === '' || name.length > MAX_ROLE_NAME) return false
  return !TOP_ROLES.some((role) => role === name.toLowerCase())
}

/**
 * The file of a role, percent-encoded but for letters, digits and `_.-~` (RFC 3986 §2.3), so that it is one segment
 * of a URL and one name in a folder whatever the role is called; with a version for consistent snapshots.
 */
export function roleFileName(role: string, version?: number): string {
  const encoded = role.replace(KEPT, percentEncoded)
  return version === undefined ? `${encoded}.json` : `${version}.${encoded}.json`
}

/** The name under which snapshot lists a role's file; it is never encoded. */
export function metaPath(role: string): string {
  return `${role}.json`
}

/**
 * Whether a target may have this path: relative, segments by `/`, none of them empty, `.` or `..` (TUF §4.5 recommends
 * it; anything else could leave the folder it is meant for), no backslash and no control character.
 */
export function isTargetPath(path: string): boolean {
  if (path.length > MAX_TARGET_PATH) return false
  if (PLAIN_PATH.test(path)) return true
  if (path.includes('\\') || CONTROL.test(path)) return false
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..')
}

/** Where a target is at a server: `DIR/HASH.NAME` with consistent snapshots (TUF §5.7.3), else its path. */
export function targetFilePath(path: string, sha256Hex?: string): string {
  if (!isTargetPath(path)) throw fault('trust/format')
  if (sha256Hex === undefined) return path
  const nameStart = path.lastIndexOf('/') + 1
  return `${path.slice(0, nameStart)}${sha256Hex}.${path.slice(nameStart)}`
}

/** The name under which a store keeps a target, by content. */
export function targetStoreName(sha256Hex: string): string {
  return `sha256-${sha256Hex}`
}

function percentEncoded(sign: string): string {
  return Array.from(
    utf8Encode(sign),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('')
}
