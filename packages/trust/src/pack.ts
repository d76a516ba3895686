/** The offline pack: a trust list and its status lists in one file of deterministic CBOR. */
import {
  decodeCbor,
  encodeCbor,
  fault,
  isArray,
  isBytes,
  isMap,
  type PublicKey,
} from '@onetrip/codec'
import { MAX_TRUST_LIST_CHARS, openTrustList } from './signed-trust-list.ts'
import { openStatusLists } from './status-lists.ts'
import { openTrust, type Trust } from './trust.ts'

/** Largest pack accepted, in bytes. */
export const MAX_PACK_BYTES = 16_777_216

const FORMAT = 1
const MEMBER = { format: 1, trustList: 2, statusLists: 3 } as const

/** What a pack carries, as it was signed. */
export interface PackContent {
  /** A signed trust list. */
  readonly trustList: string
  /** Status lists in their CWT form. */
  readonly statusLists: readonly Uint8Array[]
}

/** Builds a pack: the CBOR map {1: 1, 2: the trust list, 3: [status lists]}. */
export function buildPack({ trustList, statusLists }: PackContent): Uint8Array {
  return encodeCbor(
    new Map<number, number | string | readonly Uint8Array[]>([
      [MEMBER.format, FORMAT],
      [MEMBER.trustList, trustList],
      [MEMBER.statusLists, statusLists],
    ]),
  )
}

/** Reads the structure of a pack; nothing in it is verified. Throws trust/format, trust/too-large, cbor/*. */
export function parsePack(bytes: Uint8Array): PackContent {
  if (bytes.length > MAX_PACK_BYTES) throw fault('trust/too-large')
  const pack = decodeCbor(bytes, {
    maxBytes: MAX_PACK_BYTES,
    maxTextBytes: MAX_TRUST_LIST_CHARS,
    maxDepth: 2,
  })
  if (!isMap(pack) || pack.size !== 3 || pack.get(MEMBER.format) !== FORMAT) {
    throw fault('trust/format')
  }
  const trustList = pack.get(MEMBER.trustList)
  const statusLists = pack.get(MEMBER.statusLists)
  if (typeof trustList !== 'string' || !isArray(statusLists) || !statusLists.every(isBytes)) {
    throw fault('trust/format')
  }
  return { trustList, statusLists }
}

/**
 * Opens a pack: the trust list is verified with the root, each status list with a key of the agency that
 * names it. A bad trust list throws; a bad status list is recorded as a fault of the trust.
 * Throws the codes of {@link parsePack} and `openTrustList`.
 */
export async function openPack(options: {
  readonly bytes: Uint8Array
  readonly root: PublicKey
  readonly environment?: string | undefined
}): Promise<Trust> {
  const { bytes, root, environment } = options
  const { trustList, statusLists } = parsePack(bytes)
  const list = await openTrustList({ token: trustList, root, environment })
  return openTrust({ list, ...(await openStatusLists(list, statusLists)) })
}
