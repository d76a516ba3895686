import { type ErrorCode, sha256, utf8Encode } from '@onetrip/codec'
import { MAX_PDF_BYTES, sealAppearance } from '@onetrip/seal'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  appendRevision,
  fromLatin1,
  toLatin1,
  writePdf,
  writePdfWithFiles,
} from '../../seal/samples/pdf-files.ts'
import { KEEPER, SEALED_AT, STRANGER, sealFacts } from '../../seal/samples/sample-seals.ts'
import { type SealTrustChanges, sealTrust } from '../../seal/samples/sealed-letter.ts'
import {
  makerCertificate,
  PAPER,
  PICTURE,
  pictureOf,
  type SealedPdfChanges,
  sealPdf,
} from '../../seal/samples/sealed-pdf.ts'
import type { DocumentVerdict } from './document-verdict.ts'
import type { DocumentOptions } from './options.ts'
import type { Outcome } from './verdict.ts'
import { verifyDocument } from './verify-document.ts'

const HOUR = 3600
/** The seal lists its own keys, whoever uses it. */
const LISTED = { keys: [KEEPER.cose.publicKey, KEEPER.jws.publicKey] }
const trust = await sealTrust()
const once = await sealPdf()
const twice = await sealPdf(once.pdf, {
  covers: [once.impression],
  impression: { approval: 'second' },
  update: { place: { left: 100, bottom: 120 } },
})

function judge(pdf: Uint8Array, options: Partial<DocumentOptions> = {}): Promise<DocumentVerdict> {
  return verifyDocument({ pdf }, { trust, now: SEALED_AT + HOUR, accept: ['document'], ...options })
}

/** What failed on the file, then on each seal. */
function failedOf({ checks, impressions }: DocumentVerdict): readonly (readonly string[])[] {
  return [{ checks }, ...impressions].map((part) =>
    part.checks.flatMap(({ id, code }) => (code === undefined ? [] : [`${id} ${code}`])),
  )
}

describe('a sealed PDF', () => {
  test('is valid, and says where the seal stands, what it covers and what is signed', async () => {
    const verdict = await judge(once.pdf)
    expect(failedOf(verdict)).toEqual([[], []])
    expect(verdict).toMatchObject({ outcome: 'valid', findings: [] })
    expect(verdict.impressions).toMatchObject([
      {
        outcome: 'valid',
        seal: { kind: '99', image: { bytes: PICTURE } },
        stated: {
          purpose: '出具样例事项的函',
          mediaType: 'application/pdf',
          coveredBytes: { start: 0, end: PAPER.length },
        },
        status: { value: 'valid' },
        place: {
          page: 0,
          rect: { left: 380, bottom: 120 },
          updateBytes: { start: PAPER.length, end: once.pdf.length },
        },
      },
    ])
    const checks = [...verdict.checks, ...(verdict.impressions[0]?.checks ?? [])]
    expect(checks).toHaveLength(8 + 1 + 14 + 4 + 7)
    expect(checks.every(({ outcome }) => outcome === 'passed')).toBe(true)
  })

  test('sealed twice is valid for both; the second covers the first and all of its bytes', async () => {
    const verdict = await judge(twice.pdf)
    expect(failedOf(verdict)).toEqual([[], [], []])
    const [first, second] = verdict.impressions
    expect(second?.stated?.covers).toEqual([first?.digest])
    expect(second?.stated?.coveredBytes.end).toBe(once.pdf.length)
    expect(second?.place?.rect.left).toBe(100)
  })

  test('its text is not read where it carries no licence, and its verdict tells of none', async () => {
    const readText = (): never => expect.unreachable('nobody asked for the text')
    const verdict = await judge(once.pdf, { readText })
    expect(verdict.outcome).toBe('valid')
    expect(verdict).not.toHaveProperty('licence')
  })

  test('its text is not read for a code that nobody trusted signed', async () => {
    const carried = writePdfWithFiles([['licence-code.txt', 'OT1:not a code']])
    const { pdf } = await sealPdf(carried)
    const readText = (): never => expect.unreachable('nobody asked for the text')
    const { outcome, reason, licence } = await judge(pdf, { readText })
    expect([outcome, reason]).toEqual(['unverifiable', 'qr/encoding'])
    expect(licence).toMatchObject({ outcome, reason, licences: [] })
  })

  test('stays valid when the seal has ended since', async () => {
    const { pdf } = await sealPdf(PAPER, { seal: { validTo: SEALED_AT + 1 } })
    expect(await judge(pdf)).toMatchObject({
      outcome: 'valid',
      impressions: [{ seal: { hasEnded: true } }],
    })
  })
})

