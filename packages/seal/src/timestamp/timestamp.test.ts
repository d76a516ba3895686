/** Tokens of openssl as the time-stamper, good and altered. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Fault, sha256, toHex, utf8Encode } from '@onetrip/codec'
import type { TimeStamper } from '@onetrip/trust'
import { afterAll, describe, expect, test } from 'vitest'
import { verifyTimestamp } from './verify-timestamp.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'onetrip-tsa-'))
afterAll(() => rmSync(folder, { recursive: true }))

const DIGEST = sha256(utf8Encode('impression'))
const CA = 'basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\n'
const TSA = 'extendedKeyUsage=critical,timeStamping\n'

function at(name: string): string {
  return join(folder, name)
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', [...args], { cwd: folder, stdio: 'pipe' })
}

/** A key and its certificate, issued by another of the folder or by itself. */
function certify(
  name: string,
  options: { ca?: string; extensions?: string; key?: string[] },
): void {
  const { ca = name, extensions = TSA, key = ['-algorithm', 'EC', '-pkeyopt', P256] } = options
  writeFileSync(at(`${name}.ext`), extensions)
  openssl('genpkey', ...key, '-out', `${name}.key`)
  openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-out', `${name}.csr`)
  const by =
    ca === name
      ? ['-signkey', `${name}.key`]
      : ['-CA', `${ca}.pem`, '-CAkey', `${ca}.key`, '-CAcreateserial']
  openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    ...by,
    '-days',
    '30',
    '-extfile',
    `${name}.ext`,
    '-out',
    `${name}.pem`,
  )
  openssl('x509', '-in', `${name}.pem`, '-outform', 'DER', '-out', `${name}.der`)
}
const P256 = 'ec_paramgen_curve:P-256'

/** A token over a digest. */
function stamp(
  name: string,
  options: { digest?: Uint8Array; accuracy?: number; ess?: string } = {},
): Uint8Array {
  const { digest = DIGEST, accuracy = 1, ess = 'sha256' } = options
  writeFileSync(
    at('tsa.cnf'),
    `[tsa]\ndefault_tsa=t\n[t]\nserial=${at('serial')}\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:${accuracy}\ness_cert_id_chain=no\ness_cert_id_alg=${ess}\n`,
  )
  writeFileSync(at('serial'), '01\n')
  openssl('ts', '-query', '-digest', toHex(digest), '-sha256', '-cert', '-out', 'query.tsq')
  openssl(
    'ts',
    '-reply',
    '-config',
    'tsa.cnf',
    '-queryfile',
    'query.tsq',
    '-signer',
    `${name}.pem`,
    '-inkey',
    `${name}.key`,
    '-token_out',
    '-out',
    'token.tst',
  )
  return new Uint8Array(readFileSync(at('token.tst')))
}

function stamperOf(name: string, life: { from?: number; to?: number } = {}): TimeStamper {
  const certificates = [new Uint8Array(readFileSync(at(`${name}.der`)))]
  const names = { 'zh-CN': '样例时间戳服务', en: 'Sample time-stamper' }
  return { id: '91339901MAXYN0775D', name: names, certificates, ...life }
}

