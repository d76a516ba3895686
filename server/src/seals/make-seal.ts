/**
 * Making a seal (制章): number, key, picture and index are committed together with what will be signed, then both forms are
 * signed, then it is marked made. So whatever was signed is known and can be revoked, and a retry gives the same seal.
 */
import { fault, fromBase64url, type PublicKey, sha256, toBase64url } from '@onetrip/codec'
import {
  buildSeal,
  buildSealJws,
  isSealKind,
  readSealImage,
  type SealFacts,
  type SealImage,
} from '@onetrip/seal'
import { STATUS } from '@onetrip/status'
import { failpoint } from '../failpoint.ts'
import { settleWhereAvailable } from '../hsm/hsm-signer.ts'
import type { Actor } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { reserveSealIndex, type SealPlace } from '../status-lists/allocate-index.ts'
import { transact } from '../storage/database.ts'
import type { SealTable } from '../storage/seal-schema.ts'
import { sealMakerSigner } from '../trust-data/seal-makers.ts'
import { encodeForms, signForms } from './draft-forms.ts'
import { caOf, sealCertificateDraft, signCertificate } from './seal-certificate.ts'
import { drawPicture } from './seal-picture.ts'
import { addEvent, assertMaker, loadSeal } from './seal-rows.ts'

const DAY_SECONDS = 86_400
const SERIAL_DIGITS = 8
/** A USCC holds the area of its register (GB 32100-2015 §4.3). */
const AREA = { from: 2, to: 8 } as const

/**
 * Makes the seal that was applied for; asked again, it is the same. Throws `auth/forbidden`, `seal/not-found`, `seal/state`,
 * `seal/glyph-missing`, `seal/font-missing`, `key/unknown`, `key/unavailable`.
 */
export async function makeSeal(
  services: Services,
  wanted: {
    readonly actor: Actor
    readonly sealId: string
    readonly days: number
    readonly reason: string
  },
): Promise<void> {
  const { actor, sealId } = wanted
  const applied = await loadSeal(services.storage, actor, sealId)
  assertMaker(actor, applied.seal_maker_id)
  if (applied.state === 'applied') await prepareSeal(services, wanted)
  else if (applied.state !== 'making') throw fault('seal/state')
  await signSeal(services, sealId)
}

/** Settles what a crash left between a seal's commitment and its signature; one whose HSM does not answer waits. Answers how many. */
export async function settleSeals(services: Services): Promise<number> {
  const rows = await services.storage
    .selectFrom('seal')
    .select('id')
    .where('state', '=', 'making')
    .execute()
  let settled = 0
  for (const { id } of rows) {
    if (await settleWhereAvailable(() => signSeal(services, id))) settled += 1
  }
  return settled
}

/** Commits to signing the seal under a number, an index and keys; nothing where another request did so meanwhile. */
async function prepareSeal(
  services: Services,
  { actor, sealId, days, reason }: Parameters<typeof makeSeal>[1],
): Promise<void> {
  await claimNumber(services, sealId)
  const row = await loadSeal(services.storage, actor, sealId)
  const image = await imageOf(services, row)
  const makerId = row.seal_maker_id
  const cbor = await sealMakerSigner(services, makerId, 'seal-cbor')
  const jws = await sealMakerSigner(services, makerId, 'seal-jws')
  const ca = await caOf(services, jws.keyId)
  const keyId = `seal-${sealId}`
  const { publicKey } = await services.keys.makeSigner(keyId, { algorithm: 'ES256', kind: 'seal' })
  await transact(services.storage, async (transaction) => {
    if ((await loadSeal(transaction, actor, sealId)).state !== 'applied') return
    const place = await reserveSealIndex(services, transaction, makerId)
    const facts = factsOf({ row, image, publicKey, place, now: services.now(), days })
    const cose = buildSeal({ facts, kid: cbor.signer.publicKey.kid, algorithm: 'Ed25519' })
    const text = buildSealJws({ facts, kid: jws.signer.publicKey.kid, algorithm: 'ES256' })
    const certificate =
      ca === undefined ? undefined : sealCertificateDraft(services, { facts, publicKey, ca })
    await transaction
      .updateTable('seal')
      .set({
        state: 'making',
        image: toBase64url(image.bytes),
        media_type: image.mediaType,
        width_mm: image.widthMm,
        height_mm: image.heightMm,
        list_id: place.listId,
        idx: place.index,
        // Until it is registered it counts for nothing.
        status: STATUS.suspended,
        key_id: keyId,
        cbor_key_id: cbor.keyId,
        jws_key_id: jws.keyId,
        draft: encodeForms(cose, text),
        // Signed with the others, and kept as what is to be signed until then.
        certificate: certificate === undefined ? null : toBase64url(certificate),
        valid_from: facts.validFrom,
        valid_to: facts.validTo,
      })
      .where('id', '=', sealId)
      .execute()
    const event = { seal_id: sealId, act: 'make', reason, actor_id: actor.actorId } as const
    await addEvent(services, transaction, event)
    failpoint(services.config, 'seal/before-commit')
  })
  failpoint(services.config, 'seal/after-commit')
}