describe('a PDF that is not sealed, or cannot be read', () => {
  const encrypted = writePdf({ trailer: ' /Encrypt << /Filter /Standard /V 5 >>' })
  test.each<readonly [string, Uint8Array, Outcome, ErrorCode]>([
    ['no PDF', utf8Encode('hello'), 'unverifiable', 'format/unsupported'],
    ['nothing', new Uint8Array(), 'unverifiable', 'format/unsupported'],
    ['not sealed', PAPER, 'unverifiable', 'pdf/not-sealed'],
    ['saved again, not sealed', revised(PAPER), 'unverifiable', 'pdf/not-sealed'],
    ['encrypted', encrypted, 'unverifiable', 'pdf/encrypted'],
    ['broken', utf8Encode('%PDF-1.7\nhello'), 'invalid', 'pdf/xref'],
    ['cut', once.pdf.subarray(0, -40), 'unverifiable', 'pdf/not-sealed'],
    ['too large', new Uint8Array(MAX_PDF_BYTES + 1), 'unverifiable', 'pdf/too-large'],
  ])('%s', async (_name, pdf, outcome, reason) => {
    expect(await judge(pdf)).toMatchObject({ outcome, reason, impressions: [] })
  })
})

describe('what was done to a sealed PDF afterwards', () => {
  test.each<readonly [string, Uint8Array, readonly string[]]>([
    ['saved again with a change', revised(once.pdf), ['pdf-findings pdf/other-revision']],
    [
      'bytes behind its end',
      Uint8Array.of(...once.pdf, ...utf8Encode('% more\n')),
      ['pdf-findings pdf/trailing-bytes'],
    ],
  ])('%s', async (_name, pdf, failed) => {
    const verdict = await judge(pdf)
    expect(failedOf(verdict)).toEqual([failed, []])
    expect(verdict).toMatchObject({ outcome: 'invalid', impressions: [{ outcome: 'invalid' }] })
  })

  test('a byte of the sealed content changed: both digests say so', async () => {
    const at = toLatin1(once.pdf).indexOf('0.9 g')
    const verdict = await judge(once.pdf.with(at + 2, 0x38))
    expect(failedOf(verdict)).toEqual([
      [],
      ['digest seal/digest-mismatch', 'pades-signature cms/digest-mismatch'],
    ])
  })

  test('something of the seal’s own update changed: it is no seal’s', async () => {
    const moved = fromLatin1(toLatin1(once.pdf).replace('/F 132', '/F 133'))
    const verdict = await judge(moved)
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'pdf/update-differs' })
    expect(verdict.findings?.map(({ code }) => code)).toEqual([
      'pdf/update-differs',
      'pdf/foreign-signature',
    ])
  })

  test('an unsigned second seal makes the first no better than any other change', async () => {
    const { pdf } = await sealPdf(once.pdf, { keepers: STRANGER, makers: STRANGER })
    const verdict = await judge(pdf)
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'pdf/other-revision' })
    const [, first, second] = failedOf(verdict)
    expect(first).toEqual(['later-seals pdf/other-revision'])
    expect(second).toEqual(['maker-key key/unknown'])
  })

  test('a second seal that has been revoked since takes nothing from the first', async () => {
    const { uri } = sealFacts().status
    const first = await sealPdf(PAPER, { seal: { status: { uri, index: 18 } } })
    const second = await sealPdf(first.pdf)
    const revoked = await sealTrust({ list: { value: 1 } })
    const verdict = await judge(second.pdf, { trust: revoked })
    expect(failedOf(verdict)).toEqual([[], [], ['seal-status seal/revoked']])
    expect(verdict.impressions.map(({ outcome }) => outcome)).toEqual(['valid', 'invalid'])
  })

  test('a second seal that covers a bad first says so', async () => {
    const bad = await sealPdf(PAPER, { keepers: { ...STRANGER, jws: KEEPER.jws }, seal: LISTED })
    const covers = [bad.impression]
    const verdict = await judge((await sealPdf(bad.pdf, { covers })).pdf)
    expect(failedOf(verdict)).toEqual([
      [],
      ['seal-key seal/key-not-listed'],
      ['covers seal/covered-invalid'],
    ])
  })

  test('a second seal that covers one whose signature over the whole does not hold says so', async () => {
    const cms = (bytes: Uint8Array): Uint8Array => bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1)
    const bad = await sealPdf(PAPER, { cms })
    const verdict = await judge((await sealPdf(bad.pdf, { covers: [bad.impression] })).pdf)
    expect(failedOf(verdict)).toEqual([
      [],
      ['pades-signature signature/invalid'],
      ['covers seal/covered-invalid'],
    ])
  })
})

