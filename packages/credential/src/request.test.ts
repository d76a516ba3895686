/** Requests: one form, limits, and whatever a hostile counter could write (ARCHITECTURE §3, §10). */
import {
  type CborKey,
  CborTag,
  type CborValue,
  decodeCbor,
  decodeCodeText,
  encodeCbor,
  isFrameText,
  isMap,
  type Signer,
  signSign1,
} from '@onetrip/codec'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  CENTRE,
  DEVICE,
  MATTER,
  sampleCertificate,
  sampleRequest,
  WANTS,
} from '../samples/asking.ts'
import { codeOf, NOW, newSigner } from '../samples/testkit.ts'
import { MAX_CODE_CHARACTERS } from './budgets.ts'
import { parseCounterCertificate } from './counter-certificate.ts'
import { CLAIM, HEADER, TYP } from './labels.ts'
import {
  MAX_REQUEST_BYTES,
  parseRequest,
  type RequestInput,
  requestDigest,
  requestText,
} from './request.ts'
import { WANT_LIMITS, type Want } from './request-wants.ts'

let certificate: Uint8Array
let request: Uint8Array

beforeAll(async () => {
  certificate = await sampleCertificate(NOW)
  request = await sampleRequest(NOW)
})

/** A request whose claims and headers are changed before the device signs it; `undefined` leaves one out. */
async function forged(
  changes: readonly (readonly [CborKey, CborValue | undefined])[],
  header: readonly (readonly [CborKey, CborValue | undefined])[] = [],
  unprotectedHeader: ReadonlyMap<CborKey, CborValue> = new Map(),
): Promise<Uint8Array> {
  const { sign1 } = parseRequest(request)
  const payload = decodeCbor(sign1.payload)
  if (!isMap(payload)) throw new TypeError('no map')
  const protectedHeader = changed(sign1.protectedHeader, [[HEADER.alg, undefined], ...header])
  const claims = encodeCbor(changed(payload, changes))
  return signSign1({ protectedHeader, unprotectedHeader, payload: claims, signer: DEVICE })
}

function changed(
  map: ReadonlyMap<CborKey, CborValue>,
  changes: readonly (readonly [CborKey, CborValue | undefined])[],
): Map<CborKey, CborValue> {
  const copy = new Map(map)
  for (const [key, value] of changes) {
    if (value === undefined) copy.delete(key)
    else copy.set(key, value)
  }
  return copy
}

