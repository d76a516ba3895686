/** Root and targets files by name: reading them, and what is said of them while people sign. */
import { dirname, join } from 'node:path'
import { Fault, jwkThumbprint } from '@onetrip/codec'
import {
  type DraftFile,
  goodSignatures,
  MAX_TARGETS_BYTES,
  type RoleKeys,
  readDraft,
  type TufRoot,
  topRoleKeys,
} from '@onetrip/trust'
import { printable } from '../printable.ts'
import { readLimited } from '../read-limited.ts'
import { UsageError } from '../usage.ts'

/** A root file with what it says. */
export type RootDraft = Extract<DraftFile, { readonly role: 'root' }>
/** A targets file with what it says. */
export type TargetsDraft = Extract<DraftFile, { readonly role: 'targets' }>

/** Reads a root file, signed or not. Throws `UsageError` for anything else. */
export async function readRootDraft(file: string): Promise<RootDraft> {
  const draft = await readAnyDraft(file)
  if (draft.role !== 'root') throw new UsageError(`${printable(file)} is not a root`)
  return draft
}

/** Reads a targets file, signed or not. Throws `UsageError` for anything else. */
export async function readTargetsDraft(file: string): Promise<TargetsDraft> {
  const draft = await readAnyDraft(file)
  if (draft.role !== 'targets') throw new UsageError(`${printable(file)} is not targets metadata`)
  return draft
}

/** The root before this one, from the same folder; undefined for the first. Throws `UsageError` when it is not there. */
export async function rootBefore(file: string, root: TufRoot): Promise<TufRoot | undefined> {
  if (root.version === 1) return undefined
  const before = await readRootDraft(join(dirname(file), `${root.version - 1}.root.json`))
  return before.signed
}

/** Signatures that count for a role, of those that it wants. */
export interface SignedShare {
  /** RFC 7638 thumbprints of its keys, and whether each has signed. */
  readonly keys: readonly { readonly thumbprint: string; readonly hasSigned: boolean }[]
  readonly threshold: number
  readonly signed: number
}

/** Whose signatures on a file count for a role's threshold. */
export async function signedShare(bytes: Uint8Array, keys: RoleKeys): Promise<SignedShare> {
  const good = await goodSignatures(bytes, keys)
  const { keyids, threshold } = keys.role
  return {
    threshold,
    signed: good.length,
    keys: keyids.map((keyid) => ({
      thumbprint: thumbprintOf(keys, keyid),
      hasSigned: good.includes(keyid),
    })),
  }
}

/** Thumbprints of a role's keys. */
export function thumbprintsOf(root: TufRoot, role: keyof TufRoot['roles']): readonly string[] {
  const keys = topRoleKeys(root, role)
  return keys.role.keyids.map((keyid) => thumbprintOf(keys, keyid))
}

function thumbprintOf({ keys }: RoleKeys, keyid: string): string {
  const key = keys.get(keyid)?.publicKey()
  return key === undefined ? keyid : jwkThumbprint(key)
}

/** Reads a root or targets file, signed or not. Throws `UsageError` for anything else. */
export async function readAnyDraft(file: string): Promise<DraftFile> {
  const bytes = await readLimited(file, MAX_TARGETS_BYTES + 1)
  try {
    return readDraft(bytes)
  } catch (error) {
    if (error instanceof Fault) throw new UsageError(`${printable(file)}: ${error.code}`)
    throw error
  }
}
