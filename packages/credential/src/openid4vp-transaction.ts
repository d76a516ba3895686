/**
 * Transaction data (OpenID4VP 1.0 §8.4, B.3.3): what a holder's key signs beside the presentation. Ours has one type, the matter
 * and what it is for; whoever does not know a type refuses the request, so an office asks for it only where it wants it.
 */
import {
  encodeJson,
  fault,
  fromBase64url,
  isObject,
  type JsonValue,
  parseJson,
  sha256Base64url,
  textToBase64url,
} from '@onetrip/codec'

/** `type` of the transaction data that we know. */
export const MATTER_TRANSACTION = 'urn:onetrip:matter:1'

/** Most transaction data of one request. */
export const MAX_TRANSACTIONS = 8

const MAX_CHARACTERS = 4096
const HASH = 'sha-256'

/** What a matter's transaction data state. */
export interface MatterTransaction {
  /** Ids of credentials in the query. */
  readonly credentialIds: readonly string[]
  readonly matter: string
  readonly purpose: string
}

/** Transaction data that were received. */
export interface ReceivedTransaction extends MatterTransaction {
  /** As received: the hash is over this text. */
  readonly text: string
}

/** The base64url text that states a matter. */
export function matterTransaction({ credentialIds, matter, purpose }: MatterTransaction): string {
  const stated = { type: MATTER_TRANSACTION, credential_ids: credentialIds, matter, purpose }
  return textToBase64url(encodeJson(stated))
}

/** The hash that goes into a KB-JWT: SHA-256 of the text as received, base64url. */
export function transactionHash(text: string): string {
  return sha256Base64url(text)
}

/** The texts that concern a credential of the query. */
export function transactionsFor(
  received: readonly ReceivedTransaction[],
  queryId: string,
): readonly string[] {
  return received
    .filter(({ credentialIds }) => credentialIds.includes(queryId))
    .map(({ text }) => text)
}

/**
 * Parses the `transaction_data` of a request whose credentials have these ids. Throws `request/transaction-data`: another form
 * or type, a credential that is not asked, no SHA-256.
 */
export function parseTransactions(
  json: JsonValue | undefined,
  queryIds: readonly string[],
): readonly ReceivedTransaction[] {
  if (json === undefined) return []
  if (!Array.isArray(json) || json.length === 0 || json.length > MAX_TRANSACTIONS) {
    throw fault('request/transaction-data')
  }
  return json.map((text: JsonValue) => parseTransaction(text, queryIds))
}

function parseTransaction(text: JsonValue, queryIds: readonly string[]): ReceivedTransaction {
  if (typeof text !== 'string' || text.length > MAX_CHARACTERS) {
    throw fault('request/transaction-data')
  }
  const stated = decode(text)
  if (!isObject(stated) || stated['type'] !== MATTER_TRANSACTION) {
    throw fault('request/transaction-data')
  }
  const { credential_ids: ids, transaction_data_hashes_alg: hashes = [HASH] } = stated
  const { matter, purpose } = stated
  const isHashed = Array.isArray(hashes) && hashes.includes(HASH)
  if (!Array.isArray(ids) || ids.length === 0 || !isHashed) throw fault('request/transaction-data')
  if (typeof matter !== 'string' || typeof purpose !== 'string') {
    throw fault('request/transaction-data')
  }
  const credentialIds = ids.map((id: JsonValue) => {
    if (typeof id !== 'string' || !queryIds.includes(id)) throw fault('request/transaction-data')
    return id
  })
  return { text, credentialIds, matter, purpose }
}

function decode(text: string): JsonValue {
  try {
    return parseJson(fromBase64url(text))
  } catch {
    throw fault('request/transaction-data')
  }
}
