/** An approved file on its way to its impression, in the database: one commitment, one result, whoever asks how often. */

import { fault, fromBase64url, sha256, sha256Base64url, toBase64url } from '@onetrip/codec'
import {
  buildImpression,
  buildImpressionJws,
  type ImpressionBytes,
  type ImpressionFacts,
  impressionEntry,
  parseSeal,
  type SealBytes,
  type SealFacts,
} from '@onetrip/seal'
import { failpoint } from '../failpoint.ts'
import { recordIssued } from '../record/append.ts'
import type { Actor } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'
import type { SealTable, SealUseFileTable, SealUseTable } from '../storage/seal-schema.ts'
import { encodeForms } from './draft-forms.ts'
import { encodeDraft, keepSignatures, signedIn } from './impression-draft.ts'
import { proveTime } from './prove-time.ts'
import { loadUse } from './request-use.ts'
import { assertInUse, assertOwner, loadSeal } from './seal-rows.ts'

/** Which file of which approval. */
export interface ImpressionOrder {
  readonly actor: Actor
  readonly useId: string
  /** base64url */
  readonly sha256: string
}

/** An order with what the database says of it. */
export interface OpenedOrder {
  readonly order: ImpressionOrder
  readonly use: SealUseTable
  readonly seal: SealTable
  readonly file: SealUseFileTable
}

/**
 * Opens an order that may be carried out, or was already. Throws `auth/forbidden`, `approval/not-found` (also for a digest
 * that was not asked for), `approval/missing`, `approval/expired`, `seal/state`, `seal/expired`.
 */
export async function openOrder(
  services: Services,
  reader: StorageReader,
  order: ImpressionOrder,
): Promise<OpenedOrder> {
  const use = await loadUse(reader, order.actor, order.useId)
  const seal = await loadSeal(reader, order.actor, use.seal_id)
  assertOwner(order.actor, seal, 'request-seal')
  const file = await loadFile(reader, order)
  if (file.state !== 'sealed') assertInUse(services, seal)
  if (file.state === 'waiting') assertApproved(services, use)
  return { order, use, seal, file }
}

/** Commits to one impression of a waiting file; `beside` is kept with it and given back. Nothing where one is committed. */
export async function commitImpression(
  services: Services,
  transaction: StorageTransaction,
  opened: OpenedOrder,
  stated: Pick<ImpressionFacts, 'appearance' | 'covers'> & { readonly beside: string },
): Promise<void> {
  const { use, seal, file } = opened
  if (file.state !== 'waiting') return
  const { cose } = sealBytes(seal)
  const { maker, id } = sealFacts(seal)
  const facts: ImpressionFacts = {
    file: {
      sha256: fromBase64url(file.sha256),
      length: file.length,
      mediaType: file.media_type,
    },
    seal: { maker, id, sha256: sha256(cose) },
    appearance: stated.appearance,
    purpose: use.purpose,
    issuedAt: services.now(),
    approval: use.id,
    covers: stated.covers,
  }
  const { kid, algorithm } = services.keys.signer(seal.key_id ?? '').publicKey
  const input = { facts, kid, algorithm }
  const forms = encodeForms(buildImpression(input), buildImpressionJws(input))
  const draft = encodeDraft({ forms, beside: stated.beside })
  await transaction
    .updateTable('seal_use_file')
    .set({ state: 'pending', draft })
    .where('use_id', '=', use.id)
    .where('sequence', '=', file.sequence)
    .execute()
}

/**
 * The one result of a committed order: kept already, or what `finish` makes of the signed forms, with the proof of their time.
 * Of two that do so at once, both answer what the first one kept.
 */
export async function finishImpression(
  services: Services,
  opened: OpenedOrder,
  finish: (impression: ImpressionBytes, beside: string) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const { order, seal } = opened
  failpoint(services.config, 'impression/after-reserve')
  await keepSignatures(services, { file: await loadFile(services.storage, order), seal })
  failpoint(services.config, 'impression/after-keep')
  const file = await loadFile(services.storage, order)
  if (file.result !== null) return fromBase64url(file.result)
  const { forms, beside } = signedIn(file.draft ?? '')
  const proof = await proveTime(services, { cose: forms.cose, listId: seal.list_id })
  failpoint(services.config, 'impression/after-stamp')
  const result = toBase64url(await finish({ ...forms, ...proof.beside }, beside))
  failpoint(services.config, 'impression/after-sign')
  await transact(services.storage, async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('seal_use_file')
      .set({
        state: 'sealed',
        draft: null,
        result,
        sealed_at: services.now(),
        stamped_at: proof.stampedAt,
        stamp_fault: proof.fault,
      })
      .where('use_id', '=', order.useId)
      .where('sequence', '=', file.sequence)
      .where('state', '=', 'pending')
      .executeTakeFirst()
    if (numUpdatedRows > 0n) {
      const { id: use, requester_id: requester, keeper_id: keeper } = opened.use
      const made = sha256Base64url(result)
      const facts = { use, seal: seal.id, file: order.sha256, requester, keeper, result: made }
      const { actorId: actor } = order.actor
      await recordIssued(services, transaction, {
        entry: impressionEntry(forms.cose),
        act: { act: 'seal-use/seal', agency: seal.owner_id, actor, facts },
      })
    }
    failpoint(services.config, 'impression/before-commit')
  })
  failpoint(services.config, 'impression/after-commit')
  const kept = await loadFile(services.storage, order)
  return fromBase64url(kept.result ?? '')
}

/** A seal as it goes into files. */
export function sealBytes({ cose, jws, image }: SealTable): SealBytes {
  if (cose === null || jws === null || image === null) throw new TypeError('seal: not made')
  return { cose: fromBase64url(cose), jws, image: fromBase64url(image) }
}

/** What a seal states. */
export function sealFacts(seal: SealTable): SealFacts {
  return parseSeal(sealBytes(seal).cose).facts
}

function assertApproved(services: Services, { state, good_until: goodUntil }: SealUseTable): void {
  if (state !== 'approved') throw fault('approval/missing')
  if (services.now() > goodUntil) throw fault('approval/expired')
}

async function loadFile(
  reader: StorageReader,
  { useId, sha256: digest }: ImpressionOrder,
): Promise<SealUseFileTable> {
  const row = await reader
    .selectFrom('seal_use_file')
    .selectAll()
    .where('use_id', '=', useId)
    .where('sha256', '=', digest)
    .executeTakeFirst()
  if (row === undefined) throw fault('approval/not-found')
  return row
}
