/**
 * A holder takes a copy back by proving its key: a delegation that was made from it (ARCHITECTURE §3), or what lies on a phone
 * that is given away. Its entry reads revoked for ever; the licence and its other copies stay as they are.
 */

import { fault, jwkThumbprint } from '@onetrip/codec'
import { JOSE_TYP } from '@onetrip/credential'
import { STATUS } from '@onetrip/status'
import { verifyHolderProof } from '../openid4vci/holder-proof.ts'
import { useNonce } from '../openid4vci/nonce.ts'
import { recordActs } from '../record/append.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'

/**
 * Withdraws every copy that is bound to the key of the proof, and answers how many there are; asked again, the same. Throws
 * `openid/proof`, `openid/nonce`, `licence/not-found` where nothing was issued to that key.
 */
export async function withdrawCopy(services: Services, proofText: string): Promise<number> {
  const { keys, nonce } = await verifyHolderProof({
    proof: proofText,
    audience: services.config.apiOrigin,
    // It is about the key that signs it, and no other.
    attesters: [],
    now: services.now(),
    typ: JOSE_TYP.withdrawal,
  })
  return transact(services.storage, async (transaction) => {
    await useNonce(services, transaction, nonce)
    const bound = await transaction
      .selectFrom('credential')
      .innerJoin('licence', 'licence.id', 'credential.licence_id')
      .select(['credential.id', 'licence_id', 'agency_id', 'list_id', 'withdrawn_at'])
      .where('holder_key', 'in', keys.map(jwkThumbprint))
      .where('state', 'in', ['pending', 'issued'])
      .execute()
    if (bound.length === 0) throw fault('licence/not-found')
    const standing = bound.filter(({ withdrawn_at: withdrawnAt }) => withdrawnAt === null)
    for (const { id, list_id: listId } of standing) {
      await transaction
        .updateTable('credential')
        .set({ status: STATUS.revoked, withdrawn_at: services.now() })
        .where('id', '=', id)
        .execute()
      await transaction
        .updateTable('status_list')
        .set((columns) => ({ revision: columns('revision', '+', 1) }))
        .where('id', '=', listId)
        .execute()
    }
    const acts = standing.map(({ id: credential, licence_id: licence, agency_id: agency }) => {
      const facts = { credential, licence }
      return { act: 'licence/withdraw-copy', agency, facts }
    })
    await recordActs(services, transaction, acts)
    return bound.length
  })
}