async function answer(token: Uint8Array, timeStampers: readonly TimeStamper[], digest = DIGEST) {
  try {
    return (await verifyTimestamp(token, { digest, timeStampers })).by.name.en
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

test.skipIf(hasOpenssl)('openssl is missing: its tokens are not tried', ({ skip }) => skip())

describe.skipIf(!hasOpenssl)('tokens of openssl', () => {
  if (!hasOpenssl) return
  certify('ca', { extensions: CA })
  certify('tsa', { ca: 'ca' })
  const token = stamp('tsa')
  const trusted = [stamperOf('ca')]

  test.each([
    ['P-256', ['-algorithm', 'EC', '-pkeyopt', P256]],
    ['P-384', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384']],
    ['RSA', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']],
  ])('%s: the time and by whom', async (name, key) => {
    certify(`ca-${name}`, { extensions: CA, key })
    certify(`tsa-${name}`, { ca: `ca-${name}`, key })
    for (const ess of ['sha1', 'sha256', 'sha512']) {
      const timeStampers = [stamperOf(`ca-${name}`)]
      const bytes = stamp(`tsa-${name}`, { ess })
      const { time, by } = await verifyTimestamp(bytes, { digest: DIGEST, timeStampers })
      expect(Math.abs(time - Date.now() / 1000)).toBeLessThan(60)
      expect(by).toEqual({ id: '91339901MAXYN0775D', name: trusted[0]?.name })
    }
  })

  test('the certificate itself may stand in the trust list', async () => {
    expect(await answer(token, [stamperOf('tsa')])).toBe('Sample time-stamper')
  })

  test('for another impression', async () => {
    expect(await answer(token, trusted, sha256(DIGEST))).toBe('timestamp/imprint')
  })

  test('of an unknown time-stamper', async () => {
    certify('stranger', { extensions: CA })
    expect(await answer(token, [])).toBe('timestamp/signer-unknown')
    expect(await answer(token, [stamperOf('stranger')])).toBe('timestamp/signer-unknown')
  })

  test('of a CA by the same name', async () => {
    const ca = readFileSync(at('ca.der'))
    certify('ca', { extensions: CA })
    const impostor = [stamperOf('ca')]
    writeFileSync(at('ca.der'), ca)
    expect(await answer(token, impostor)).toBe('timestamp/signer-unknown')
  })

  test('of a time outside the trust list', async () => {
    expect(await answer(token, [stamperOf('ca', { to: 1_700_000_000 })])).toBe('timestamp/expired')
    expect(await answer(token, [stamperOf('ca', { from: 9_000_000_000 })])).toBe(
      'timestamp/expired',
    )
  })

  test('too coarse', async () => {
    expect(await answer(stamp('tsa', { accuracy: 60 }), trusted)).toBe('Sample time-stamper')
    expect(await answer(stamp('tsa', { accuracy: 61 }), trusted)).toBe('timestamp/accuracy')
  })

  test.each([
    ['nothing', new Uint8Array()],
    ['too large', new Uint8Array(32_769)],
    ['deep', new Uint8Array(32_768).fill(0x30)],
    ['a certificate', new Uint8Array(readFileSync(at('ca.der')))],
    ['cut', token.subarray(0, -1)],
  ])('%s is no token', async (_name, bytes) => {
    expect(await answer(bytes, trusted)).toBe('timestamp/format')
  })

  test('of another content', async () => {
    writeFileSync(at('content'), 'x')
    openssl(
      'cms',
      '-sign',
      '-in',
      'content',
      '-signer',
      'tsa.pem',
      '-inkey',
      'tsa.key',
      '-nodetach',
      '-binary',
      '-outform',
      'DER',
      '-out',
      'other.cms',
    )
    expect(await answer(new Uint8Array(readFileSync(at('other.cms'))), trusted)).toBe(
      'timestamp/format',
    )
  })

  test.each([
    ['not critical', 'extendedKeyUsage=timeStamping'],
    ['for more than that', 'extendedKeyUsage=critical,timeStamping,codeSigning'],
    ['not there', 'keyUsage=digitalSignature'],
  ])('under a certificate whose usage is %s', async (_name, extensions) => {
    certify('loose', { extensions })
    // openssl stamps under none of these, but signs what was stamped as CMS does.
    writeFileSync(at('token.tst'), token)
    openssl('cms', '-verify', '-noverify', '-inform', 'DER', '-in', 'token.tst', '-out', 'tst')
    const sign = ['cms', '-sign', '-in', 'tst', '-signer', 'loose.pem', '-inkey', 'loose.key']
    const form = ['-nodetach', '-binary', '-cades', '-econtent_type', '1.2.840.113549.1.9.16.1.4']
    openssl(...sign, ...form, '-outform', 'DER', '-out', 'loose.tst')
    const loose = new Uint8Array(readFileSync(at('loose.tst')))
    expect(await answer(loose, [stamperOf('loose')])).toBe('timestamp/key-usage')
  })

  test('whose signature is another', async () => {
    const altered = token.with(-1, (token.at(-1) ?? 0) ^ 1)
    expect(await answer(altered, trusted)).toBe('timestamp/signature')
  })

  test('no byte can be altered and the token say anything else', async () => {
    const good = await verifyTimestamp(token, { digest: DIGEST, timeStampers: trusted })
    for (let at = 0; at < token.length; at++) {
      const altered = token.with(at, (token[at] ?? 0) ^ (1 << (at & 7)))
      const said = await verifyTimestamp(altered, { digest: DIGEST, timeStampers: trusted }).catch(
        (error: unknown) => (error instanceof Fault ? 'refused' : error),
      )
      if (said !== 'refused') expect([at, said]).toEqual([at, good])
    }
  })
})