/** Signs both forms of a seal in state `making`; of two that do so at once the first one's are kept. */
async function signSeal(services: Services, sealId: string): Promise<void> {
  const row = await services.storage
    .selectFrom('seal')
    .select(['state', 'draft', 'certificate', 'cbor_key_id', 'jws_key_id'])
    .where('id', '=', sealId)
    .executeTakeFirstOrThrow()
  if (row.state !== 'making' || row.draft === null) return
  const { cose, jws } = await signForms(row.draft, {
    cose: services.keys.signer(row.cbor_key_id ?? ''),
    jws: services.keys.signer(row.jws_key_id ?? ''),
  })
  const certificate =
    row.certificate === null
      ? null
      : await signCertificate(services.keys.signer(row.jws_key_id ?? ''), row.certificate)
  failpoint(services.config, 'seal/after-sign')
  await transact(services.storage, async (transaction) => {
    await transaction
      .updateTable('seal')
      .set({ state: 'made', cose: toBase64url(cose), jws, certificate, draft: null })
      .where('id', '=', sealId)
      .where('state', '=', 'making')
      .execute()
  })
}

/** The next number of the owner's area, which the seal keeps. */
async function claimNumber({ storage }: Services, sealId: string): Promise<void> {
  await transact(storage, async (transaction) => {
    const { number, owner_id: ownerId } = await transaction
      .selectFrom('seal')
      .select(['number', 'owner_id'])
      .where('id', '=', sealId)
      .executeTakeFirstOrThrow()
    if (number !== null) return
    const area = ownerId.slice(AREA.from, AREA.to)
    const { next } = await transaction
      .insertInto('seal_number')
      .values({ area, next: 2 })
      .onConflict((conflict) =>
        conflict
          .column('area')
          .doUpdateSet((columns) => ({ next: columns('seal_number.next', '+', 1) })),
      )
      .returning('next')
      .executeTakeFirstOrThrow()
    const claimed = `${area}${String(next - 1).padStart(SERIAL_DIGITS, '0')}`
    await transaction
      .updateTable('seal')
      .set({ number: claimed })
      .where('id', '=', sealId)
      .execute()
  })
}

interface StatedImage extends Omit<SealImage, 'sha256'> {
  readonly bytes: Uint8Array
}

/** The picture that was uploaded, else one that is drawn. */
async function imageOf(services: Services, row: SealTable): Promise<StatedImage> {
  if (row.image === null) {
    return { ...(await drawPicture(services, row, row.number ?? '')), mediaType: 'image/svg+xml' }
  }
  const [widthMm, heightMm] = [row.width_mm ?? 0, row.height_mm ?? 0]
  return { bytes: fromBase64url(row.image), mediaType: 'image/png', widthMm, heightMm }
}

function factsOf(options: {
  readonly row: SealTable
  readonly image: StatedImage
  readonly publicKey: PublicKey
  readonly place: SealPlace
  readonly now: number
  readonly days: number
}): SealFacts {
  const { row, image, publicKey, place, now, days } = options
  const { bytes, ...shown } = image
  const stated = { ...shown, sha256: sha256(bytes) }
  readSealImage(bytes, stated)
  if (!isSealKind(row.kind)) throw new TypeError('seal: stored kind')
  return {
    maker: row.seal_maker_id,
    id: row.number ?? '',
    issuedAt: now,
    validFrom: now,
    validTo: now + days * DAY_SECONDS,
    name: row.name,
    kind: row.kind,
    owner: { name: row.owner_name, uscc: row.owner_id },
    image: stated,
    keys: [publicKey],
    status: { uri: place.uri, index: place.index },
  }
}
