/** Receipts: one form, limits, no value and no bare digest of a value. */
import {
  type CborKey,
  type CborValue,
  decodeCbor,
  encodeCbor,
  isFrameText,
  isMap,
  sha256,
  signSign1,
  toHex,
  utf8Encode,
} from '@onetrip/codec'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  BUSINESS_TYPE,
  CENTRE,
  DEVICE,
  IDENTITY_TYPE,
  MATTER,
  sampleCertificate,
  sampleReceipt,
  sampleRequest,
} from '../samples/asking.ts'
import { codeOf, NOW, newSigner } from '../samples/testkit.ts'
import {
  MAX_RECEIPT_BYTES,
  parseReceipt,
  type ReceiptMaterial,
  receiptText,
} from './answer-receipt.ts'
import { MAX_CODE_CHARACTERS } from './budgets.ts'
import { deviceSignedForm } from './device-signed-form.ts'
import { CLAIM, HEADER, TYP } from './labels.ts'
import { type OfficeRequest, parseRequest } from './request.ts'

const digest = (label: string): Uint8Array => sha256(utf8Encode(label))
const claims = (...names: readonly string[]) =>
  names.map((name) => ({ name, digest: digest(`salted ${name}`) }))
const SHOWN: readonly ReceiptMaterial[] = [
  {
    material: 'business-licence',
    type: BUSINESS_TYPE,
    issuer: '11339901XYN000014M',
    claims: claims('address', 'legalRepresentative', 'scope'),
  },
  {
    material: 'identity',
    type: IDENTITY_TYPE,
    issuer: '11339901XYN0000498',
    claims: claims('address', 'idNumber', 'name'),
  },
]
const ANSWER = utf8Encode('the answer')

let request: OfficeRequest
let receipt: Uint8Array

beforeAll(async () => {
  request = parseRequest(await sampleRequest(NOW))
  receipt = await sampleReceipt(ANSWER, { request, shown: SHOWN, now: NOW })
})

async function forged(
  changes: readonly (readonly [CborKey, CborValue | undefined])[],
  header: readonly (readonly [CborKey, CborValue])[] = [],
): Promise<Uint8Array> {
  const { sign1 } = parseReceipt(receipt)
  const payload = decodeCbor(sign1.payload)
  if (!isMap(payload)) throw new TypeError('no map')
  const own = new Map(payload)
  for (const [key, value] of changes) {
    if (value === undefined) own.delete(key)
    else own.set(key, value)
  }
  const protectedHeader = new Map([...sign1.protectedHeader, ...header])
  protectedHeader.delete(HEADER.alg)
  return signSign1({ protectedHeader, payload: encodeCbor(own), signer: DEVICE })
}

describe('a receipt', () => {
  test('says for which answer to which request what was shown, when, by which counter', () => {
    expect(parseReceipt(receipt)).toMatchObject({
      office: CENTRE,
      matter: MATTER,
      issuedAt: NOW,
      request: request.digest,
      answer: sha256(ANSWER),
      shown: SHOWN,
      certificate: { device: { number: '03' } },
    })
  })

  test('for a request over the network names its client, in place of the office', async () => {
    const client = 'x509_san_dns:verify.onetrip.example'
    const online = { matter: MATTER, digest: request.digest, client }
    const of = { request: online, shown: SHOWN, now: NOW }
    expect(parseReceipt(await sampleReceipt(ANSWER, of))).toMatchObject({ client, office: CENTRE })
    expect(parseReceipt(receipt).client).toBeUndefined()
    for (const wrong of ['', 'did:a:b', 'x509_hash:', `x509_hash:${'a'.repeat(512)}`, 7]) {
      const bytes = await forged([[CLAIM.client, wrong]])
      expect(await codeOf(() => parseReceipt(bytes))).toBe('receipt/format')
    }
  })

  test('of two licences with three claims each fits one code', async () => {
    const name = (at: number): string => `c${at}`.padEnd(19, 'x')
    const shown = [1, 2].map((at) => ({
      material: `m${at}`.padEnd(20, 'x'),
      type: `1110000099XYN9907G00${at}`,
      issuer: '11339901XYN000014M',
      claims: claims(name(1), name(2), name(3)),
    }))
    const signer = newSigner('ES256')
    const matters = [MATTER, 'm2', 'm3', 'm4'].map((code) => code.padEnd(20, 'x'))
    const device = { number: '12345678', name: '窗'.repeat(10), key: signer.publicKey }
    const certificate = await sampleCertificate(NOW, { matters, device })
    const own = { request: { ...request, matter: matters[0] ?? '' }, shown, now: NOW }
    const large = await sampleReceipt(ANSWER, { ...own, certificate, signer })
    expect(receiptText(large).length).toBeLessThanOrEqual(MAX_CODE_CHARACTERS.receipt)
    const four = [...shown, ...shown.map((each) => ({ ...each, material: `${each.material}y` }))]
    const larger = await sampleReceipt(ANSWER, { ...own, shown: four, certificate, signer })
    expect(isFrameText(receiptText(larger))).toBe(true)
  })

  test.each<[string, readonly ReceiptMaterial[]]>([
    ['nothing', []],
    ['a material twice', [...SHOWN, ...SHOWN]],
    ['claims out of order', SHOWN.map((each) => ({ ...each, claims: claims('name', 'address') }))],
    [
      'a short digest',
      SHOWN.map((each) => ({ ...each, claims: [{ name: 'a', digest: new Uint8Array(31) }] })),
    ],
    ['an issuer that is no USCC', SHOWN.map((each) => ({ ...each, issuer: 'x' }))],
  ])('is never made of %s', async (_, shown) => {
    await expect(sampleReceipt(ANSWER, { request, shown, now: NOW })).rejects.toThrow(TypeError)
  })
})

