import {
  type CborKey,
  type CborValue,
  decodeCbor,
  encodeCbor,
  isMap,
  type JsonObject,
  type JsonValue,
  jwkThumbprint,
  publicKeyToCose,
  publicKeyToJwk,
  type Signer,
  signerFromPrivateJwk,
  signSign1,
} from '@onetrip/codec'
import { parseCounterCertificate, parsePresentation, TYP } from '@onetrip/credential'
import { sampleOffices, testKeys } from '@onetrip/fixtures'
import { type CounterOrder, issueCounterCertificate } from '@onetrip/issuer'
import { buildTrust, parseTrustList, type Trust } from '@onetrip/trust'
import { beforeAll, describe, expect, test } from 'vitest'
import { type OpenedCounter, openCounterCertificate } from './open-counter.ts'
import { verify } from './verify.ts'

const NOW = 1_796_087_400
const DAY = 86_400
const LABEL = {
  kid: 4,
  typ: 16,
  iss: 1,
  sub: 2,
  exp: 4,
  iat: 6,
  cnf: 8,
  name: -65540,
  matters: -65541,
}
const [centre, bureau] = sampleOffices.map(({ id }) => id)
const office = signerFromPrivateJwk({ ...testKeys.officeEnrol })
const device = signerFromPrivateJwk({ ...testKeys.counterCbor })
const deviceP256 = signerFromPrivateJwk({ ...testKeys.counterJws })
const stranger = signerFromPrivateJwk({ ...testKeys.strangerCbor })

const ORDER: CounterOrder = {
  office: centre ?? '',
  device: { number: '03', name: '一号窗口', key: device.publicKey },
  matters: ['restaurant', 'bookshop'],
  issuedAt: NOW - DAY,
  expiresAt: NOW + 29 * DAY,
}

function trustWith(
  changes: Readonly<Record<string, JsonValue>> = {},
  denied: readonly string[] = [],
): Trust {
  const key: JsonObject = {
    jwk: publicKeyToJwk(office.publicKey),
    use: 'enrol',
    notBefore: NOW - 100 * DAY,
    notAfter: NOW + 100 * DAY,
    ...changes,
  }
  const list = parseTrustList({
    kind: 'onetrip-trust-list',
    format: 2,
    environment: 'test',
    agencies: [],
    offices: sampleOffices.map(({ id, name }) => ({
      id,
      name: { ...name },
      ...(id === centre ? { keys: [key] } : {}),
    })),
  })
  return buildTrust({
    list,
    version: 1,
    parts: [{ name: 'timestamp', version: 1, signedAt: NOW }],
    types: [],
    statusLists: [],
    denied: { keys: [], devices: denied },
  })
}

const trust = trustWith()
let certificate: Uint8Array
let opened: OpenedCounter

beforeAll(async () => {
  certificate = await issueCounterCertificate(ORDER, office)
  opened = await openCounterCertificate({ certificate, trust, now: NOW })
})

function open(bytes: Uint8Array, changes: { trust?: Trust; now?: number } = {}) {
  return openCounterCertificate({
    certificate: bytes,
    trust: changes.trust ?? trust,
    now: changes.now ?? NOW,
  })
}

/** A certificate whose claims and headers are changed before it is signed; `undefined` leaves one out. */
async function forged(
  changes: readonly (readonly [CborKey, CborValue | undefined])[],
  options: {
    readonly header?: readonly (readonly [CborKey, CborValue])[]
    readonly unprotectedHeader?: ReadonlyMap<CborKey, CborValue>
    readonly signer?: Signer
  } = {},
): Promise<Uint8Array> {
  const { signer = office, header = [], unprotectedHeader } = options
  const payload = decodeCbor(parseCounterCertificate(certificate).sign1.payload)
  if (!isMap(payload)) throw new TypeError('no map')
  const claims = new Map<CborKey, CborValue>(payload)
  for (const [key, value] of changes) {
    if (value === undefined) claims.delete(key)
    else claims.set(key, value)
  }
  return signSign1({
    protectedHeader: new Map<CborKey, CborValue>([
      [LABEL.kid, office.publicKey.kid],
      [LABEL.typ, TYP.counter],
      ...header,
    ]),
    ...(unprotectedHeader === undefined ? {} : { unprotectedHeader }),
    payload: encodeCbor(claims),
    signer,
  })
}

