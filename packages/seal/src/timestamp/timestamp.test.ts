/** Tokens of openssl as the time-stamper, good and altered. */
import { Fault, sha256, utf8Encode } from '@onetrip/codec'
import type { TimeStamper } from '@onetrip/trust'
import { afterAll, describe, expect, test } from 'vitest'
import { CA_EXTENSIONS, HAS_OPENSSL, opensslTsa } from '../../samples/openssl-tsa.ts'
import { sampleSigner } from '../../samples/sample-seals.ts'
import { STAMPER_NAME, sampleTsa } from '../../samples/sample-tsa.ts'
import { readTimestamp, verifyTimestamp } from './verify-timestamp.ts'

const DIGEST = sha256(utf8Encode('impression'))

async function answer(token: Uint8Array, timeStampers: readonly TimeStamper[], digest = DIGEST) {
  try {
    return (await verifyTimestamp(token, { digest, timeStampers })).by.name.en
  } catch (error) {
    if (error instanceof Fault) return error.code
    throw error
  }
}

test.skipIf(HAS_OPENSSL)('openssl is missing: its tokens are not tried', ({ skip }) => skip())

describe.skipIf(!HAS_OPENSSL)('tokens of openssl', () => {
  if (!HAS_OPENSSL) return
  const tsa = opensslTsa()
  afterAll(tsa.close)
  const { certify, run, read, write } = tsa
  const ca = tsa.certificate('ca')
  const token = tsa.stamp(DIGEST)
  const trusted = [stamperOf('ca')]

  function stamperOf(name: string, life: { from?: number; to?: number } = {}): TimeStamper {
    const certificates = [tsa.certificate(name)]
    return { id: '91339901MAXYN0775D', name: STAMPER_NAME, certificates, ...life }
  }

  test.each([
    ['P-256', 'ec -pkeyopt ec_paramgen_curve:P-256'],
    ['P-384', 'ec -pkeyopt ec_paramgen_curve:P-384'],
    ['RSA', 'rsa:2048'],
  ])('%s: the time and by whom', async (name, key) => {
    certify(`ca-${name}`, { extensions: CA_EXTENSIONS, key })
    certify(`tsa-${name}`, { ca: `ca-${name}`, key })
    for (const ess of ['sha1', 'sha256', 'sha512'] as const) {
      const timeStampers = [stamperOf(`ca-${name}`)]
      const bytes = tsa.stamp(DIGEST, { by: `tsa-${name}`, ess })
      const { time, by } = await verifyTimestamp(bytes, { digest: DIGEST, timeStampers })
      expect(Math.abs(time - Date.now() / 1000)).toBeLessThan(60)
      expect(by).toEqual({ id: '91339901MAXYN0775D', name: STAMPER_NAME })
    }
  })

  test('the certificate itself may stand in the trust list', async () => {
    expect(await answer(token, [stamperOf('tsa')])).toBe('Sample time-stamper')
  })

  test('for another impression', async () => {
    expect(await answer(token, trusted, sha256(DIGEST))).toBe('timestamp/imprint')
  })

  test('of an unknown time-stamper', async () => {
    certify('stranger', { extensions: CA_EXTENSIONS })
    expect(await answer(token, [])).toBe('timestamp/signer-unknown')
    expect(await answer(token, [stamperOf('stranger')])).toBe('timestamp/signer-unknown')
  })

  test('of a CA by the same name', async () => {
    const other = opensslTsa()
    const impostor = [{ ...stamperOf('ca'), certificates: [other.certificate('ca')] }]
    other.close()
    expect(await answer(token, impostor)).toBe('timestamp/signer-unknown')
  })

  test('of a time outside the trust list', async () => {
    expect(await answer(token, [stamperOf('ca', { to: 1_700_000_000 })])).toBe('timestamp/expired')
    expect(await answer(token, [stamperOf('ca', { from: 9_000_000_000 })])).toBe(
      'timestamp/expired',
    )
  })

  test('too coarse', async () => {
    expect(await answer(tsa.stamp(DIGEST, { accuracy: 60 }), trusted)).toBe('Sample time-stamper')
    expect(await answer(tsa.stamp(DIGEST, { accuracy: 61 }), trusted)).toBe('timestamp/accuracy')
  })

  test.each([
    ['nothing', new Uint8Array()],
    ['too large', new Uint8Array(32_769)],
    ['deep', new Uint8Array(32_768).fill(0x30)],
    ['a certificate', ca],
    ['cut', token.subarray(0, -1)],
  ])('%s is no token', async (_name, bytes) => {
    expect(await answer(bytes, trusted)).toBe('timestamp/format')
  })

  test('of another content', async () => {
    write('content', 'x')
    const sign = 'cms -sign -in content -signer tsa.pem -inkey tsa.key'
    run(`${sign} -nodetach -binary -outform DER -out other.cms`)
    expect(await answer(read('other.cms'), trusted)).toBe('timestamp/format')
  })

  test.each([
    ['not critical', 'extendedKeyUsage=timeStamping'],
    ['for more than that', 'extendedKeyUsage=critical,timeStamping,codeSigning'],
    ['not there', 'keyUsage=digitalSignature'],
  ])('under a certificate whose usage is %s', async (_name, extensions) => {
    certify('loose', { extensions })
    // openssl stamps under none of these, but signs what was stamped as CMS does.
    write('token.tst', token)
    run('cms -verify -noverify -inform DER -in token.tst -out tst')
    const sign = 'cms -sign -in tst -signer loose.pem -inkey loose.key -nodetach -binary -cades'
    run(`${sign} -econtent_type 1.2.840.113549.1.9.16.1.4 -outform DER -out loose.tst`)
    expect(await answer(read('loose.tst'), [stamperOf('loose')])).toBe('timestamp/key-usage')
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

describe('tokens of our own writing', () => {
  const time = 1_795_406_400

  test('are as those of others: the time, by whom, and the codes', async () => {
    const tsa = await sampleTsa()
    const trusted = [tsa.stamper]
    const token = await tsa.stamp(DIGEST, { time, nonce: Uint8Array.of(0xff, 0) })
    const { id, name } = tsa.stamper
    expect(await verifyTimestamp(token, { digest: DIGEST, timeStampers: trusted })).toEqual({
      time,
      by: { id, name },
    })
    const altered = token.with(-1, (token.at(-1) ?? 0) ^ 1)
    expect(await answer(altered, trusted)).toBe('timestamp/signature')
    expect(await answer(token, trusted, sha256(DIGEST))).toBe('timestamp/imprint')
    const coarse = await tsa.stamp(DIGEST, { time, accuracySeconds: 61 })
    expect(await answer(coarse, trusted)).toBe('timestamp/accuracy')
  })

  test('under a certificate whose digest looks like a value of ASN.1', async () => {
    // The same certificate each time; nobody verifies its signature, for it stands in the trust list itself.
    const ca = { ...sampleSigner('holderJws'), sign: async () => new Uint8Array(64).fill(1) }
    const tsa = await sampleTsa({ ca, notBefore: time - 23 })
    const token = await tsa.stamp(DIGEST, { time })
    const { bytes } = (await readTimestamp(token)).signer
    // A tag, and the length of the thirty bytes behind it.
    expect([...sha256(bytes).subarray(0, 2)]).toEqual([0xcf, 30])
    expect(await answer(token, [{ ...tsa.stamper, certificates: [bytes] }])).toBe(
      'Sample time-stamper',
    )
  })

  test('outside the life of its certificate, and under one for anything', async () => {
    for (const life of [{ notBefore: time + 1 }, { notAfter: time - 1 }]) {
      const tsa = await sampleTsa(life)
      const token = await tsa.stamp(DIGEST, { time })
      expect(await answer(token, [tsa.stamper])).toBe('timestamp/expired')
    }
    const loose = await sampleTsa({ isForTimeStamps: false })
    const token = await loose.stamp(DIGEST, { time })
    expect(await answer(token, [loose.stamper])).toBe('timestamp/key-usage')
  })

  test('certificates that cannot be read stand in nobody’s way', async () => {
    const tsa = await sampleTsa()
    const token = await tsa.stamp(DIGEST, { time })
    const unread = { ...tsa.stamper, id: '91339901MAXYN0775D', certificates: [Uint8Array.of(0x30)] }
    expect(await answer(token, [unread])).toBe('timestamp/signer-unknown')
    expect(await answer(token, [unread, tsa.stamper])).toBe('Sample time-stamper')
  })
})
