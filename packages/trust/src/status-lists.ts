/**
 * Status lists under a trust list. A list counts for the agency or seal maker whose `status` key signed it, and for nobody else:
 * another may write the same address into a list of its own, and changes nothing by it.
 */
import { type ErrorCode, Fault, fault, toHex } from '@onetrip/codec'
import {
  decodeStatusList,
  openStatusList,
  type StatusList,
  type StatusListToken,
} from '@onetrip/status'
import { type KeyLife, keyValidity } from './key-life.ts'

/** A status list with the agency or seal maker whose key verified it. */
export interface TrustedStatusList {
  readonly list: StatusList
  /** Its unified social credit code. */
  readonly ownerId: string
}

/** Whose status lists may count: an agency, or a seal maker. */
export interface StatusOwner {
  readonly id: string
  readonly keys: readonly (KeyLife & { readonly use: string })[]
}

/**
 * Opens a status list in either form with the status key that it names, good at the list's `iat`. Throws key/unknown,
 * signature/invalid, key/revoked, key/outside-validity and the codes of status lists.
 */
export type OpenStatusList = (bytes: Uint8Array | string) => Promise<TrustedStatusList>

interface StatusKey {
  readonly ownerId: string
  readonly life: KeyLife
}

/** Looks the owners' status keys up once; the result opens any number of lists. */
export function statusListOpener(owners: readonly StatusOwner[]): OpenStatusList {
  const byKid = new Map<string, StatusKey[]>()
  for (const { id, keys } of owners) {
    for (const life of keys) {
      if (life.use !== 'status') continue
      const kid = toHex(life.key.kid)
      const entry = { ownerId: id, life }
      byKid.set(kid, [...(byKid.get(kid) ?? []), entry])
    }
  }
  return async (bytes) => openTrustedStatusList(byKid, decodeStatusList(bytes))
}

async function openTrustedStatusList(
  byKid: ReadonlyMap<string, readonly StatusKey[]>,
  token: StatusListToken,
): Promise<TrustedStatusList> {
  const { kid, algorithm } = token
  const named = kid === undefined ? [] : (byKid.get(toHex(kid)) ?? [])
  let refused: ErrorCode = 'key/unknown'
  for (const { ownerId, life } of named) {
    if (life.key.algorithm !== algorithm) continue
    const opened = keyValidity(life, token.issuedAt) ?? (await tryKey(token, life))
    if (typeof opened !== 'string') return { list: opened, ownerId }
    refused = opened
  }
  throw fault(refused)
}

async function tryKey(token: StatusListToken, { key }: KeyLife): Promise<StatusList | ErrorCode> {
  try {
    return await openStatusList(token, key)
  } catch (error) {
    if (error instanceof Fault && error.code === 'signature/invalid') return error.code
    throw error
  }
}
