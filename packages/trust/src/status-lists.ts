/** Status lists under a trust list: only the agency that names a list may have signed it. */
import { type ErrorCode, equalBytes, Fault, fault } from '@onetrip/codec'
import {
  decodeStatusList,
  openStatusList,
  type StatusList,
  type StatusListToken,
} from '@onetrip/status'
import { keyValidity } from './key-life.ts'
import type { TrustedStatusList, TrustFault } from './trust.ts'
import type { Agency, AgencyKey, TrustList } from './trust-list.ts'

/** What became of lists that were offered. */
export interface OpenedStatusLists {
  readonly statusLists: readonly TrustedStatusList[]
  readonly faults: readonly TrustFault[]
}

/** Opens every list that can be opened; one that cannot is recorded and never stops the others. */
export async function openStatusLists(
  list: TrustList,
  tokens: readonly (Uint8Array | string)[],
): Promise<OpenedStatusLists> {
  const results = await Promise.all(tokens.map((token) => settleStatusList(list, token)))
  return {
    statusLists: results.flatMap(({ opened }) => opened ?? []),
    faults: results.flatMap(({ refused }) => refused ?? []),
  }
}

/**
 * Verifies one list with a status key of the agency that names its URI, good at the list's `iat`.
 * Throws status/issuer-mismatch, signature/invalid, key/revoked, key/outside-validity and the codes of
 * status lists.
 */
export async function openTrustedStatusList(
  list: TrustList,
  token: StatusListToken,
): Promise<TrustedStatusList> {
  const agency = list.agencies.find(({ statusLists }) => statusLists.includes(token.uri))
  if (agency === undefined) throw fault('status/issuer-mismatch')
  const keys = statusKeys(agency, token)
  if (keys.length === 0) throw fault('status/issuer-mismatch')
  let refused: ErrorCode = 'signature/invalid'
  for (const agencyKey of keys) {
    const invalid = keyValidity(agencyKey, token.issuedAt)
    const opened = invalid ?? (await tryKey(token, agencyKey))
    if (typeof opened !== 'string') return { list: opened, agencyId: agency.id }
    refused = opened
  }
  throw fault(refused)
}

async function settleStatusList(
  list: TrustList,
  bytes: Uint8Array | string,
): Promise<{ readonly opened?: TrustedStatusList; readonly refused?: TrustFault }> {
  let token: StatusListToken | undefined
  try {
    token = decodeStatusList(bytes)
    return { opened: await openTrustedStatusList(list, token) }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { refused: { ...(token === undefined ? {} : { uri: token.uri }), code: error.code } }
  }
}

function statusKeys(agency: Agency, { kid, algorithm }: StatusListToken): readonly AgencyKey[] {
  return agency.keys.filter(
    ({ key, use }) =>
      use === 'status' &&
      key.algorithm === algorithm &&
      (kid === undefined || equalBytes(key.kid, kid)),
  )
}

async function tryKey(token: StatusListToken, { key }: AgencyKey): Promise<StatusList | ErrorCode> {
  try {
    return await openStatusList(token, key)
  } catch (error) {
    if (error instanceof Fault && error.code === 'signature/invalid') return error.code
    throw error
  }
}
