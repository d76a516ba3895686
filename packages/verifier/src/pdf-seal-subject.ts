/** What the rules on a seal in a PDF look at: the update that put it there, and the signature over the whole. */
import { equalBytes, samePublicKey } from '@onetrip/codec'
import {
  digestAppearance,
  digestFile,
  type JudgedImpression,
  type PadesSignature,
  parsePadesSignature,
  type SealedUpdate,
  verifyImpressions,
  verifyPadesSignature,
} from '@onetrip/seal'
import type { SealMakerKey } from '@onetrip/trust'
import type { DocumentQuestion, PdfQuestion } from './document-question.ts'
import { type ImpressionSubject, impressionSubject } from './impression-subject.ts'
import type { Settled } from './rule.ts'
import { sealFile } from './rules/seal-file.ts'
import { settle, settleAsync } from './settle.ts'

/** A seal in a PDF. */
export interface PdfSealSubject extends ImpressionSubject {
  readonly update: SealedUpdate
  readonly pades: Settled<PadesSignature>
  /** The key of the maker whose certificate the signature holds. */
  readonly padesIssuer: Settled<SealMakerKey>
  /** Whether the signature holds over the file up to the end of the update. */
  readonly padesSignature: Settled<true>
  /** Whether each later update is a seal whose signatures hold. */
  readonly areLaterSealed: boolean
}

/** A seal in a PDF, or why the `.seal` in its update cannot be read. */
export type PdfSeal =
  | { readonly update: SealedUpdate; readonly subject: Omit<PdfSealSubject, 'areLaterSealed'> }
  | { readonly update: SealedUpdate; readonly subject?: undefined; readonly code: Unread }

type Unread = Extract<Settled<never>, { readonly code: string }>['code']

/** Gathers what is to be known of each seal, oldest first; the bytes are hashed twice for each and never copied. */
export async function gatherPdfSeals(
  pdf: Uint8Array,
  question: PdfQuestion,
): Promise<readonly PdfSeal[]> {
  const seals: PdfSeal[] = []
  const earlier: Uint8Array[] = []
  const bad: Uint8Array[] = []
  for (const update of question.sealedPdf.updates) {
    if (update.kind !== 'seal') continue
    const read = settle(() => sealFile.read(update.attachment, earlier))
    if (read.code !== undefined) {
      seals.push({ update, code: read.code })
      continue
    }
    const covered = await digestFile([pdf.subarray(0, update.start)])
    const [judged] = await verifyImpressions(read.value, {
      file: { ...covered, mediaType: 'application/pdf' },
      trust: question.trust,
      now: question.now,
      appearance: digestAppearance(update.appearance),
      bad,
    })
    if (judged === undefined) throw new TypeError('a .seal has an impression')
    const subject = await gatherPades({ judged, update, question })
    const isProven =
      subject.padesIssuer.code === undefined && subject.padesSignature.code === undefined
    earlier.push(judged.impression.digest)
    if (!judged.passed || !isProven) bad.push(judged.impression.digest)
    seals.push({ update, subject })
  }
  return seals
}

async function gatherPades(of: {
  readonly judged: JudgedImpression
  readonly update: SealedUpdate
  readonly question: DocumentQuestion
}): Promise<Omit<PdfSealSubject, 'areLaterSealed'>> {
  const { judged, update, question } = of
  const pades = settle(() => parsePadesSignature(update.cms))
  return {
    ...(await impressionSubject(judged, question)),
    update,
    pades,
    padesIssuer: pades.code === undefined ? findIssuer(pades.value, judged) : pades,
    padesSignature: pades.code === undefined ? await provePades(pades.value, update) : pades,
  }
}

/** The certificate of the maker is the one in the trust list, byte for byte, and of the key beside it. */
function findIssuer({ ca }: PadesSignature, { maker }: JudgedImpression): Settled<SealMakerKey> {
  const value = maker?.keys.find(
    ({ certificate, key }) =>
      certificate !== undefined && equalBytes(certificate, ca.bytes) && samePublicKey(key, ca.key),
  )
  return value === undefined ? { code: 'certificate/issuer' } : { value }
}

async function provePades(
  pades: PadesSignature,
  { toBeDigested, signedAt }: SealedUpdate,
): Promise<Settled<true>> {
  const { sha256: digest } = await digestFile(toBeDigested)
  return settleAsync<true>(async () => {
    await verifyPadesSignature(pades, { digest, ca: pades.ca, at: signedAt })
    return true
  })
}
