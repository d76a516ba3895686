import { CborTag, type CborValue, verifySign1 } from '@onetrip/codec'
import { foodLicenceOfSample, sampleLicences } from '@onetrip/fixtures'
import { beforeAll, describe, expect, test } from 'vitest'
import { changed, issueMdoc, type MdocPath, SESSION } from '../samples/mdocs.ts'
import { codeOf, issueInput, newKeys, newSigner, typeOf } from '../samples/testkit.ts'
import { issuanceEntry } from './issuance-entry.ts'
import { LICENCE_ELEMENT } from './labels.ts'
import { readClaims } from './licence-claims.ts'
import { parseMdoc } from './mdoc.ts'
import { buildMdoc } from './mdoc-issue.ts'
import { parseShownMdoc, presentMdoc } from './mdoc-response.ts'

const keys = newKeys('ES256')
const type = typeOf(foodLicenceOfSample)
const ITEMS: MdocPath = ['nameSpaces', type.vct]

let credential: Uint8Array
beforeAll(async () => {
  credential = await issueMdoc(issueInput(foodLicenceOfSample, keys), keys.issuer)
})

/** Where an element stands among the items. */
function placeOf(name: string): MdocPath {
  return [...ITEMS, parseMdoc(credential).items.findIndex((item) => item.name === name)]
}

describe('issuing', () => {
  test.each(sampleLicences)('$holder $typeCode: everything comes back', async (sample) => {
    const own = issueInput(sample, keys)
    const mdoc = parseMdoc(await issueMdoc(own, keys.issuer))
    await verifySign1(mdoc.sign1, keys.issuer.publicKey)
    const { serial, version, validFrom, validTo } = sample.facts
    expect(mdoc.claims).toMatchObject({
      iss: own.issuer,
      vct: own.type.vct,
      serial,
      version,
      validFrom,
      status: own.status,
      holderKey: keys.holder.publicKey,
      hiddenCount: 0,
    })
    expect(mdoc.claims.validTo).toBe(validTo)
    expect(mdoc.claims.issuedAt).toBe(own.issuedAt - (own.issuedAt % 3600))
    const read = readClaims(own.type, mdoc.claims.raw).map(({ name, value }) => [name, value])
    expect(Object.fromEntries(read)).toEqual(sample.facts.claims)
  })

  test('salts and digests are in an order of their own, and each is another (SD15)', () => {
    const salts = parseMdoc(credential).items.map(({ bytes }) => bytes.toString())
    expect(new Set(salts).size).toBe(Object.keys(foodLicenceOfSample.facts.claims).length + 1)
    const names = parseMdoc(credential).items.map(({ name }) => name)
    expect(names).not.toEqual([LICENCE_ELEMENT, ...type.claims.map(({ name }) => name)])
  })

  test('the entry in the log follows from what was signed, whatever is shown', async () => {
    const shown = await presentMdoc({
      credential,
      disclose: [],
      session: SESSION,
      signer: keys.holder,
    })
    const [whole, part] = [parseMdoc(credential), parseShownMdoc(shown).mdoc]
    expect(issuanceEntry(part)).toEqual(issuanceEntry(whole))
    expect(issuanceEntry(whole)).toMatchObject({ issuer: foodLicenceOfSample.agencyId })
  })

  test('no key signs by an algorithm that is only verified', () => {
    const input = issueInput(foodLicenceOfSample, keys)
    const certificate = new Uint8Array(1)
    expect(() => buildMdoc({ ...input, certificate, algorithm: 'ES384' })).toThrow(TypeError)
  })
})

const instead = (value: CborValue) => () => value
const without = () => undefined

