/**
 * Sealing a PDF: the impression covers the file as it was, the PAdES signature everything with the seal in it. What is kept
 * is the update that is appended, so that whoever brings the file again gets the same sealed file.
 */
import { equalBytes, fault, fromBase64url } from '@onetrip/codec'
import {
  assemblePadesSignature,
  buildPadesSignature,
  buildSealUpdate,
  digestAppearance,
  digestFile,
  encodeSealFile,
  findPage,
  openForSealing,
  type Pdf,
  parseCertificate,
  parseImpression,
  parseSealFile,
  readSealedPdf,
  type SealAppearance,
  sealAppearance,
  withSignature,
} from '@onetrip/seal'
import * as v from 'valibot'
import { findKeyword } from '../pdf-pages/find-keyword.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import type { SealTable } from '../storage/seal-schema.ts'
import { assertEarlierHold } from './assert-earlier-hold.ts'
import {
  commitImpression,
  finishImpression,
  type ImpressionOrder,
  type OpenedOrder,
  openOrder,
  sealBytes,
  sealFacts,
} from './impression-rows.ts'
import { caOf } from './seal-certificate.ts'
import { PLACE, type Place } from './seal-request.ts'

/** Name of the embedded `.seal`. */
const ATTACHMENT_NAME = 'onetrip.seal'

/** Where the seal is set; kept with the commitment, so that it is set there again. */
const BESIDE = v.strictObject({ page: v.number(), left: v.number(), bottom: v.number() })
type Beside = v.InferOutput<typeof BESIDE>

/** An order for a PDF. */
export interface PdfOrder extends ImpressionOrder {
  readonly pdf: Uint8Array
}

/**
 * What is to be appended to the PDF: the one seal that the approval allows. Throws as `openOrder`; `seal/digest-mismatch`
 * for another file; `seal/length-mismatch` where another length was asked for; `seal/covered-invalid` where a seal in it does
 * not hold; `approval/place` for a file that was not asked to be sealed as a PDF; `pdf/*` for one that cannot be sealed, or has
 * no such place; `certificate/missing` for a seal without one.
 */
export async function sealPdf(services: Services, order: PdfOrder): Promise<Uint8Array> {
  const { pdf: bytes } = order
  const { sha256: digest } = await digestFile([bytes])
  if (!equalBytes(digest, fromBase64url(order.sha256))) throw fault('seal/digest-mismatch')
  const asked = await openOrder(services, services.storage, order)
  if (asked.file.place === null) throw fault('approval/place')
  if (bytes.length !== asked.file.length) throw fault('seal/length-mismatch')
  const pdf = openForSealing(bytes)
  const appearance = appearanceFor(asked.seal)
  const at = await placeFor({ asked, pdf, appearance })
  const covers = earlierImpressions(bytes)
  // What is committed to is signed, whatever has become of the earlier seals since.
  const isWaiting = asked.file.state === 'waiting'
  if (isWaiting && covers.length > 0) await assertEarlierHold(services, { pdf: bytes })
  const opened = await transact(services.storage, async (transaction) => {
    const found = await openOrder(services, transaction, order)
    await commitImpression(services, transaction, found, {
      appearance: digestAppearance(appearance),
      covers,
      beside: JSON.stringify(at),
    })
    return found
  })
  return finishImpression(services, opened, async (impression, beside) => {
    const { page, ...place } = v.parse(BESIDE, JSON.parse(beside))
    const seals = [sealBytes(opened.seal)]
    const { owner } = sealFacts(opened.seal)
    const update = buildSealUpdate({
      pdf,
      page,
      place,
      appearance,
      attachment: encodeSealFile({ seals, impressions: [impression] }, covers),
      attachmentName: ATTACHMENT_NAME,
      signedAt: parseImpression(impression.cose).facts.issuedAt,
      signerName: owner.name,
      reason: opened.use.purpose,
    })
    return withSignature(update, await padesOf(services, opened.seal, update.toBeDigested))
  })
}

async function padesOf(
  services: Services,
  seal: SealTable,
  ranges: readonly Uint8Array[],
): Promise<Uint8Array> {
  const ca = await caOf(services, seal.jws_key_id ?? '')
  if (ca === undefined || seal.certificate === null) throw fault('certificate/missing')
  const certificate = parseCertificate(fromBase64url(seal.certificate), 'seal')
  const { sha256: digest } = await digestFile(ranges)
  const content = { digest, certificate, ca }
  const toBeSigned = buildPadesSignature(content)
  return assemblePadesSignature(
    content,
    await services.keys.signer(seal.key_id ?? '').sign(toBeSigned),
  )
}

function appearanceFor(seal: SealTable): SealAppearance {
  return sealAppearance(sealBytes(seal).image, sealFacts(seal).image)
}

/** Impressions of the seals that stand in the file, which this one covers. */
function earlierImpressions(bytes: Uint8Array): readonly Uint8Array[] {
  const earlier: Uint8Array[] = []
  for (const update of readSealedPdf(bytes).updates) {
    if (update.kind !== 'seal') continue
    const { impressions } = parseSealFile(update.attachment, earlier)
    earlier.push(...impressions.map(({ digest }) => digest))
  }
  return earlier
}

/** The left lower corner of the seal; its middle goes where it was asked for. */
async function placeFor(options: {
  readonly asked: OpenedOrder
  readonly pdf: Pdf
  readonly appearance: SealAppearance
}): Promise<Beside> {
  const { asked, pdf, appearance } = options
  const place = v.parse(PLACE, JSON.parse(asked.file.place ?? ''))
  const middle = await middleOf(pdf, place)
  const { rotate, box } = findPage(pdf, middle.page)
  const isOnSide = rotate === 90 || rotate === 270
  const width = isOnSide ? appearance.height : appearance.width
  const height = isOnSide ? appearance.width : appearance.height
  const left = middle.x - width / 2
  const bottom = middle.y - height / 2
  if (!('keyword' in place)) return { page: middle.page, left, bottom }
  // A word at the edge has its seal beside it, whole.
  return {
    page: middle.page,
    left: within(left, box.left, box.right - width),
    bottom: within(bottom, box.bottom, box.top - height),
  }
}

/** Places are written with three decimals, so the bounds are rounded inwards. */
function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, Math.ceil(least * 1000) / 1000), Math.floor(most * 1000) / 1000)
}

async function middleOf(
  pdf: Pdf,
  place: Place,
): Promise<{ readonly page: number; readonly x: number; readonly y: number }> {
  if (!('keyword' in place)) return { ...place, page: place.page - 1 }
  const found = await findKeyword({ bytes: pdf.bytes, ...place })
  return { ...found, page: found.page - 1 }
}
