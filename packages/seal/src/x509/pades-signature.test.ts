import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256, utf8Encode } from '@onetrip/codec'
import { ContentInfo, CryptoEngine, Certificate as PeerCertificate, SignedData } from 'pkijs'
import { beforeAll, expect, test } from 'vitest'
import {
  sampleCertificates,
  sealSigner,
  signDigest,
  YEAR_2026,
} from '../../samples/certificates.ts'
import { codeOf, codeOfAsync } from '../../samples/code-of.ts'
import type { Certificate } from './certificate.ts'
import {
  assemblePadesSignature,
  buildPadesSignature,
  MAX_PADES_BYTES,
  parsePadesSignature,
  verifyPadesSignature,
} from './pades-signature.ts'

const DATA = utf8Encode('%PDF-1.7 样例')
const digest = sha256(DATA)
let ca: Certificate
let certificate: Certificate
let cms: Uint8Array
beforeAll(async () => {
  ;({ ca, certificate } = await sampleCertificates())
  cms = await signDigest(digest)
})

const expected = () => ({ digest, ca, at: YEAR_2026 })

test('what is signed is read back and verified', async () => {
  const pades = parsePadesSignature(cms)
  expect(pades).toMatchObject({ digest, certificate, ca })
  await verifyPadesSignature(pades, expected())
  expect(cms.length).toBeLessThan(MAX_PADES_BYTES / 2)
})

test('another digest, another key', async () => {
  const pades = parsePadesSignature(cms)
  expect(
    await codeOfAsync(() => verifyPadesSignature(pades, { ...expected(), digest: sha256(cms) })),
  ).toBe('cms/digest-mismatch')
  expect(
    await codeOfAsync(() => verifyPadesSignature(pades, { ...expected(), at: YEAR_2026 - 1 })),
  ).toBe('certificate/not-yet-valid')
  const signature = await sealSigner.sign(utf8Encode('something else'))
  const forged = parsePadesSignature(assemblePadesSignature({ digest, certificate, ca }, signature))
  expect(await codeOfAsync(() => verifyPadesSignature(forged, expected()))).toBe(
    'signature/invalid',
  )
  expect(() => buildPadesSignature({ digest: new Uint8Array(20), certificate, ca })).toThrow(
    TypeError,
  )
})

test('two certificates of one role, and too many bytes', async () => {
  const twice = assemblePadesSignature(
    { digest, certificate, ca: certificate },
    new Uint8Array(64).fill(1),
  )
  expect(codeOf(() => parsePadesSignature(twice))).toMatch(/^(certificate|der)\//)
  expect(codeOf(() => parsePadesSignature(new Uint8Array(MAX_PADES_BYTES + 1)))).toBe('cms/format')
  expect(codeOf(() => parsePadesSignature(certificate.bytes))).toBe('der/malformed')
})

test('every cut and a bit of every byte: refused', async () => {
  for (let length = 0; length < cms.length; length += 11) {
    expect(codeOf(() => parsePadesSignature(cms.subarray(0, length)))).toBe('der/malformed')
  }
  for (let at = 0; at < cms.length; at += 1) {
    const changed = cms.with(at, (cms[at] ?? 0) ^ (1 << (at % 8)))
    const code = await codeOfAsync(async () => {
      await verifyPadesSignature(parsePadesSignature(changed), expected())
    })
    expect(code, `byte ${at}`).toMatch(/^(der|certificate|cms|signature|key|text)\//)
  }
})

test('openssl verifies it, up to the maker', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onetrip-cms-'))
  const file = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }
  const caFile = file('ca.pem', utf8Encode(pemOf(ca.bytes)))
  const args = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', file('cms.der', cms)]
  const run = (content: string) =>
    spawnSync(
      'openssl',
      [
        ...args,
        '-content',
        content,
        '-CAfile',
        caFile,
        '-cades',
        '-attime',
        '1795000000',
        '-out',
        '/dev/null',
      ],
      { encoding: 'utf8' },
    )
  expect(run(file('data', DATA)).stderr).toContain('Verification successful')
  expect(run(file('other', cms)).status).not.toBe(0)
  rmSync(folder, { recursive: true })
})

test('pkijs verifies it, up to the maker', async () => {
  const info = ContentInfo.fromBER(Uint8Array.from(cms))
  const signed = new SignedData({ schema: info.content })
  const engine = new CryptoEngine({ name: 'node', crypto: globalThis.crypto })
  const trustedCerts = [PeerCertificate.fromBER(Uint8Array.from(ca.bytes))]
  const data = Uint8Array.from(DATA).buffer
  const options = {
    signer: 0,
    data,
    checkChain: true,
    trustedCerts,
    checkDate: new Date(1_795_000_000_000),
  }
  expect(await signed.verify(options, engine)).toBe(true)
})

function pemOf(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
