/**
 * The impression of an approved file: what will be signed is committed first, then signed in both forms, then kept, so that
 * one approval gives one impression however often and whenever it is asked for, a crash in between included.
 */
import { equalBytes, fault, fromBase64url, sha256, toBase64url } from '@onetrip/codec'
import {
  buildImpression,
  buildImpressionJws,
  encodeSealFile,
  type ImpressionFacts,
  parseSeal,
  parseSealFile,
  type SealBytes,
  type SealFileBytes,
} from '@onetrip/seal'
import * as v from 'valibot'
import type { Actor } from '../actors/api-keys.ts'
import { failpoint } from '../failpoint.ts'
import type { Services } from '../services.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'
import type { SealTable, SealUseFileTable, SealUseTable } from '../storage/schema.ts'
import { encodeForms, signForms } from './draft-forms.ts'
import { loadUse } from './request-use.ts'
import { assertOwner, loadSeal } from './seal-rows.ts'

const DRAFT = v.strictObject({ forms: v.string(), earlier: v.nullable(v.string()) })

/** Which file of which approval. */
export interface ImpressionOrder {
  readonly actor: Actor
  readonly useId: string
  /** base64url */
  readonly sha256: string
  /** The file's `.seal` as it is; what stands in it is covered by this impression, and stays. */
  readonly earlier?: Uint8Array | undefined
}

/**
 * The `.seal` file with the one impression that the approval allows for this file. Throws `auth/forbidden`,
 * `approval/not-found` (also for a digest that was not asked for), `approval/missing`, `approval/expired`, `seal/state`,
 * `seal/expired`; for `earlier` `seal/digest-mismatch` and what `parseSealFile` throws.
 */
export async function makeImpression(
  services: Services,
  order: ImpressionOrder,
): Promise<Uint8Array> {
  const { actor, useId } = order
  const seal = await transact(services.storage, async (transaction) => {
    const use = await loadUse(transaction, actor, useId)
    const row = await loadSeal(transaction, actor, use.seal_id)
    assertOwner(actor, row, 'request-seal')
    const file = await loadFile(transaction, order)
    if (file.state !== 'sealed') assertInUse(services, row)
    if (file.state === 'waiting') await commit(services, transaction, { order, use, row, file })
    return row
  })
  failpoint(services.config, 'impression/after-reserve')
  return sign(services, seal, order)
}

/** Commits to one impression. */
async function commit(
  services: Services,
  transaction: StorageTransaction,
  on: {
    readonly order: ImpressionOrder
    readonly use: SealUseTable
    readonly row: SealTable
    readonly file: SealUseFileTable
  },
): Promise<void> {
  const { order, use, row, file } = on
  if (use.state !== 'approved') throw fault('approval/missing')
  if (services.now() > use.good_until) throw fault('approval/expired')
  const { earlier } = order
  const facts = factsOf(services, on)
  const { kid, algorithm } = services.keys.signer(row.key_id ?? '').publicKey
  const input = { facts, kid, algorithm }
  const draft: v.InferOutput<typeof DRAFT> = {
    forms: encodeForms(buildImpression(input), buildImpressionJws(input)),
    earlier: earlier === undefined ? null : toBase64url(earlier),
  }
  await transaction
    .updateTable('seal_use_file')
    .set({ state: 'pending', draft: JSON.stringify(draft) })
    .where('use_id', '=', use.id)
    .where('sequence', '=', file.sequence)
    .execute()
}

function factsOf(
  services: Services,
  { order, use, row, file }: Parameters<typeof commit>[2],
): ImpressionFacts {
  const digest = fromBase64url(file.sha256)
  const { cose } = sealBytes(row)
  const { facts } = parseSeal(cose)
  return {
    file: { sha256: digest, length: file.length, mediaType: file.media_type },
    seal: { maker: facts.maker, id: facts.id, sha256: sha256(cose) },
    appearance: facts.image.sha256,
    purpose: use.purpose,
    issuedAt: services.now(),
    approval: use.id,
    covers: coveredBy(order.earlier, digest),
  }
}

/** The impressions of the file's `.seal`, all of which have to be of this very file. */
function coveredBy(earlier: Uint8Array | undefined, digest: Uint8Array): readonly Uint8Array[] {
  if (earlier === undefined) return []
  return parseSealFile(earlier).impressions.map((impression) => {
    if (!equalBytes(impression.cose.facts.file.sha256, digest)) throw fault('seal/digest-mismatch')
    return impression.digest
  })
}

/** Signs what is pending; of two that do so at once, both answer what the first one kept. */
async function sign(
  services: Services,
  seal: SealTable,
  order: ImpressionOrder,
): Promise<Uint8Array> {
  const file = await loadFile(services.storage, order)
  if (file.result !== null) return fromBase64url(file.result)
  const { forms, earlier } = v.parse(DRAFT, JSON.parse(file.draft ?? ''))
  const signer = services.keys.signer(seal.key_id ?? '')
  const signed = await signForms(forms, { cose: signer, jws: signer })
  failpoint(services.config, 'impression/after-sign')
  const before = earlier === null ? undefined : parseSealFile(fromBase64url(earlier))
  const result = encodeSealFile(joined(before, { seal: sealBytes(seal), signed }))
  await transact(services.storage, async (transaction) => {
    await transaction
      .updateTable('seal_use_file')
      .set({
        state: 'sealed',
        draft: null,
        result: toBase64url(result),
        sealed_at: services.now(),
      })
      .where('use_id', '=', order.useId)
      .where('sequence', '=', file.sequence)
      .where('state', '=', 'pending')
      .execute()
    failpoint(services.config, 'impression/before-commit')
  })
  failpoint(services.config, 'impression/after-commit')
  const kept = await loadFile(services.storage, order)
  return fromBase64url(kept.result ?? '')
}

/** The file's `.seal` with one impression more. */
function joined(
  before: ReturnType<typeof parseSealFile> | undefined,
  added: { readonly seal: SealBytes; readonly signed: { cose: Uint8Array; jws: string } },
): SealFileBytes {
  const { seal, signed } = added
  const seals = before?.seals.map(({ bytes }) => bytes) ?? []
  const isThere = seals.some(({ cose }) => equalBytes(cose, seal.cose))
  return {
    seals: isThere ? seals : [...seals, seal],
    impressions: [...(before?.impressions.map(({ bytes }) => bytes) ?? []), signed],
  }
}

function sealBytes({ cose, jws, image }: SealTable): SealBytes {
  if (cose === null || jws === null || image === null) throw new TypeError('seal: not made')
  return { cose: fromBase64url(cose), jws, image: fromBase64url(image) }
}

function assertInUse(services: Services, seal: SealTable): void {
  if (seal.state !== 'in-use') throw fault('seal/state')
  if (services.now() > (seal.valid_to ?? 0)) throw fault('seal/expired')
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
