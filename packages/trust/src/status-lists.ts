/**
 * Status lists under a trust list. A list counts for the agency whose `status` key signed it, and for nobody else: another
 * agency may write the same address into a list of its own, and changes nothing by it.
 */
import { type ErrorCode, Fault, fault, toHex } from '@onetrip/codec'
import {
  decodeStatusList,
  openStatusList,
  type StatusList,
  type StatusListToken,
} from '@onetrip/status'
import { keyValidity } from './key-life.ts'
import type { Agency, AgencyKey } from './trust-list.ts'

/** A status list with the agency whose key verified it. */
export interface TrustedStatusList {
  readonly list: StatusList
  readonly agencyId: string
}

/**
 * Opens a status list in either form with the status key that it names, good at the list's `iat`. Throws key/unknown,
 * signature/invalid, key/revoked, key/outside-validity and the codes of status lists.
 */
export type OpenStatusList = (bytes: Uint8Array | string) => Promise<TrustedStatusList>

interface StatusKey {
  readonly agencyId: string
  readonly agencyKey: AgencyKey
}

/** Looks the agencies' status keys up once; the result opens any number of lists. */
export function statusListOpener(agencies: readonly Agency[]): OpenStatusList {
  const byKid = new Map<string, StatusKey[]>()
  for (const { id, keys } of agencies) {
    for (const agencyKey of keys) {
      if (agencyKey.use !== 'status') continue
      const kid = toHex(agencyKey.key.kid)
      const entry = { agencyId: id, agencyKey }
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
  for (const { agencyId, agencyKey } of named) {
    if (agencyKey.key.algorithm !== algorithm) continue
    const opened = keyValidity(agencyKey, token.issuedAt) ?? (await tryKey(token, agencyKey))
    if (typeof opened !== 'string') return { list: opened, agencyId }
    refused = opened
  }
  throw fault(refused)
}

async function tryKey(token: StatusListToken, { key }: AgencyKey): Promise<StatusList | ErrorCode> {
  try {
    return await openStatusList(token, key)
  } catch (error) {
    if (error instanceof Fault && error.code === 'signature/invalid') return error.code
    throw error
  }
}