describe('what was not signed, or is not an mdoc of ours', () => {
  const cases: readonly {
    readonly why: string
    readonly code: string
    readonly path: () => MdocPath
    readonly change: (value: CborValue) => CborValue | undefined
  }[] = [
    {
      why: 'another value',
      code: 'mdoc/digest',
      path: () => [...placeOf('name'), 'elementValue'],
      change: instead('another'),
    },
    {
      why: 'another random',
      code: 'mdoc/digest',
      path: () => [...placeOf('name'), 'random'],
      change: instead(new Uint8Array(16)),
    },
    {
      why: 'the number of another digest',
      code: 'mdoc/digest',
      path: () => [...placeOf('name'), 'digestID'],
      change: (id) => Number(id) + 1,
    },
    {
      why: 'a number that no digest has',
      code: 'mdoc/digest',
      path: () => [...placeOf('name'), 'digestID'],
      change: instead(4711),
    },
    {
      why: 'an element twice',
      code: 'mdoc/digest',
      path: () => ITEMS,
      change: (items) => [...(items as CborValue[]), ...(items as CborValue[])],
    },
    {
      why: 'a short random',
      code: 'mdoc/format',
      path: () => [...placeOf('name'), 'random'],
      change: instead(new Uint8Array(15)),
    },
    {
      why: 'a member of no meaning in an element',
      code: 'mdoc/format',
      path: () => [...placeOf('name'), 'more'],
      change: instead(1),
    },
    {
      why: 'an element that is not enclosed',
      code: 'mdoc/format',
      path: () => placeOf('name'),
      change: instead('name'),
    },
    {
      why: '257 elements',
      code: 'mdoc/format',
      path: () => ITEMS,
      change: (items) => Array.from({ length: 257 }, () => (items as CborValue[])[0] ?? null),
    },
    {
      why: 'a second namespace',
      code: 'mdoc/format',
      path: () => ['nameSpaces', 'another'],
      change: instead([]),
    },
    { why: 'no namespace', code: 'mdoc/format', path: () => ['nameSpaces'], change: without },
    {
      why: 'another version of what was signed',
      code: 'mdoc/format',
      path: () => ['issuerAuth', 2],
      change: (payload) => changed(payload as Uint8Array, ['version'], instead('2.0')),
    },
    {
      why: 'another hash',
      code: 'mdoc/format',
      path: () => ['issuerAuth', 2],
      change: (payload) => changed(payload as Uint8Array, ['digestAlgorithm'], instead('SHA-512')),
    },
    {
      why: 'a type that is not a text',
      code: 'mdoc/format',
      path: () => ['issuerAuth', 2],
      change: (payload) => changed(payload as Uint8Array, ['docType'], instead(1)),
    },
    {
      why: 'an end that is no time',
      code: 'time/format',
      path: () => ['issuerAuth', 2],
      change: (payload) =>
        changed(
          payload as Uint8Array,
          ['validityInfo', 'validUntil'],
          instead(new CborTag(0, '2027-02-30T00:00:00Z')),
        ),
    },
    {
      why: 'no status',
      code: 'status/format',
      path: () => ['issuerAuth', 2],
      change: (payload) => changed(payload as Uint8Array, ['status'], without),
    },
    {
      why: 'a key that is none',
      code: 'mdoc/format',
      path: () => ['issuerAuth', 2],
      change: (payload) => changed(payload as Uint8Array, ['deviceKeyInfo', 'deviceKey'], without),
    },
    {
      why: 'which licence it is left out',
      code: 'mdoc/licence-hidden',
      path: () => placeOf(LICENCE_ELEMENT),
      change: without,
    },
    { why: 'no signature', code: 'cose/wrong-type', path: () => ['issuerAuth'], change: without },
  ]
  test.each(cases)('$why is $code', async ({ code, path, change }) => {
    expect(await codeOf(() => parseMdoc(changed(credential, path(), change)))).toBe(code)
  })

  test('a changed signed part is not the issuer’s word', async () => {
    const other = changed(credential, ['issuerAuth', 2], (payload) =>
      changed(
        payload as Uint8Array,
        ['validityInfo', 'validUntil'],
        instead(new CborTag(0, '2099-01-01T00:00:00Z')),
      ),
    )
    const { sign1 } = parseMdoc(other)
    const key = keys.issuer.publicKey
    expect(await codeOf(() => verifySign1(sign1, key))).toBe('signature/invalid')
  })

  test('a flipped bit is refused, or changes nothing that is told (property)', async () => {
    for (let at = 0; at < credential.length; at += 7) {
      const flipped = credential.slice()
      flipped[at] = (flipped[at] ?? 0) ^ 1
      const code = await codeOf(async () => {
        const { sign1, claims } = parseMdoc(flipped)
        await verifySign1(sign1, keys.issuer.publicKey)
        expect(claims).toEqual(parseMdoc(credential).claims)
      })
      expect(code, `byte ${at}`).toMatch(/^none$|^[a-z-]+\/[a-z-]+$/)
    }
  })
})

