/**
 * How long a key stands in the trust list, and as what: from its announcement until the last thing that it may have signed
 * has ended. Verifiers judge what it signed by the time of signing, so it has to be there to the very end.
 */
import { type JsonObject, parseJson } from '@onetrip/codec'
import { MAX_COUNTER_SECONDS, MAX_CREDENTIAL_SECONDS } from '@onetrip/credential'
import { STATUS_LIFE_SECONDS } from '../status-lists/list-life.ts'
import type { OfficeKeyTable, SealMakerKeyTable, SigningKeyTable } from '../storage/schema.ts'

/** A seal is made for five years at most; then its owner has another one made. */
export const MAX_SEAL_SECONDS: number = 5 * 366 * 86_400

/** A key that asks over the network has a certificate for thirty days; then the server makes it another one. */
export const MAX_REQUEST_CERTIFICATE_SECONDS: number = 30 * 86_400

/** What a key is for. */
type Purpose = SigningKeyTable['purpose'] | OfficeKeyTable['use'] | SealMakerKeyTable['purpose']

/** How long what a key signed may be in force after it. */
const MAX_SECONDS: Readonly<Record<Purpose, number>> = {
  'issue-cbor': MAX_CREDENTIAL_SECONDS,
  'issue-jws': MAX_CREDENTIAL_SECONDS,
  'status-cbor': STATUS_LIFE_SECONDS,
  'status-jws': STATUS_LIFE_SECONDS,
  enrol: MAX_COUNTER_SECONDS,
  ask: MAX_REQUEST_CERTIFICATE_SECONDS,
  'seal-cbor': MAX_SEAL_SECONDS,
  'seal-jws': MAX_SEAL_SECONDS,
  'seal-status-cbor': STATUS_LIFE_SECONDS,
  'seal-status-jws': STATUS_LIFE_SECONDS,
}

/** What the rows of all keys share. */
export type KeyRow = Pick<
  SigningKeyTable,
  'public_jwk' | 'not_before' | 'not_after' | 'revoked_from' | 'retired_at'
>

/** The last second in which a key stands in the trust list (Unix seconds); undefined for one that was withdrawn before it began. */
export function listedUntil(row: KeyRow, purpose: Purpose): number | undefined {
  const end = lastSecondOf(row)
  // It has signed nothing; and the trust list knows no key that ends before it begins.
  return end < row.not_before ? undefined : end + MAX_SECONDS[purpose]
}

/** A key's entry in the trust list. */
export function keyEntry(
  row: KeyRow,
  scope: {
    readonly use: string
    readonly types?: readonly string[]
    readonly certificate?: string
  },
): JsonObject {
  return {
    jwk: parseJson(row.public_jwk),
    ...scope,
    notBefore: row.not_before,
    notAfter: lastSecondOf(row),
    ...(row.revoked_from === null ? {} : { revokedFrom: row.revoked_from }),
  }
}

/** What the key signed by then counts. */
function lastSecondOf({ not_after: notAfter, retired_at: retiredAt }: KeyRow): number {
  return Math.min(notAfter, retiredAt ?? notAfter)
}
