/**
 * The signing order (ARCHITECTURE §7; letsencrypt/boulder's issuance cycle): what will be signed is committed as
 * `pending` under its own index, then signed, then marked `issued`. So whatever was signed is known and can
 * be revoked, and a crash in between is settled at the next start (promise O3).
 */

import { STATUS } from '@onetrip/status'
import { failpoint } from '../failpoint.ts'
import { settleWhereAvailable } from '../hsm/hsm-signer.ts'
import { recordAct, recordIssued } from '../record/append.ts'
import { heldText, rowHold } from '../record/row-hold.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import type { CredentialTable } from '../storage/schema.ts'
import { withdrawCredentials } from './change-status.ts'
import {
  type CredentialDraft,
  completeDraft,
  decodeDraft,
  encodeDraft,
  entryOf,
  signingInputOf,
} from './credential-draft.ts'

/** Commits to signing `draft` with the key `keyId`, bound to the holder's key where there is one. */
export async function storePending(
  transaction: StorageTransaction,
  pending: {
    readonly credentialId: string
    readonly keyId: string
    readonly draft: CredentialDraft
    /** RFC 7638 thumbprint. */
    readonly holderKey?: string
  },
): Promise<void> {
  await transaction
    .updateTable('credential')
    .set({
      state: 'pending',
      key_id: pending.keyId,
      holder_key: pending.holderKey ?? null,
      draft: encodeDraft(pending.draft),
    })
    .where('id', '=', pending.credentialId)
    .where('state', '=', 'reserved')
    .execute()
}

/**
 * The signed credential of a pending or issued row, as text (CBOR as base64url). Two callers at once may both
 * sign; the first to commit is what everybody gets.
 */
export async function signPending(services: Services, credentialId: string): Promise<string> {
  const row = await loadRow(services, credentialId)
  if (row.credential !== null) return row.credential
  if (row.state !== 'pending' || row.key_id === null || row.draft === null) {
    throw new TypeError('credential: nothing is pending')
  }
  failpoint(services.config, 'sign/after-reserve')
  const draft = decodeDraft(row.draft)
  const signature = await services.keys.signer(row.key_id).sign(signingInputOf(draft))
  failpoint(services.config, 'sign/after-sign')
  const credential = completeDraft(draft, signature)
  await transact(services.storage, async (transaction) => {
    const issued = await transaction
      .updateTable('credential')
      .set({ state: 'issued', credential, draft: null, issued_at: services.now() })
      .where('id', '=', credentialId)
      .where('state', '=', 'pending')
      .returningAll()
      .executeTakeFirst()
    if (issued !== undefined) {
      const { licence_id: licence } = issued
      const { agency_id: agency, actor_id: officer } = await transaction
        .selectFrom('licence')
        .select(['agency_id', 'actor_id'])
        .where('id', '=', licence)
        .executeTakeFirstOrThrow()
      const { form } = draft
      const held = rowHold(services, [heldText('credential', issued)])
      const facts = { credential: credentialId, licence, form, key: row.key_id, officer, row: held }
      await recordIssued(services, transaction, {
        entry: entryOf(form, credential),
        act: { act: 'credential/issue', agency, facts },
      })
      await replaceEarlier(services, transaction, issued)
    }
    failpoint(services.config, 'sign/before-commit')
  })
  failpoint(services.config, 'sign/after-commit')
  return (await loadRow(services, credentialId)).credential ?? credential
}

/** What an offer that replaces gives out, while nobody withdrew it, takes the place of every earlier copy (a new phone). */
async function replaceEarlier(
  services: Services,
  transaction: StorageTransaction,
  issued: Pick<CredentialTable, 'licence_id' | 'offer_id' | 'withdrawn_at'>,
): Promise<void> {
  if (issued.offer_id === null || issued.withdrawn_at !== null) return
  const offer = await transaction
    .selectFrom('offer')
    .select('replaces')
    .where('id', '=', issued.offer_id)
    .executeTakeFirstOrThrow()
  if (offer.replaces === 1) {
    await withdrawCredentials(services, transaction, {
      licenceId: issued.licence_id,
      exceptOffer: issued.offer_id,
    })
  }
}

/** Settles what a crash left: signs pending credentials again, voids those whose key is gone; one whose HSM does not answer waits. Returns how many. */
export async function reconcilePending(services: Services): Promise<number> {
  const rows = await services.storage
    .selectFrom('credential')
    .select(['id', 'key_id'])
    .where('state', '=', 'pending')
    .execute()
  let settled = 0
  for (const { id, key_id: keyId } of rows) {
    const isKept = keyId !== null && services.keys.has(keyId)
    const settle = isKept ? signPending : voidCredential
    if (await settleWhereAvailable(() => settle(services, id))) settled += 1
  }
  return settled
}

/** It may have been signed before the crash, so its bit reads revoked. */
async function voidCredential(services: Services, credentialId: string): Promise<void> {
  await transact(services.storage, async (transaction) => {
    const row = await transaction
      .updateTable('credential')
      .set({ state: 'void', status: STATUS.revoked, withdrawn_at: services.now() })
      .where('id', '=', credentialId)
      .where('state', '=', 'pending')
      .returning(['list_id', 'licence_id'])
      .executeTakeFirst()
    if (row === undefined) return
    const facts = { credential: credentialId, licence: row.licence_id }
    await recordAct(services, transaction, { act: 'credential/void', facts })
    await transaction
      .updateTable('status_list')
      .set((columns) => ({ revision: columns('revision', '+', 1) }))
      .where('id', '=', row.list_id)
      .execute()
  })
  services.log('credential/voided', { credentialId })
}

async function loadRow(
  services: Services,
  credentialId: string,
): Promise<Pick<CredentialTable, 'state' | 'key_id' | 'draft' | 'credential'>> {
  return services.storage
    .selectFrom('credential')
    .select(['state', 'key_id', 'draft', 'credential'])
    .where('id', '=', credentialId)
    .executeTakeFirstOrThrow()
}
