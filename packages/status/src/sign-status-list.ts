/**
 * Publishes one list in two forms with one `sub` (Token Status List draft-20 §5.1, §5.2). What was signed
 * is opened again by our own reader before it is handed out (case ST13).
 */

import {
  encodeCbor,
  equalBytes,
  fault,
  type JsonObject,
  type PublicKey,
  type Signer,
  signJws,
  signSign1,
  toBase64url,
} from '@onetrip/codec'
import { deflateWhole } from '#platform'
import { inflateZlib } from './inflate.ts'
import { getStatus, SENTINEL_INDEX, type StatusSize } from './status-bits.ts'
import {
  decodeStatusList,
  LIST_CLAIM,
  LIST_TYPE,
  MAX_LIST_ENTRIES,
  openStatusList,
} from './status-list.ts'
import { isStatusUri } from './status-reference.ts'

const HEADER_KID = 4
const HEADER_TYPE = 16

/** What a list says. */
export interface StatusListContent {
  /** The address of both forms. */
  readonly uri: string
  readonly bits: StatusSize
  /** Packed statuses, as `newStatusBits` makes them. */
  readonly statuses: Uint8Array
  /** Unix seconds. */
  readonly issuedAt: number
  /** Unix seconds, after `issuedAt`. */
  readonly expiresAt: number
  /** How long a reader may keep it before it asks again. */
  readonly ttlSeconds: number
}

/** One list in both forms. */
export interface StatusListForms {
  readonly cwt: Uint8Array
  readonly jwt: string
}

interface SigningWork {
  readonly content: StatusListContent
  /** The statuses as a zlib stream. */
  readonly compressed: Uint8Array
  readonly signer: Signer
}

/** Signs a list in both forms over one zlib stream. Throws as {@link signStatusListCwt} does. */
export async function signStatusList(
  content: StatusListContent,
  signers: { readonly cwt: Signer; readonly jwt: Signer },
): Promise<StatusListForms> {
  const compressed = compress(content)
  return {
    cwt: await signCwt({ content, compressed, signer: signers.cwt }),
    jwt: await signJwt({ content, compressed, signer: signers.jwt }),
  }
}

/**
 * Signs a list as a CWT: COSE_Sign1 with tag 18. Throws status/sentinel when the entry that is never
 * given out does not read valid.
 */
export async function signStatusListCwt(
  content: StatusListContent,
  signer: Signer,
): Promise<Uint8Array> {
  return signCwt({ content, compressed: compress(content), signer })
}

/** Signs a list as a JWT. Throws status/sentinel as {@link signStatusListCwt} does. */
export async function signStatusListJwt(
  content: StatusListContent,
  signer: Signer,
): Promise<string> {
  return signJwt({ content, compressed: compress(content), signer })
}

async function signCwt({ content, compressed, signer }: SigningWork): Promise<Uint8Array> {
  const list = new Map<string, number | Uint8Array>([
    ['bits', content.bits],
    ['lst', compressed],
  ])
  const claims = new Map<number, number | string | ReadonlyMap<string, number | Uint8Array>>([
    [LIST_CLAIM.sub, content.uri],
    [LIST_CLAIM.iat, content.issuedAt],
    [LIST_CLAIM.exp, content.expiresAt],
    [LIST_CLAIM.ttl, content.ttlSeconds],
    [LIST_CLAIM.list, list],
  ])
  const token = await signSign1({
    protectedHeader: new Map<number, string | Uint8Array>([
      [HEADER_KID, signer.publicKey.kid],
      [HEADER_TYPE, LIST_TYPE.cwt],
    ]),
    payload: encodeCbor(claims),
    signer,
  })
  await assertReadsBack({ token, compressed, key: signer.publicKey })
  return token
}

async function signJwt({ content, compressed, signer }: SigningWork): Promise<string> {
  const payload: JsonObject = {
    sub: content.uri,
    iat: content.issuedAt,
    exp: content.expiresAt,
    ttl: content.ttlSeconds,
    status_list: { bits: content.bits, lst: toBase64url(compressed) },
  }
  const token = await signJws({
    header: { typ: LIST_TYPE.jwt, kid: toBase64url(signer.publicKey.kid) },
    payload,
    signer,
  })
  await assertReadsBack({ token, compressed, key: signer.publicKey })
  return token
}

function compress({ uri, bits, statuses, issuedAt, expiresAt }: StatusListContent): Uint8Array {
  if (!isStatusUri(uri)) throw new TypeError('a status list needs an http(s) address')
  if (expiresAt <= issuedAt) throw new TypeError('a status list ends after it begins')
  if ((statuses.length * 8) / bits > MAX_LIST_ENTRIES) throw fault('status/too-large')
  if (getStatus({ statuses, bits, index: SENTINEL_INDEX }) !== 0) throw fault('status/sentinel')
  const compressed = deflateWhole(statuses)
  if (!equalBytes(inflateZlib(compressed, statuses.length), statuses))
    throw fault('status/sentinel')
  return compressed
}

async function assertReadsBack(options: {
  readonly token: Uint8Array | string
  readonly compressed: Uint8Array
  readonly key: PublicKey
}): Promise<void> {
  const { token, compressed, key } = options
  const decoded = decodeStatusList(token)
  const list = await openStatusList(decoded, key)
  if (list.get(SENTINEL_INDEX) !== 0 || !equalBytes(decoded.compressed, compressed)) {
    throw fault('status/sentinel')
  }
}
