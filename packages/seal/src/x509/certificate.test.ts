import { X509Certificate } from 'node:crypto'
import { toHex } from '@onetrip/codec'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  caStatement,
  makerSigner,
  sampleCertificates,
  sealSigner,
  sealStatement,
  signCertificate,
  strangerSigner,
  YEAR_2026,
} from '../../samples/certificates.ts'
import { codeOf, codeOfAsync } from '../../samples/code-of.ts'
import {
  buildCertificate,
  type Certificate,
  keyIdentifier,
  MAX_CERTIFICATE_BYTES,
  parseCertificate,
  randomSerial,
} from './certificate.ts'
import { verifyIssuedCertificate } from './verify-certificate.ts'

let ca: Certificate
let certificate: Certificate
beforeAll(async () => {
  ;({ ca, certificate } = await sampleCertificates())
})

describe('a certificate', () => {
  test('states what it was made from', () => {
    expect(ca).toMatchObject(caStatement)
    expect(certificate).toMatchObject(sealStatement)
    expect(certificate.bytes.length).toBeLessThan(MAX_CERTIFICATE_BYTES / 2)
  })

  test('Node reads it, and finds it issued by the maker', () => {
    const seal = new X509Certificate(certificate.bytes)
    const maker = new X509Certificate(ca.bytes)
    expect(seal.verify(maker.publicKey)).toBe(true)
    expect(maker.verify(maker.publicKey)).toBe(true)
    expect(seal.checkIssued(maker)).toBe(true)
    expect([seal.ca, maker.ca]).toEqual([false, true])
    expect(seal.serialNumber.toLowerCase()).toBe(toHex(sealStatement.serial))
    expect(seal.subject).toContain(sealStatement.subject.uscc)
    expect(seal.validFromDate.getTime() / 1000).toBe(YEAR_2026)
  })

  test('of an agency’s key that signs mdocs: under its authority, of its country, for that alone', async () => {
    const issuer = { ...caStatement.subject, country: 'CN' } as const
    const authority = await signCertificate(
      { ...caStatement, subject: issuer, issuer },
      makerSigner,
    )
    const subject = { ...sealStatement.subject, country: 'CN' } as const
    const statement = { ...sealStatement, role: 'mdoc', subject, issuer } as const
    const bytes = await signCertificate(statement, makerSigner)
    expect(parseCertificate(bytes, 'mdoc')).toMatchObject(statement)
    const [read, above] = [new X509Certificate(bytes), new X509Certificate(authority)]
    expect([read.ca, above.ca, read.checkIssued(above)]).toEqual([false, true, true])
    expect(read.verify(above.publicKey)).toBe(true)
    expect(read.subject).toContain('C=CN')
    expect(read.keyUsage).toEqual(['1.0.18013.5.1.2'])
    for (const role of ['ca', 'seal', 'request'] as const) {
      expect(codeOf(() => parseCertificate(bytes, role))).toMatch(/^(certificate|der)\//)
    }
  })

  test('names of 64 Han characters and a serial of 20 bytes fit', async () => {
    const name = '章'.repeat(64)
    const wide = { organization: name, commonName: name, uscc: caStatement.subject.uscc }
    const serial = new Uint8Array(20).fill(0x7f)
    const statement = { ...sealStatement, subject: wide, issuer: wide, serial }
    const bytes = await signCertificate(statement, makerSigner)
    expect(parseCertificate(bytes, 'seal')).toMatchObject(statement)
  })

  test('lives beyond 2049', async () => {
    const statement = { ...sealStatement, notAfter: 2_600_000_000 }
    const bytes = await signCertificate(statement, makerSigner)
    expect(parseCertificate(bytes, 'seal').notAfter).toBe(2_600_000_000)
  })

  test('of a key that signs requests names its host, and Node reads it', async () => {
    const statement = {
      ...sealStatement,
      role: 'request',
      dnsNames: ['a.example', 'b-1.example'],
    } as const
    const bytes = await signCertificate(statement, makerSigner)
    expect(parseCertificate(bytes, 'request')).toMatchObject(statement)
    const read = new X509Certificate(bytes)
    expect(read.subjectAltName).toBe('DNS:a.example, DNS:b-1.example')
    expect(read.verify(new X509Certificate(ca.bytes).publicKey)).toBe(true)
    expect(codeOf(() => parseCertificate(bytes, 'seal'))).toBe('certificate/format')
    expect(codeOf(() => parseCertificate(certificate.bytes, 'request'))).toMatch(
      /^(der|certificate)\//,
    )
  })

  test.each([
    ['no name', []],
    ['a wildcard', ['*.example']],
    ['capitals', ['A.example']],
    ['an address with a port', ['a.example:443']],
    ['three names', ['a.example', 'b.example', 'c.example']],
    ['a name that is too long', [`${`${'a'.repeat(63)}.`.repeat(4)}example`]],
  ])('of a key that signs requests does not name %s', (_, dnsNames) => {
    expect(() => buildCertificate({ ...sealStatement, role: 'request', dnsNames })).toThrow(
      TypeError,
    )
  })

  test('of a seal names no host', () => {
    expect(() => buildCertificate({ ...sealStatement, dnsNames: ['a.example'] })).toThrow(TypeError)
  })

  test('is of one role', async () => {
    expect(codeOf(() => parseCertificate(ca.bytes, 'seal'))).toMatch(/^(der|certificate)\//)
    expect(codeOf(() => parseCertificate(certificate.bytes, 'ca'))).toBe('certificate/format')
  })

  test.each([
    ['a serial of zero bytes', { serial: new Uint8Array() }],
    ['a serial of 21 bytes', { serial: new Uint8Array(21).fill(1) }],
    ['a serial that begins with zero', { serial: Uint8Array.of(0, 1) }],
    ['twenty bytes with a high bit', { serial: new Uint8Array(20).fill(0xff) }],
    ['a life that ends before it begins', { notAfter: YEAR_2026 }],
    ['an identifier that is too short', { issuerKeyIdentifier: new Uint8Array(19) }],
    ['an issuer that is another body', { role: 'ca' as const }],
    ['no name', { subject: { ...sealStatement.subject, commonName: '' } }],
    [
      'a name that turns text round',
      { subject: { ...sealStatement.subject, commonName: '章\u202e' } },
    ],
    ['a wrong code', { subject: { ...sealStatement.subject, uscc: '11339901XYN0000490' } }],
  ])('does not state %s', (_name, change) => {
    expect(() => buildCertificate({ ...sealStatement, ...change })).toThrow(TypeError)
  })

  test('too large, cut and with every bit flipped: refused, or not signed', async () => {
    expect(codeOf(() => parseCertificate(new Uint8Array(2049), 'seal'))).toBe('certificate/format')
    const { bytes } = certificate
    for (let length = 0; length < bytes.length; length += 7) {
      const code = codeOf(() => parseCertificate(bytes.subarray(0, length), 'seal'))
      expect(code).toBe('der/malformed')
    }
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = bytes.with(at, (bytes[at] ?? 0) ^ (1 << (at % 8)))
      const code = await codeOfAsync(async () => {
        await verifyIssuedCertificate(parseCertificate(changed, 'seal'), ca, YEAR_2026)
      })
      expect(code, `byte ${at}`).toMatch(/^(der|certificate|signature|key|text)\//)
    }
  })

  test('a serial comes from sixteen random bytes', () => {
    const serial = randomSerial((length) => new Uint8Array(length).fill(0xff))
    expect(serial).toHaveLength(16)
    expect(serial[0]).toBe(0x7f)
    expect(randomSerial((length) => new Uint8Array(length))[0]).toBe(0x40)
  })
})

describe('the path of one step', () => {
  test('holds on the first and the last second, and not beyond', async () => {
    const verdict = (at: number) => codeOfAsync(() => verifyIssuedCertificate(certificate, ca, at))
    expect(await verdict(YEAR_2026)).toBe('accepted')
    expect(await verdict(sealStatement.notAfter)).toBe('accepted')
    expect(await verdict(YEAR_2026 - 1)).toBe('certificate/not-yet-valid')
    expect(await verdict(sealStatement.notAfter + 1)).toBe('certificate/expired')
  })

  test('the maker’s life counts too', async () => {
    const short = { ...caStatement, notAfter: YEAR_2026 + 10 }
    const maker = parseCertificate(await signCertificate(short, makerSigner), 'ca')
    expect(
      await codeOfAsync(() => verifyIssuedCertificate(certificate, maker, YEAR_2026 + 11)),
    ).toBe('certificate/expired')
  })

  test('another maker, another key of one name, and a seal as a maker', async () => {
    const { publicKey } = strangerSigner
    const issuerKeyIdentifier = keyIdentifier(publicKey)
    const strange = { ...caStatement, key: publicKey, issuerKeyIdentifier }
    const other = parseCertificate(await signCertificate(strange, strangerSigner), 'ca')
    const at = YEAR_2026
    expect(await codeOfAsync(() => verifyIssuedCertificate(certificate, other, at))).toBe(
      'certificate/issuer',
    )
    expect(await codeOfAsync(() => verifyIssuedCertificate(certificate, certificate, at))).toBe(
      'certificate/issuer',
    )
    const subject = { ...caStatement.subject, commonName: '别处' }
    const renamed = { ...caStatement, subject, issuer: subject }
    const otherName = parseCertificate(await signCertificate(renamed, makerSigner), 'ca')
    expect(await codeOfAsync(() => verifyIssuedCertificate(certificate, otherName, at))).toBe(
      'certificate/issuer',
    )
    const forged = parseCertificate(await signCertificate(sealStatement, sealSigner), 'seal')
    expect(await codeOfAsync(() => verifyIssuedCertificate(forged, ca, at))).toBe(
      'signature/invalid',
    )
    const unsigned = parseCertificate(await signCertificate(caStatement, strangerSigner), 'ca')
    expect(await codeOfAsync(() => verifyIssuedCertificate(certificate, unsigned, at))).toBe(
      'signature/invalid',
    )
  })
})