describe('a certificate that an office gave', () => {
  test('opens: office from the trust list, device, matters in order', () => {
    expect(opened).toMatchObject({
      office: { id: centre, name: sampleOffices[0]?.name },
      device: { number: '03', name: '一号窗口' },
      thumbprint: jwkThumbprint(device.publicKey),
      matters: ['bookshop', 'restaurant'],
      expiresAt: ORDER.expiresAt,
    })
  })

  test('holds a P-256 key as well, and opens on its last second', async () => {
    const order = { ...ORDER, device: { ...ORDER.device, key: deviceP256.publicKey }, matters: [] }
    const bytes = await issueCounterCertificate(order, office)
    expect(bytes.length).toBeLessThan(260)
    const last = await open(bytes, { now: ORDER.expiresAt })
    expect(last.thumbprint).toBe(jwkThumbprint(deviceP256.publicKey))
  })

  test('is the same bytes for the same order', async () => {
    expect(await issueCounterCertificate(ORDER, office)).toEqual(certificate)
  })

  test.each<[string, Partial<CounterOrder>]>([
    ['for 30 days and a second', { expiresAt: ORDER.issuedAt + 30 * DAY + 1 }],
    ['that ends before it begins', { expiresAt: ORDER.issuedAt }],
    ['of no USCC', { office: 'centre' }],
    ['for a device without a name', { device: { ...ORDER.device, name: '' } }],
    ['for a number in small letters', { device: { ...ORDER.device, number: 'a1' } }],
    ['for 17 matters', { matters: Array.from({ length: 17 }, (_, at) => `m${at}`) }],
  ])('is never made %s', async (_, changes) => {
    await expect(issueCounterCertificate({ ...ORDER, ...changes }, office)).rejects.toThrow(
      TypeError,
    )
  })

  test('is never handed out under a signature of another length', async () => {
    const broken: Signer = { ...office, sign: async () => new Uint8Array(70) }
    await expect(issueCounterCertificate(ORDER, broken)).rejects.toMatchObject({
      code: 'signature/format',
    })
  })
})

describe('is refused', () => {
  const denying = trustWith({}, [jwkThumbprint(device.publicKey)])
  test.each<[string, Parameters<typeof open>[1], string]>([
    ['past its end', { now: ORDER.expiresAt + 1 }, 'counter/expired'],
    ['from the future', { now: ORDER.issuedAt - 601 }, 'counter/not-yet-valid'],
    ['of a denied device', { trust: denying }, 'counter/denied'],
    ['under a key of another use', { trust: trustWith({ use: 'ask' }) }, 'key/unknown'],
    ['under a revoked key', { trust: trustWith({ revokedFrom: NOW - DAY }) }, 'key/revoked'],
    [
      'under a key that began later',
      { trust: trustWith({ notBefore: NOW }) },
      'key/outside-validity',
    ],
  ])('%s: %o', async (_, changes, code) => {
    await expect(open(certificate, changes)).rejects.toMatchObject({ code })
  })

  test('a key revoked from a later time leaves what it signed before', async () => {
    await expect(
      open(certificate, { trust: trustWith({ revokedFrom: NOW }) }),
    ).resolves.toBeDefined()
  })

  const claims: readonly [
    string,
    readonly (readonly [CborKey, CborValue | undefined])[],
    string,
  ][] = [
    ['of an unknown office', [[LABEL.iss, '11339901XYN0000498']], 'counter/office-unknown'],
    ['of an office without keys', [[LABEL.iss, bureau ?? '']], 'key/unknown'],
    ['of no USCC', [[LABEL.iss, 'x']], 'counter/format'],
    ['of 31 days', [[LABEL.exp, NOW + 30 * DAY]], 'counter/too-long'],
    ['that ends before it begins', [[LABEL.exp, NOW - 2 * DAY]], 'counter/format'],
    ['without an end', [[LABEL.exp, undefined]], 'time/format'],
    ['without a time of issue', [[LABEL.iat, undefined]], 'time/format'],
    ['with an end in milliseconds', [[LABEL.exp, NOW * 1000]], 'time/format'],
    ['with a further claim', [[3, 'someone']], 'counter/format'],
    ['without matters', [[LABEL.matters, undefined]], 'counter/format'],
    ['with matters out of order', [[LABEL.matters, ['b', 'a']]], 'counter/format'],
    ['with a matter twice', [[LABEL.matters, ['a', 'a']]], 'counter/format'],
    ['with a matter that is no code', [[LABEL.matters, ['a b']]], 'counter/format'],
    ['with a matter of bytes', [[LABEL.matters, [new Uint8Array(2)]]], 'counter/format'],
    ['with a name that hides its end', [[LABEL.name, '窗口\u202e']], 'counter/format'],
    ['with a name of 41 characters', [[LABEL.name, '窗'.repeat(41)]], 'counter/format'],
    ['with a number of bytes', [[LABEL.sub, new Uint8Array(2)]], 'counter/format'],
    ['without a key', [[LABEL.cnf, undefined]], 'counter/format'],
    ['with a key by reference', [[LABEL.cnf, new Map([[3, new Uint8Array(8)]])]], 'counter/format'],
    [
      'with its key written the longer way',
      [[LABEL.cnf, new Map([[1, publicKeyToCose(deviceP256.publicKey)]])]],
      'counter/format',
    ],
    [
      'with a key that holds its private half',
      [[LABEL.cnf, new Map([[1, new Map([...publicKeyToCose(device.publicKey), [-4, 'd']])]])]],
      'key/format',
    ],
  ]
  test.each(claims)('%s', async (_, changes, code) => {
    await expect(open(await forged(changes))).rejects.toMatchObject({ code })
  })

  test('signed by anybody else, under the kid of the office or their own', async () => {
    await expect(open(await forged([], { signer: stranger }))).rejects.toMatchObject({
      code: 'signature/invalid',
    })
    const own = await forged([], {
      signer: stranger,
      header: [[LABEL.kid, stranger.publicKey.kid]],
    })
    await expect(open(own)).rejects.toMatchObject({ code: 'key/unknown' })
  })

  test('signed with another algorithm than the key’s', async () => {
    const other = signerFromPrivateJwk({ ...testKeys.strangerJws })
    await expect(open(await forged([], { signer: other }))).rejects.toMatchObject({
      code: 'algorithm/not-allowed',
    })
  })

  test('with any bit flipped', async () => {
    for (let at = 0; at < certificate.length; at += 1) {
      const flipped = certificate.slice()
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
      await expect(open(flipped)).rejects.toHaveProperty('code')
    }
  })

  test('with a header more, or one that is not signed', async () => {
    for (const options of [
      { header: [[33, new Uint8Array(1)]] as const },
      { unprotectedHeader: new Map([[33, 'x']]) },
      { header: [[LABEL.kid, new Uint8Array(7)]] as const },
    ]) {
      await expect(open(await forged([], options))).rejects.toMatchObject({
        code: 'counter/format',
      })
    }
  })

  test('above its size, before anything is decoded', async () => {
    await expect(open(new Uint8Array(1537))).rejects.toMatchObject({ code: 'counter/format' })
  })
})

