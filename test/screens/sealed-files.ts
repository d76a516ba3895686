/** Sealed files that the screens are opened with, made once for a stage. */
import { LETTER_KEYWORDS, SAMPLE_LETTER, SAMPLE_LETTER_PDF } from '@onetrip/fixtures'
import { parseSealFile } from '@onetrip/seal'
import type { Demo } from '../e2e/demo.ts'
import { FOREIGN_FONTS_PDF, LATIN_WORD } from '../e2e/foreign-fonts.ts'
import { writePdf } from '../e2e/pdf-files.ts'
import { openSealDesk } from '../e2e/seal-desk.ts'
import type { DocumentVector } from '../vectors/document-verdicts.ts'
import { readVectorFolder } from '../vectors/read-vector-folder.ts'
import { mixed, stamped, trustStamper } from './time-stamps.ts'

/** A file as a browser is given it. */
export interface GivenFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

/** The files, by what they are. */
export interface SealedFiles {
  readonly letter: GivenFile
  readonly altered: GivenFile
  /** The `.seal` of the letter, with one impression and with two. */
  readonly seal: GivenFile
  readonly sealTwice: GivenFile
  /** One that a seal made, which is cancelled since. */
  readonly sealCancelled: GivenFile
  /** With a time-stamp, by a seal in use and by the cancelled one while it was. */
  readonly sealStamped: GivenFile
  readonly sealBefore: GivenFile
  /** With the time-stamp of another impression. */
  readonly sealMixed: GivenFile
  /** One by a maker that the trust data do not name, with its letter. */
  readonly stranger: readonly [GivenFile, GivenFile]
  readonly pdf: GivenFile
  readonly pdfTwice: GivenFile
  /** The same with bytes behind its last seal. */
  readonly pdfAppended: GivenFile
  /** One whose text is in fonts that it does not hold, and some in an unknown encoding. */
  readonly pdfFonts: GivenFile
  /** One that asks for a password. */
  readonly pdfLocked: GivenFile
  /** A seal by itself, and the one that is cancelled. */
  readonly sealAlone: GivenFile
  readonly sealAloneCancelled: GivenFile
}

/** Has the files sealed by the people of the sample agency. */
export async function sealFiles(demo: Demo): Promise<SealedFiles> {
  const desk = openSealDesk(demo)
  const name = '虚构市云栖区市场监督管理局'
  const [first, contract, cancelled] = [
    await desk.makeSeal({ name: `${name}公文专用章`, kind: '99', lowerLine: '公文专用章' }),
    await desk.makeSeal({ name: `${name}合同专用章`, kind: '04', lowerLine: '合同专用章' }),
    await desk.makeSeal({ name: `${name}旧公文专用章`, kind: '99', lowerLine: '公文专用章' }),
  ]
  const bytes = Buffer.from(SAMPLE_LETTER)
  const letter = { bytes, mediaType: 'text/plain' }
  const seal = await desk.sealFile({ sealId: first, ...letter })
  const sealTwice = await desk.sealFile({ sealId: contract, ...letter }, seal)
  const sealCancelled = await desk.sealFile({ sealId: cancelled, ...letter })
  const tsa = await trustStamper(demo)
  const sealStamped = await stamped(seal, tsa)
  const sealBefore = await stamped(sealCancelled, tsa)
  await desk.cancel(cancelled)
  const pdf = await desk.sealPdf({ sealId: first, bytes: SAMPLE_LETTER_PDF }, LETTER_KEYWORDS.first)
  const pdfTwice = await desk.sealPdf({ sealId: contract, bytes: pdf }, LETTER_KEYWORDS.second)
  const pdfFonts = await desk.sealPdf({ sealId: first, bytes: FOREIGN_FONTS_PDF }, LATIN_WORD)
  const altered = Buffer.from(bytes)
  altered.writeUInt8(altered.readUInt8(0) ^ 1, 0)
  return {
    letter: text('letter.txt', bytes),
    altered: text('letter.txt', altered),
    seal: sealNamed('letter.txt.seal', seal),
    sealTwice: sealNamed('letter.txt.seal', sealTwice),
    sealCancelled: sealNamed('letter.txt.seal', sealCancelled),
    sealStamped: sealNamed('letter.txt.seal', sealStamped),
    sealBefore: sealNamed('letter.txt.seal', sealBefore),
    sealMixed: sealNamed('letter.txt.seal', mixed(sealStamped, sealBefore)),
    stranger: strangersFile(),
    pdf: pdfNamed(pdf),
    pdfTwice: pdfNamed(pdfTwice),
    pdfAppended: pdfNamed(Buffer.concat([pdfTwice, Buffer.from('% appended\n')])),
    pdfFonts: pdfNamed(pdfFonts),
    pdfLocked: pdfNamed(
      Buffer.concat([writePdf({ pages: 1, locked: true }), Buffer.from('% onetrip-seal+cbor\n')]),
    ),
    sealAlone: sealNamed('seal.cbor', sealIn(seal)),
    sealAloneCancelled: sealNamed('seal.cbor', sealIn(sealCancelled)),
  }
}

/** The one seal of a `.seal`. */
function sealIn(sealFile: Uint8Array): Buffer {
  const [filed] = parseSealFile(sealFile).seals
  if (filed === undefined) throw new Error('no seal is in it')
  return Buffer.from(filed.bytes.cose)
}

function strangersFile(): readonly [GivenFile, GivenFile] {
  const vector = readVectorFolder<DocumentVector>('documents')['maker-unknown']
  const { file, seal } = vector?.input ?? {}
  if (file === undefined || seal === undefined) throw new Error('the vector is not there')
  return [
    text('letter.txt', Buffer.from(file.text)),
    sealNamed('letter.txt.seal', Buffer.from(seal, 'hex')),
  ]
}

function text(name: string, buffer: Buffer): GivenFile {
  return { name, mimeType: 'text/plain', buffer }
}

function sealNamed(name: string, buffer: Buffer): GivenFile {
  return { name, mimeType: 'application/octet-stream', buffer }
}

function pdfNamed(buffer: Buffer): GivenFile {
  return { name: '关于样例事项的复函.pdf', mimeType: 'application/pdf', buffer }
}
