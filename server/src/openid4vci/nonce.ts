/** Nonces for proofs: given out once, used once, good for five minutes (OpenID4VCI 1.0 §7). */
import { fault, toBase64url } from '@onetrip/codec'
import { hashSecret } from '../actors/api-keys.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'

const NONCE_BYTES = 32
const NONCE_LIFE_SECONDS = 300

/** Makes a nonce, 43 base64url characters, and forgets those that are over. */
export async function makeNonce(services: Services): Promise<string> {
  const nonce = toBase64url(services.random(NONCE_BYTES))
  const now = services.now()
  await transact(services.storage, async (transaction) => {
    await transaction.deleteFrom('nonce').where('expires_at', '<=', now).execute()
    await transaction
      .insertInto('nonce')
      .values({ hash: hashSecret(nonce), expires_at: now + NONCE_LIFE_SECONDS })
      .execute()
  })
  return nonce
}

/** Uses a nonce up; throws `openid/nonce` when it was not given out, is over, or was used. */
export async function useNonce(
  services: Services,
  transaction: StorageTransaction,
  nonce: string,
): Promise<void> {
  const result = await transaction
    .deleteFrom('nonce')
    .where('hash', '=', hashSecret(nonce))
    .where('expires_at', '>', services.now())
    .executeTakeFirst()
  if (result.numDeletedRows !== 1n) throw fault('openid/nonce')
}