describe('artefact types do not pass for one another', () => {
  test.each([TYP.sdCwt, TYP.kbCwt, TYP.paper, 'application/cwt'])(
    'a certificate with typ %s is none',
    async (typ) => {
      const bytes = await forged([], { header: [[LABEL.typ, typ]] })
      await expect(open(bytes)).rejects.toMatchObject({ code: 'counter/wrong-type' })
    },
  )

  test('a certificate that is shown as a licence is no licence', async () => {
    expect(() => parsePresentation(certificate)).toThrow()
    const verdict = await verify(certificate, { trust, now: NOW, accept: ['live', 'paper'] })
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'credential/wrong-type' })
  })
})

describe('the verdict names office and device', () => {
  const ask = (changes: Partial<Parameters<typeof verify>[1]> = {}) =>
    verify('OT1:', { trust, now: NOW, accept: ['live'], office: bureau ?? '', ...changes })

  test('of a certificate in force, and takes its office', async () => {
    const { evidence } = await ask({ counter: opened })
    expect(evidence.office).toBe(centre)
    expect(evidence.speaksFor).toEqual({
      kind: 'office',
      office: { id: centre, name: sampleOffices[0]?.name },
      device: { number: '03', name: '一号窗口' },
      until: ORDER.expiresAt,
    })
  })

  test('not without one: it speaks for no office', async () => {
    const { evidence } = await ask()
    expect(evidence).toMatchObject({ office: bureau, speaksFor: { kind: 'none' } })
    expect(evidence.speaksFor).not.toHaveProperty('reason')
  })

  test.each<[string, Partial<Parameters<typeof verify>[1]>, string]>([
    ['ended', { now: ORDER.expiresAt + 1 }, 'counter/expired'],
    ['denied', { trust: trustWith({}, [jwkThumbprint(device.publicKey)]) }, 'counter/denied'],
    ['under a key revoked since', { trust: trustWith({ revokedFrom: 1 }) }, 'key/revoked'],
    ['under a key no longer listed', { trust: trustWith({ use: 'ask' }) }, 'key/unknown'],
  ])('not of one that %s since it was opened', async (_, changes, reason) => {
    const { evidence } = await ask({ counter: opened, ...changes })
    expect(evidence).toMatchObject({ office: bureau, speaksFor: { kind: 'none', reason } })
  })

  test('not of an object that only looks like one', async () => {
    const { evidence } = await ask({ counter: { ...opened } })
    expect(evidence.speaksFor).toEqual({ kind: 'none', reason: 'counter/format' })
  })
})
