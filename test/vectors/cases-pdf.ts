/** Cases about PDFs that carry their seals: both signatures, the update, and what else may stand in a file. */
import { concatBytes, fromHex, sha256, toHex, utf8Encode } from '@onetrip/codec'
import { MAX_PDF_BYTES } from '@onetrip/seal'
import {
  appendRevision,
  CATALOG,
  CONTENT,
  fromLatin1,
  PAGE,
  PAGES,
  toLatin1,
  writePdf,
} from '../../packages/seal/samples/pdf-files.ts'
import { IMAGE, SEALED_AT, sealFacts } from '../../packages/seal/samples/sample-seals.ts'
import { PAPER, type SealedPdfChanges, sealPdf } from '../../packages/seal/samples/sealed-pdf.ts'
import type { DocumentCase } from './cases-documents.ts'
import { KEEPERS, MAKERS, STRANGERS } from './document-cast.ts'

/** A case in few words: a file, and what becomes of it. */
interface PdfCase extends Omit<DocumentCase, 'input' | 'clause'> {
  readonly clause?: string
  readonly pdf: Uint8Array
  readonly padTo?: number
}

const NESTED = `${'['.repeat(99)}${']'.repeat(99)}`

/** All cases of this kind. */
export async function pdfCases(): Promise<readonly DocumentCase[]> {
  const cases = [...(await sealedCases()), ...fileCases, ...(await signatureCases())]
  return cases.map(({ pdf, padTo, ...rest }) => ({
    clause: 'ISO 32000-2 §12.8',
    ...rest,
    input: { trust: 'sealing', pdf: toHex(pdf), ...(padTo === undefined ? {} : { padTo }) },
  }))
}

async function sealed(base = PAPER, changes: SealedPdfChanges = {}) {
  return sealPdf(base, { makers: MAKERS, keepers: KEEPERS, ...changes })
}