describe('is refused', () => {
  const entry = (changes: Record<number, CborValue>): CborValue => [
    Object.assign(
      [...(['m', BUSINESS_TYPE, '11339901XYN000014M', [['a', digest('a')]]] as CborValue[])],
      changes,
    ),
  ]
  const cases: readonly [string, readonly (readonly [CborKey, CborValue | undefined])[], string][] =
    [
      [
        'of another office than its certificate’s',
        [[CLAIM.iss, '11339901XYN000022G']],
        'receipt/format',
      ],
      ['without a time', [[CLAIM.iat, undefined]], 'time/format'],
      ['with an end', [[CLAIM.exp, NOW]], 'receipt/format'],
      ['without an answer', [[CLAIM.answer, undefined]], 'receipt/format'],
      ['with a short answer', [[CLAIM.answer, new Uint8Array(31)]], 'receipt/format'],
      ['without its request', [[CLAIM.cnonce, undefined]], 'receipt/format'],
      ['with a request of text', [[CLAIM.cnonce, toHex(new Uint8Array(16))]], 'receipt/format'],
      [
        'with a nonce in place of its request',
        [[CLAIM.cnonce, new Uint8Array(16)]],
        'receipt/format',
      ],
      ['without a matter', [[CLAIM.matter, undefined]], 'receipt/format'],
      ['without licences', [[CLAIM.shown, []]], 'receipt/format'],
      [
        'with a value in place of a digest',
        [[CLAIM.shown, entry({ 3: [['a', '陈样例']] })]],
        'receipt/format',
      ],
      [
        'with a value beside a digest',
        [[CLAIM.shown, entry({ 3: [['a', digest('a'), '陈样例']] })]],
        'receipt/format',
      ],
      [
        'with a claim twice',
        [
          [
            CLAIM.shown,
            entry({
              3: [
                ['a', digest('a')],
                ['a', digest('b')],
              ],
            }),
          ],
        ],
        'receipt/format',
      ],
      ['with a type that is none', [[CLAIM.shown, entry({ 1: 'x' })]], 'receipt/format'],
      ['with a further member', [[CLAIM.shown, entry({ 4: 'x' })]], 'receipt/format'],
    ]
  test.each(cases)('%s', async (_, changes, code) => {
    expect(await codeOf(async () => parseReceipt(await forged(changes)))).toBe(code)
  })

  test('as a request, and a request as a receipt', async () => {
    expect(await codeOf(() => parseRequest(receipt))).toBe('request/wrong-type')
    expect(await codeOf(async () => parseReceipt(await sampleRequest(NOW)))).toBe(
      'receipt/wrong-type',
    )
    const typed = await forged([], [[HEADER.typ, TYP.request]])
    expect(await codeOf(() => parseRequest(typed))).toBe('request/format')
  })

  test('each is known by its typ, and nothing else is either', () => {
    expect(deviceSignedForm(receiptText(receipt))).toBe('receipt')
    expect(deviceSignedForm(request.sign1.payload)).toBeUndefined()
    expect(deviceSignedForm('https://example.com/')).toBeUndefined()
    expect(deviceSignedForm(receipt.slice(0, 40))).toBeUndefined()
  })

  test('above its size, before anything is decoded', async () => {
    expect(await codeOf(() => parseReceipt(new Uint8Array(MAX_RECEIPT_BYTES + 1)))).toBe(
      'cbor/limit',
    )
  })

  test('whatever else it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => parseReceipt(bytes)).toThrow()
      }),
    )
  })
})