describe('a request', () => {
  test('says which office asks, for what, which claims of which licences, until when', () => {
    expect(parseRequest(request)).toMatchObject({
      office: CENTRE,
      matter: MATTER,
      purpose: '办理食品经营许可新办',
      issuedAt: NOW,
      expiresAt: NOW + 300,
      wants: WANTS,
      certificate: { device: { number: '03', name: '一号窗口' } },
    })
    expect(parseRequest(request).nonce).toHaveLength(16)
    expect(parseRequest(request).digest).toEqual(requestDigest(request))
  })

  test('is the same bytes for the same order, claims in whatever order they are asked', async () => {
    const wants = WANTS.map((want) => ({
      ...want,
      options: want.options.map(({ type, claims }) => ({ type, claims: claims.toReversed() })),
    }))
    expect(await sampleRequest(NOW, { wants })).toEqual(request)
  })

  test('is named by the digest of all of it: nothing in it changes and leaves that as it was', async () => {
    const { nonce, digest } = parseRequest(request)
    expect(digest).toHaveLength(32)
    const changes: readonly Partial<RequestInput>[] = [
      { purpose: '查阅' },
      { matter: 'm2', certificate: await sampleCertificate(NOW, { matters: ['m2'] }) },
      { wants: WANTS.slice(1) },
      { expiresAt: NOW + 299 },
    ]
    for (const change of changes) {
      const other = parseRequest(await sampleRequest(NOW, change))
      expect(other.nonce).toEqual(nonce)
      expect(other.digest).not.toEqual(digest)
    }
  })

  test('carries its certificate as it was given', () => {
    const { sign1, certificate: parsed } = parseRequest(request)
    const inner = sign1.protectedHeader.get(HEADER.kcwt)
    expect(inner).toBeInstanceOf(CborTag)
    expect(encodeCbor(inner ?? null)).toEqual(certificate)
    expect(parsed.sign1.payload).toEqual(parseCounterCertificate(certificate).sign1.payload)
  })

  test('may ask for a licence with nothing but what is public by law', async () => {
    const [first] = WANTS
    const options = (first?.options ?? []).map(({ type }) => ({ type, claims: [] }))
    const wants = [{ material: 'business-licence', required: false, options }]
    expect(parseRequest(await sampleRequest(NOW, { wants })).wants).toEqual(wants)
  })

  const option = { type: WANTS[0]?.options[0]?.type ?? '', claims: [] }
  const want: Want = { material: 'm', required: true, options: [option] }
  const refused: readonly [string, Partial<RequestInput>][] = [
    ['of another device', { signer: newSigner('Ed25519') }],
    ['of 301 seconds', { expiresAt: NOW + 301 }],
    ['that ends as it begins', { expiresAt: NOW }],
    ['without words', { purpose: '' }],
    ['of 101 characters', { purpose: '办'.repeat(101) }],
    ['that turns text round', { purpose: '办理\u202e' }],
    ['for no matter', { matter: 'a b' }],
    ['with a short nonce', { random: () => new Uint8Array(15) }],
    ['for nothing', { wants: [] }],
    ['for a material twice', { wants: [want, want] }],
    ['for a type twice', { wants: [{ ...want, options: [option, option] }] }],
    ['for no type', { wants: [{ ...want, options: [] }] }],
    ['for what is no type', { wants: [{ ...want, options: [{ ...option, type: 'x' }] }] }],
    ['for a claim twice', { wants: [{ ...want, options: [{ ...option, claims: ['a', 'a'] }] }] }],
    ['for what is no claim', { wants: [{ ...want, options: [{ ...option, claims: ['A'] }] }] }],
  ]
  test.each(refused)('is never made %s', async (_, changes) => {
    await expect(sampleRequest(NOW, changes)).rejects.toThrow(TypeError)
  })

  test('everything at its limits is taken, and one more of anything is not', async () => {
    const wants = (more: Partial<Record<keyof typeof WANT_LIMITS, number>>): readonly Want[] =>
      Array.from({ length: WANT_LIMITS.wants + (more.wants ?? 0) }, (_, at) => ({
        material: `m${at}`.padEnd(40, 'x'),
        required: true,
        options: Array.from(
          { length: WANT_LIMITS.options + (more.options ?? 0) },
          (_each, type) => ({
            type: `1110000099XYN9907G${100 + type}`,
            claims: Array.from(
              { length: WANT_LIMITS.claims + (more.claims ?? 0) },
              (_name, claim) => `c${claim + 10}`.padEnd(40, 'x'),
            ),
          }),
        ),
      }))
    const largest = await sampleRequest(NOW, { wants: wants({}), purpose: '办'.repeat(100) })
    expect(largest.length).toBeLessThanOrEqual(MAX_REQUEST_BYTES)
    expect(parseRequest(largest).wants).toHaveLength(8)
    for (const kind of ['wants', 'options', 'claims'] as const) {
      await expect(sampleRequest(NOW, { wants: wants({ [kind]: 1 }) })).rejects.toThrow(TypeError)
    }
  })

  test('fits one code: 60 characters of purpose, four materials with five claims each', async () => {
    const name = (claim: number): string => `c${claim}`.padEnd(14, 'x')
    const wants = [1, 2, 3, 4].map((at) => ({
      material: `m${at}`.padEnd(20, 'x'),
      required: true,
      options: [{ type: `1110000099XYN9907G00${at}`, claims: [1, 2, 3, 4, 5].map(name) }],
    }))
    const matters = [MATTER, 'm2', 'm3', 'm4'].map((code) => code.padEnd(20, 'x'))
    const signer = newSigner('ES256')
    const device = { number: '12345678', name: '窗'.repeat(10), key: signer.publicKey }
    const own = await sampleCertificate(NOW, { matters, device })
    const purpose = '办'.repeat(60)
    const asked = { wants, purpose, matter: matters[0] ?? '', certificate: own, signer }
    const { length } = requestText(await sampleRequest(NOW, asked))
    expect(length).toBeLessThanOrEqual(MAX_CODE_CHARACTERS.request)
    expect(length).toBeGreaterThan(MAX_CODE_CHARACTERS.request - 200)
    const longer = await sampleRequest(NOW, { ...asked, purpose: '办'.repeat(100) })
    const animated = requestText(longer)
    expect(isFrameText(animated)).toBe(true)
    expect(decodeCodeText(animated)).toEqual(longer)
  })
})