/** Sealed files, and what was done to them. */
async function sealedCases(): Promise<readonly PdfCase[]> {
  const once = await sealed()
  const covers = [once.impression]
  const twice = await sealed(once.pdf, { covers, impression: { approval: 'second' } })
  const unsigned = await sealed(once.pdf, { makers: STRANGERS })
  const { image } = sealFacts()
  const undrawable = { image: { ...image, sha256: sha256(IMAGE) } }
  const none = { update: { attachment: Uint8Array.of(0xa0) } }
  const [, range = ''] = /\/ByteRange \[0 \d+ \d+ (\d+) /.exec(toLatin1(once.pdf)) ?? []
  return [
    { name: 'pdf-valid', why: 'a PDF sealed once', pdf: once.pdf, outcome: 'valid' },
    { name: 'pdf-twice', why: 'and once more', pdf: twice.pdf, outcome: 'valid' },
    red('pdf-altered', 'seal/digest-mismatch', edited(once.pdf, '0.9 g', '0.8 g')),
    red('pdf-update-differs', 'pdf/update-differs', edited(once.pdf, '/F 132', '/F 133')),
    red('pdf-byte-range', 'pdf/byte-range', edited(once.pdf, ` ${range} `, ` ${+range - 1} `)),
    red('pdf-other-revision', 'pdf/other-revision', appendRevision(once.pdf, { 4: CONTENT })),
    red('pdf-trailing-bytes', 'pdf/trailing-bytes', concatBytes(once.pdf, utf8Encode('%x\n'))),
    red('pdf-later-seal-unsigned', 'pdf/other-revision', unsigned.pdf),
    red('pdf-seal-file', 'seal/format', (await sealed(PAPER, none)).pdf),
    {
      name: 'pdf-newer-writer',
      why: 'a seal that a later version of the writer made',
      pdf: edited(once.pdf, '/App << /Name /OneTrip /R 1 >>', '/App << /Name /OneTrip /R 2 >>'),
      outcome: 'unverifiable',
      code: 'pdf/newer-writer',
    },
    {
      name: 'pdf-image-format',
      why: 'a seal whose image is none that we draw',
      pdf: (await sealed(PAPER, { seal: undrawable, image: IMAGE })).pdf,
      outcome: 'unverifiable',
      code: 'seal/image-format',
    },
    ...(await Promise.all(FOUND.map(foundCase))),
  ]
}

/** What stood in the file before it was sealed. */
const FOUND: readonly (readonly [PdfCase['outcome'], string, Uint8Array])[] = [
  ['unverifiable', 'active-content', withObject('<< /S /JavaScript /JS (x) >>')],
  ['unverifiable', 'dangling-reference', withObject('<< /A 77 0 R >>')],
  ['unverifiable', 'shadow-object', writePdf({ unlisted: '4 0 obj\nnull\nendobj\n' })],
  [
    'caution',
    'foreign-signature',
    writePdf({
      objects: [
        CATALOG.replace('>>', '/AcroForm << /Fields [5 0 R] >> >>'),
        ...[PAGES, PAGE, CONTENT],
        '<< /FT /Sig /T (Other) /V 6 0 R >>',
        '<< /Type /Sig /SubFilter /adbe.pkcs7.detached >>',
      ],
    }),
  ],
]

async function foundCase([outcome, what, base]: (typeof FOUND)[number]): Promise<PdfCase> {
  const code = `pdf/${what}`
  const { pdf } = await sealed(base)
  return { name: `pdf-${what}`, why: 'sealed with that in it', pdf, outcome, code }
}

/** Files that nobody sealed, or that cannot be read. */
const fileCases: readonly PdfCase[] = [
  ...(
    [
      ['not-sealed', PAPER],
      ['encrypted', writePdf({ trailer: ' /Encrypt << /Filter /Standard /V 5 >>' })],
      ['limit', withObject(NESTED)],
    ] as const
  ).map(([what, pdf]) => ({
    name: `pdf-${what}`,
    why: 'a file that says nothing to us',
    pdf,
    outcome: 'unverifiable' as const,
    code: `pdf/${what}`,
  })),
  {
    name: 'pdf-too-large',
    why: 'a byte more than a PDF may have',
    pdf: PAPER,
    padTo: MAX_PDF_BYTES + 1,
    outcome: 'unverifiable',
    code: 'pdf/too-large',
  },
  red('pdf-format', 'pdf/format', edited(PAPER, 'endobj', 'endoxx')),
  red('pdf-xref', 'pdf/xref', utf8Encode('%PDF-1.7\nnothing')),
]

/** The signature over the whole: its form, its certificates, its key. */
async function signatureCases(): Promise<readonly PdfCase[]> {
  const deep = fromHex(nestedDer(20))
  const { owner } = sealFacts()
  const subject = { organization: '别的局', commonName: '别的章', uscc: owner.uscc }
  const cases: readonly (readonly [string, string, SealedPdfChanges])[] = [
    ['cms-format', 'cms/format', { cms: (cms) => replacedHex(cms, '020101', '020103') }],
    ['der-malformed', 'der/malformed', { cms: () => Uint8Array.of(0x30, 0) }],
    ['der-not-canonical', 'der/not-canonical', { cms: () => Uint8Array.of(0x30, 0x81, 1, 5) }],
    ['der-limit', 'der/limit', { cms: () => deep }],
    [
      'certificate-format',
      'certificate/format',
      { cms: (cms) => replacedHex(cms, 'a003020102', 'a003020101') },
    ],
    ['certificate-issuer', 'certificate/issuer', { certifier: STRANGERS.jws }],
    ['certificate-expired', 'certificate/expired', { certificate: { notAfter: SEALED_AT - 1 } }],
    [
      'certificate-not-yet-valid',
      'certificate/not-yet-valid',
      { certificate: { notBefore: SEALED_AT + 1 } },
    ],
    ['pades-key', 'seal/key-not-listed', { signer: STRANGERS.jws }],
    ['pades-subject', 'seal/forms-differ', { certificate: { subject } }],
    ['pades-facts', 'seal/forms-differ', { update: { reason: '别的用途' } }],
    ['pades-signature', 'signature/invalid', { cms: (cms) => cms.with(-1, (cms.at(-1) ?? 0) ^ 1) }],
  ]
  return Promise.all(
    cases.map(async ([name, code, changes]) => {
      const isGrey = code === 'der/limit' || code === 'certificate/issuer'
      return {
        name: `pdf-${name}`,
        clause: 'EN 319 142-1 §6.3',
        why: 'a seal under a signature that is not its own, or not well formed',
        pdf: (await sealed(PAPER, changes)).pdf,
        outcome: isGrey ? 'unverifiable' : 'invalid',
        code,
      } as const
    }),
  )
}

function red(name: string, code: string, pdf: Uint8Array): PdfCase {
  return { name, why: 'not as it was sealed, or not to be read', pdf, outcome: 'invalid', code }
}

function withObject(object: string): Uint8Array {
  return writePdf({ objects: [CATALOG, PAGES, PAGE, CONTENT, object] })
}

function edited(pdf: Uint8Array, old: string, fresh: string): Uint8Array {
  return fromLatin1(toLatin1(pdf).replace(old, fresh.padEnd(old.length)))
}

function replacedHex(bytes: Uint8Array, old: string, fresh: string): Uint8Array {
  return fromHex(toHex(bytes).replace(old, fresh))
}

/** Sequences within each other. */
function nestedDer(depth: number): string {
  if (depth === 0) return ''
  const inner = nestedDer(depth - 1)
  return `30${(inner.length / 2).toString(16).padStart(2, '0')}${inner}`
}