describe('showing', () => {
  const show = (changes: Partial<Parameters<typeof presentMdoc>[0]> = {}) =>
    presentMdoc({
      credential,
      disclose: ['name', 'uscc'],
      session: SESSION,
      signer: keys.holder,
      ...changes,
    })

  test('tells what is chosen and which licence it is, for one session', async () => {
    const { mdoc, keyBinding } = parseShownMdoc(await show(), SESSION)
    expect([...mdoc.claims.raw.keys()].sort()).toEqual(['name', 'uscc'])
    expect(mdoc.claims.hiddenCount).toBe(Object.keys(foodLicenceOfSample.facts.claims).length - 2)
    expect(keyBinding).toMatchObject({ audience: SESSION.clientId, nonce: SESSION.nonce })
    await keyBinding?.verify(keys.holder.publicKey)
  })

  test.each<[string, Partial<typeof SESSION>]>([
    ['client', { clientId: 'x509_san_dns:other.example' }],
    ['nonce', { nonce: 'another' }],
    ['address', { responseUri: 'https://other.example/' }],
    ['key of the answer', { keyThumbprint: new Uint8Array(32) }],
  ])('another %s is another session', async (_, changes) => {
    const { keyBinding } = parseShownMdoc(await show(), { ...SESSION, ...changes })
    const code = await codeOf(() => keyBinding?.verify(keys.holder.publicKey))
    expect(code).toBe('key-binding/signature')
  })

  test('another key does not show it', async () => {
    const shown = await show({ signer: newSigner('ES256') })
    const { keyBinding } = parseShownMdoc(shown, SESSION)
    const code = await codeOf(() => keyBinding?.verify(keys.holder.publicKey))
    expect(code).toBe('key-binding/signature')
  })

  test('without a session it is bound to nobody', async () => {
    expect(parseShownMdoc(await show()).keyBinding).toBeUndefined()
    expect(parseShownMdoc(credential, SESSION).keyBinding).toBeUndefined()
  })

  test('two licences of a type are shown apart', async () => {
    const input = issueInput(foodLicenceOfSample, keys)
    const status = { ...input.status, index: input.status.index + 1 }
    const copy = await issueMdoc({ ...input, status }, keys.issuer)
    const ids = await Promise.all(
      [credential, copy].map(async (each) => {
        const shown = parseShownMdoc(await show({ credential: each }), SESSION)
        return shown.keyBinding?.presentationId
      }),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('a claim that it does not have cannot be chosen', async () => {
    expect(await codeOf(() => show({ disclose: ['another'] }))).toBe('claim/unknown')
  })

  test.each<[string, string, MdocPath, CborValue | undefined]>([
    ['of no documents', 'cose/wrong-tag', ['documents'], undefined],
    ['called another type', 'mdoc/doc-type', ['documents', 0, 'docType'], 'another'],
    ['of another version', 'mdoc/format', ['version'], '2.0'],
    ['of a fault', 'mdoc/format', ['status'], 10],
    ['of nothing', 'mdoc/format', ['documents'], []],
    ['without the device’s word', 'mdoc/format', ['documents', 0, 'deviceSigned'], undefined],
    [
      'with a MAC',
      'mdoc/format',
      ['documents', 0, 'deviceSigned', 'deviceAuth'],
      new Map([['deviceMac', []]]),
    ],
    [
      'with elements of the device’s own',
      'mdoc/format',
      ['documents', 0, 'deviceSigned', 'nameSpaces'],
      new CborTag(24, Uint8Array.of(0xa1, 0x61, 0x61, 0xa0)),
    ],
  ])('a response %s is %s', async (_, code, path, value) => {
    const response = changed(await show(), path, () => value)
    expect(await codeOf(() => parseShownMdoc(response, SESSION))).toBe(code)
  })
})
