import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Fault, sha256, utf8Encode } from '@onetrip/codec'
import { ContentInfo, CryptoEngine, Certificate as PeerCertificate, SignedData } from 'pkijs'
import { beforeAll, expect, test } from 'vitest'
import { sampleCertificates, sealSigner, signDigest } from '../../samples/certificates.ts'
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

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work()
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
  return 'accepted'
}

test('what is signed is read back and verified', async () => {
  const pades = parsePadesSignature(cms)
  expect(pades).toMatchObject({ digest, certificate, ca })
  await verifyPadesSignature(pades, digest)
  expect(cms.length).toBeLessThan(MAX_PADES_BYTES / 2)
})

test('another digest, another key', async () => {
  const pades = parsePadesSignature(cms)
  expect(await codeOf(() => verifyPadesSignature(pades, sha256(cms)))).toBe('cms/digest-mismatch')
  const signature = await sealSigner.sign(utf8Encode('something else'))
  const forged = parsePadesSignature(assemblePadesSignature({ digest, certificate, ca }, signature))
  expect(await codeOf(() => verifyPadesSignature(forged, digest))).toBe('signature/invalid')
  expect(() => buildPadesSignature({ digest: new Uint8Array(20), certificate, ca })).toThrow(
    TypeError,
  )
})

test('two certificates of one role, and too many bytes', async () => {
  const twice = assemblePadesSignature(
    { digest, certificate, ca: certificate },
    new Uint8Array(64).fill(1),
  )
  expect(await codeOf(() => parsePadesSignature(twice))).toMatch(/^(certificate|der)\//)
  expect(await codeOf(() => parsePadesSignature(new Uint8Array(MAX_PADES_BYTES + 1)))).toBe(
    'cms/format',
  )
  expect(await codeOf(() => parsePadesSignature(certificate.bytes))).toBe('der/malformed')
})

test('every cut and a bit of every byte: refused', async () => {
  for (let length = 0; length < cms.length; length += 11) {
    expect(await codeOf(() => parsePadesSignature(cms.subarray(0, length)))).toBe('der/malformed')
  }
  for (let at = 0; at < cms.length; at += 1) {
    const changed = cms.with(at, (cms[at] ?? 0) ^ (1 << (at % 8)))
    const code = await codeOf(async () => {
      const pades = parsePadesSignature(changed)
      // Of the maker's certificate only its own verification speaks; here it has to be the known one.
      if (pades.ca.bytes.some((byte, index) => byte !== ca.bytes[index]))
        throw new Fault('certificate/issuer')
      await verifyPadesSignature(pades, digest)
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