describe('the signature over the whole', async () => {
  const other = sealAppearance(pictureOf('#000000'), {
    ...sealFacts().image,
    sha256: sha256(pictureOf('#000000')),
  })
  const cases: readonly (readonly [string, SealedPdfChanges, Outcome, readonly string[]])[] = [
    ['no CMS', { cms: () => Uint8Array.of(0x30, 0) }, 'invalid', ['pades-format der/malformed']],
    [
      'cut',
      { cms: (cms) => Uint8Array.of(0x30, 0x03, ...cms.subarray(4, 7)) },
      'invalid',
      ['pades-format der/malformed'],
    ],
    [
      'with its signature altered',
      { cms: (cms) => cms.with(-1, (cms.at(-1) ?? 0) ^ 1) },
      'invalid',
      ['pades-signature signature/invalid'],
    ],
    [
      'by a key that is not the seal’s',
      { signer: STRANGER.jws },
      'invalid',
      ['pades-seal seal/key-not-listed'],
    ],
    [
      'with a certificate of another seal’s name',
      {
        certificate: {
          subject: { organization: '别的局', commonName: '别的章', uscc: sealFacts().owner.uscc },
        },
      },
      'invalid',
      ['pades-seal seal/forms-differ'],
    ],
    [
      'certified by somebody else',
      { certifier: STRANGER.jws },
      'unverifiable',
      ['pades-issuer certificate/issuer'],
    ],
    [
      'certified by somebody else in the maker’s name',
      { certifier: STRANGER.jws, ca: await makerCertificate() },
      'invalid',
      ['pades-signature signature/invalid'],
    ],
    [
      'with a certificate that had ended',
      { certificate: { notAfter: SEALED_AT - 1 } },
      'invalid',
      ['pades-signature certificate/expired'],
    ],
    [
      'with a certificate that had not begun',
      { certificate: { notBefore: SEALED_AT + 1 } },
      'invalid',
      ['pades-signature certificate/not-yet-valid'],
    ],
    [
      'with another purpose for other readers',
      { update: { reason: '别的用途' } },
      'invalid',
      ['pades-facts seal/forms-differ'],
    ],
    [
      'with another time for other readers',
      { update: { signedAt: SEALED_AT + 1 } },
      'invalid',
      ['pades-facts seal/forms-differ'],
    ],
    [
      'with another name for other readers',
      { update: { signerName: '别的局' } },
      'invalid',
      ['pades-facts seal/forms-differ'],
    ],
    [
      'around another picture than the impression states',
      { update: { appearance: other } },
      'invalid',
      ['appearance seal/appearance-mismatch', 'pdf-appearance seal/appearance-mismatch'],
    ],
  ]
  test.each(cases)('%s', async (_name, changes, outcome, failed) => {
    const verdict = await judge((await sealPdf(PAPER, changes)).pdf)
    expect(failedOf(verdict)).toEqual([[], failed])
    expect(verdict.outcome).toBe(outcome)
  })

  test.each<readonly [string, SealTrustChanges, Outcome, ErrorCode]>([
    [
      'no certificate in the trust list',
      { certificate: null },
      'unverifiable',
      'certificate/issuer',
    ],
    ['a maker’s key revoked before', { keys: { revokedFrom: 0 } }, 'invalid', 'key/revoked'],
    ['a suspended seal', { list: { value: 2 } }, 'invalid', 'seal/suspended'],
  ])('%s', async (_name, changes, outcome, reason) => {
    const verdict = await judge(once.pdf, { trust: await sealTrust(changes) })
    expect(verdict).toMatchObject({ outcome, reason })
  })
})

describe('the .seal inside', () => {
  test.each<readonly [string, Uint8Array, ErrorCode]>([
    ['is none', utf8Encode('x'), 'cbor/truncated'],
    ['has no seal', Uint8Array.of(0xa0), 'seal/format'],
  ])('%s', async (_name, attachment, reason) => {
    const verdict = await judge((await sealPdf(PAPER, { update: { attachment } })).pdf)
    expect(verdict).toMatchObject({
      outcome: 'invalid',
      reason,
      impressions: [{ reason, place: { page: 0 } }],
    })
    expect(verdict.impressions[0]).not.toHaveProperty('digest')
    const outcomes = verdict.impressions[0]?.checks.map(({ outcome }) => outcome)
    expect(outcomes).toEqual(['failed', ...Array(25).fill('not-run')])
  })
})

test('no byte of a sealed PDF can be altered and it still be valid', async () => {
  const { pdf } = twice
  for (let at = 3; at < pdf.length; at += 41) {
    const verdict = await judge(pdf.with(at, (pdf[at] ?? 0) ^ (1 << (at & 7))))
    expect([at, verdict.outcome === 'valid']).toEqual([at, false])
  }
})

test('any bytes give a verdict', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const verdict = await judge(Uint8Array.of(...utf8Encode('%PDF-1.7\n'), ...bytes))
      expect(verdict.outcome).not.toBe('valid')
    }),
  )
})

/** Saved again with other content. */
function revised(pdf: Uint8Array): Uint8Array {
  return appendRevision(pdf, { 4: '<< /Length 3 >>\nstream\n0 g\nendstream' })
}
