/** Applying for a seal: the owner's name comes from the register, never from the request. */
import { fault, fromBase64url, toBase64url } from '@onetrip/codec'
import { barePng, readPng } from '@onetrip/seal'
import { assertSealMaker } from '../actors/api-keys.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { type StorageReader, type StorageTransaction, transact } from '../storage/database.ts'
import { answerOnce, type RepeatableRequest } from '../storage/idempotency.ts'
import { registeredNames } from '../trust-data/office-names.ts'
import type { Application } from './seal-request.ts'
import { addEvent, assertOwner, loadSeal } from './seal-rows.ts'

/**
 * Records an application of the actor's organisation and answers its id; the same for each retry. Throws `auth/forbidden`, `seal/maker-unknown`,
 * `issuer/unknown`, `seal/image-format`, `encoding/base64url`, `seal/not-found` and `seal/state` for a seal to be replaced
 * that is not there or has ended.
 */
export async function applyForSeal(
  services: Services,
  wanted: {
    readonly actor: Actor
    readonly application: Application
    readonly repeatable: RepeatableRequest | undefined
  },
): Promise<string> {
  const { actor, repeatable: request } = wanted
  assertAllowed(actor, 'own-seals')
  return transact(services.storage, (transaction) =>
    answerOnce(services, transaction, {
      request,
      make: () => recordApplication(services, transaction, wanted),
    }),
  )
}

async function recordApplication(
  services: Services,
  transaction: StorageTransaction,
  { actor, application }: Parameters<typeof applyForSeal>[1],
): Promise<string> {
  const image = uploadedImage(application.image)
  const id = services.newId()
  await assertSealMaker(transaction, application.maker)
  const replaces = application.replaces ?? null
  if (replaces !== null) {
    const before = await loadSeal(transaction, actor, replaces)
    // Of others' seals a maker sees those that it made, and ends none of them.
    assertOwner(actor, before, 'own-seals')
    if (before.state !== 'in-use' && before.state !== 'suspended') throw fault('seal/state')
  }
  await transaction
    .insertInto('seal')
    .values({
      id,
      seal_maker_id: application.maker,
      owner_id: actor.agencyId,
      owner_name: await ownerName(transaction, actor.agencyId),
      name: application.name,
      kind: application.kind,
      rank: application.rank,
      lower_line: application.lowerLine ?? null,
      number: null,
      state: 'applied',
      replaces,
      licences: application.licences === true ? 1 : 0,
      ...image,
      list_id: null,
      idx: null,
      status: 0,
      key_id: null,
      cbor_key_id: null,
      jws_key_id: null,
      draft: null,
      cose: null,
      jws: null,
      certificate: null,
      valid_from: null,
      valid_to: null,
      created_at: services.now(),
    })
    .execute()
  const { reason } = application
  const event = { seal_id: id, act: 'apply', reason, actor_id: actor.actorId } as const
  await addEvent(services, transaction, event)
  return id
}

interface ImageColumns {
  readonly image: string | null
  readonly media_type: string | null
  readonly width_mm: number | null
  readonly height_mm: number | null
}

/** An uploaded PNG without what else stood in its file. */
function uploadedImage(image: Application['image']): ImageColumns {
  if (image === undefined) {
    return { image: null, media_type: null, width_mm: null, height_mm: null }
  }
  const { widthMm, heightMm } = image
  const png = barePng(fromBase64url(image.png))
  readPng(png, { widthMm, heightMm })
  return {
    image: toBase64url(png),
    media_type: 'image/png',
    width_mm: widthMm,
    height_mm: heightMm,
  }
}

/** A seal is whoever's decides, whether or not they issue licences. */
async function ownerName(reader: StorageReader, id: string): Promise<string> {
  const name = (await registeredNames(reader, [id])).get(id)
  if (name === undefined) throw fault('issuer/unknown')
  return name['zh-CN']
}
