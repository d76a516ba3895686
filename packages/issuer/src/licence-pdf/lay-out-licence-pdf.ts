/**
 * A licence as a PDF file, laid out by its type's definition: title and labels are the type's, the facts are all that the
 * licence states, and the paper code stands on the sheet and, as text, in the file. The file is there to be sealed.
 */
import { fault, fromBase64url, sha256, utf8Encode } from '@onetrip/codec'
import {
  assertFacts,
  CODE_FILE_NAME,
  type DisclosedClaim,
  dayText,
  isPlainText,
  type LicenceFacts,
  MAX_CODE_CHARACTERS,
  parseGlyphs,
  readClaims,
  shownFacts,
  type TypeDefinition,
} from '@onetrip/credential'
import type { FontFace } from '../font-face.ts'
import { drawA4 } from './a4-licence.ts'
import { drawCard } from './card-licence.ts'
import { shadesOf } from './colours.ts'
import { issueDay } from './issue-day.ts'
import type { DrawLicence, LicenceSheet } from './licence-sheet.ts'
import { PageContent } from './page-content.ts'
import type { StructureElement } from './structure.ts'
import { assertDrawable, openTextFont } from './text-font.ts'

/** `a4`: one sheet. `card`: ID-1, front and back. */
export type LicenceFormat = 'a4' | 'card'

const FORMATS: Readonly<Record<LicenceFormat, DrawLicence>> = { a4: drawA4, card: drawCard }

/** What a file is made from. */
export interface LicencePdfInput {
  readonly type: TypeDefinition
  readonly facts: LicenceFacts
  /** Name of the issuing agency, Chinese. */
  readonly agencyName: string
  /** 证照标识. */
  readonly identifier: string
  /** Gives the paper code's text (`OT1:…`), once; it is signed when everything else has its place. */
  readonly code: () => Promise<string>
  readonly format: LicenceFormat
  readonly font: FontFace
  /** Whether the licence is nobody's, and says so: 样例. */
  readonly isSpecimen: boolean
}

/**
 * Lays a licence out. The same input gives the same bytes. Throws `claim/*` for facts that do not fit the type,
 * `paper/too-long` when they have no room, `paper/glyph-missing` for a character without glyph and picture, all before it
 * asks for the code; `qr/too-big`; `TypeError` for a name that is no plain text, and for a font without the face named.
 */
export async function layOutLicencePdf(input: LicencePdfInput): Promise<Uint8Array> {
  const { type, facts, format, identifier } = input
  assertFacts(type, facts)
  if (!isPlainText(input.agencyName)) throw new TypeError('an agency has a plain name')
  const claims = readClaims(type, new Map(Object.entries(facts.claims)))
  let code = ''
  const sheet = sheetOf(input, claims, async () => {
    code = await input.code()
    if (code.length > MAX_CODE_CHARACTERS.paper) throw fault('qr/too-big')
    return code
  })
  const font = await openTextFont(input.font, picturesOf(claims))
  const texts = [...Object.values(sheet.title), sheet.agencyName, ...factTexts(sheet)]
  for (const text of texts) assertDrawable(font, text)
  // What writes files is loaded with the first: a server starts sooner without it.
  const { beginPdf } = await import('./write-pdf.ts')
  const pdf = await beginPdf(font, sha256(utf8Encode(`${format} ${identifier}`)))
  const structure: StructureElement = { type: 'Document', kids: [] }
  const pages: PageContent[] = []
  await FORMATS[format](sheet, {
    root: structure,
    newPage: (size) => {
      const page = new PageContent({ ...size, index: pages.length, font, encode: pdf.encode })
      pages.push(page)
      return page
    },
  })
  return pdf.finish({
    digest: sha256(utf8Encode(`${format} ${identifier} ${code}`)),
    title: `${type.name['zh-CN']} ${facts.serial}`,
    pages,
    structure,
    attachment: {
      name: CODE_FILE_NAME,
      bytes: utf8Encode(code),
      mediaType: 'text/plain',
      description: '证照纸面码',
    },
  })
}

function sheetOf(
  input: LicencePdfInput,
  claims: readonly DisclosedClaim[],
  code: LicenceSheet['code'],
): LicenceSheet {
  const { type, facts } = input
  return {
    title: type.name,
    facts: shownFacts({ ...facts, claims }),
    agencyName: input.agencyName,
    identifier: input.identifier,
    issuedOn: dayText(issueDay(type, facts))['zh-CN'],
    code,
    isSpecimen: input.isSpecimen,
    typeCode: type.typeCode,
    shades: shadesOf(type.hue),
  }
}

function factTexts({ facts }: LicenceSheet): readonly string[] {
  return facts.flatMap(({ label, text }) => [label['zh-CN'], text['zh-CN']])
}

function picturesOf(claims: readonly DisclosedClaim[]): ReadonlyMap<string, Uint8Array> {
  const pictures = claims
    .filter(({ format }) => format === 'glyphs')
    .flatMap(({ value }) => parseGlyphs(fromBase64url(String(value))))
  return new Map(
    pictures.map((picture) => [String.fromCodePoint(picture.codePoint), picture.bitmap]),
  )
}