describe('is refused', () => {
  const want = (changes: Record<number, CborValue>): CborValue => [
    Object.assign([...(['m', true, [['1110000099XYN9907G001', ['a']]]] as CborValue[])], changes),
  ]
  const claims: readonly [
    string,
    readonly (readonly [CborKey, CborValue | undefined])[],
    string,
  ][] = [
    [
      'for another office than its certificate’s',
      [[CLAIM.iss, '11339901XYN000022G']],
      'request/format',
    ],
    ['without an office', [[CLAIM.iss, undefined]], 'request/format'],
    ['without a nonce', [[CLAIM.cnonce, undefined]], 'request/format'],
    ['with a nonce of text', [[CLAIM.cnonce, '0123456789abcdef']], 'request/format'],
    ['with a nonce of 17 bytes', [[CLAIM.cnonce, new Uint8Array(17)]], 'request/format'],
    ['without an end', [[CLAIM.exp, undefined]], 'time/format'],
    ['with an end in milliseconds', [[CLAIM.exp, NOW * 1000]], 'time/format'],
    ['of a year', [[CLAIM.exp, NOW + 86_400 * 365]], 'request/format'],
    ['without a purpose', [[CLAIM.purpose, undefined]], 'request/format'],
    ['with a purpose of two lines', [[CLAIM.purpose, '办理\n事项']], 'request/format'],
    ['with a purpose that is not NFC', [[CLAIM.purpose, 'e\u0301']], 'request/format'],
    ['without a matter', [[CLAIM.matter, undefined]], 'request/format'],
    ['without wants', [[CLAIM.wants, undefined]], 'request/format'],
    ['with wants that are none', [[CLAIM.wants, 'all']], 'request/format'],
    ['with a want of text', [[CLAIM.wants, ['m']]], 'request/format'],
    ['with a want that may be required', [[CLAIM.wants, want({ 1: 1 })]], 'request/format'],
    ['with a member more in a want', [[CLAIM.wants, want({ 3: 'x' })]], 'request/format'],
    [
      'with claims out of order',
      [[CLAIM.wants, want({ 2: [['1110000099XYN9907G001', ['b', 'a']]] })]],
      'request/format',
    ],
    ['with a further claim', [[3, 'someone']], 'request/format'],
    ['with a purpose of bytes', [[CLAIM.purpose, new Uint8Array(3)]], 'request/format'],
  ]
  test.each(claims)('%s', async (_, changes, code) => {
    expect(await codeOf(async () => parseRequest(await forged(changes)))).toBe(code)
  })

  test('with a header more or less, or one that is not signed', async () => {
    const codes = await Promise.all([
      codeOf(async () => parseRequest(await forged([], [[HEADER.kid, new Uint8Array(8)]]))),
      codeOf(async () => parseRequest(await forged([], [[33, new Uint8Array(1)]]))),
      codeOf(async () => parseRequest(await forged([], [], new Map([[33, 'x']])))),
      codeOf(async () => parseRequest(await forged([], [[HEADER.kcwt, undefined]]))),
      codeOf(async () => parseRequest(await forged([], [[HEADER.kcwt, new Uint8Array(9)]]))),
    ])
    expect(codes).toEqual([
      ...['request/format', 'request/format', 'request/format', 'request/format'],
      'cose/wrong-tag',
    ])
  })

  test('with another thing where its certificate stands', async () => {
    const inner = decodeCbor(request, { tags: [18] })
    const code = await codeOf(async () => parseRequest(await forged([], [[HEADER.kcwt, inner]])))
    expect(code).toBe('counter/wrong-type')
  })

  test.each([TYP.counter, TYP.receipt, TYP.kbCwt, 'application/cwt'])('as typ %s', async (typ) => {
    const code = await codeOf(async () => parseRequest(await forged([], [[HEADER.typ, typ]])))
    expect(code).toBe('request/wrong-type')
  })

  test('above its size, before anything is decoded', async () => {
    expect(await codeOf(() => parseRequest(new Uint8Array(MAX_REQUEST_BYTES + 1)))).toBe(
      'cbor/limit',
    )
  })

  test('whatever else it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => parseRequest(bytes)).toThrow()
      }),
    )
  })
})

test('accepted bytes re-encode to themselves', async () => {
  const wanted = fc.uniqueArray(
    fc.record({
      material: fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/),
      required: fc.boolean(),
      options: fc.uniqueArray(
        fc.record({
          type: fc.integer({ min: 100, max: 999 }).map((n) => `1110000099XYN9907G${n}`),
          claims: fc.uniqueArray(fc.stringMatching(/^[a-z][A-Za-z0-9]{0,9}$/), { maxLength: 16 }),
        }),
        { minLength: 1, maxLength: 4, selector: ({ type }) => type },
      ),
    }),
    { minLength: 1, maxLength: 8, selector: ({ material }) => material },
  )
  await fc.assert(
    fc.asyncProperty(wanted, async (wants) => {
      const made = await sampleRequest(NOW, { wants, certificate })
      const { sign1, certificate: _, digest: __, ...facts } = parseRequest(made)
      const again: Pick<Signer, 'publicKey' | 'sign'> = DEVICE
      expect(await sampleRequest(NOW, { ...facts, certificate, signer: again })).toEqual(made)
      expect(encodeCbor(decodeCbor(sign1.payload))).toEqual(sign1.payload)
    }),
    { numRuns: 40 },
  )
})
