import {
  compareBytes,
  decodeCbor,
  encodeCbor,
  encodeJson,
  fromBase64url,
  isMap,
  isObject,
  type JsonValue,
  parseJson,
  REDACTED_KEYS,
  toBase64url,
  utf8Encode,
} from '@onetrip/codec'
import { buildSdCwt, buildSdJwt, CLAIM, encodeSaltedJson } from '@onetrip/credential'
import { describe, expect, test } from 'vitest'
import { SAMPLE_NOW, sampleOrder, sampleSigner } from '../samples/sample-order.ts'
import { draftLicence, draftPaper, type PerSecuring } from './issue.ts'
import { type LintedSdCwt, type LintedSdJwt, lintPaper, lintSdCwt, lintSdJwt } from './lint.ts'
import type { OrderedSecuring } from './ordered-claims.ts'

const order = sampleOrder()
const lint = expect.objectContaining({ code: 'credential/lint' })
const stated = {
  type: order.type,
  facts: order.facts,
  seal: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  issuedAt: SAMPLE_NOW,
  expiresAt: SAMPLE_NOW + 400 * 86_400,
}
const expected: PerSecuring<OrderedSecuring> = {
  cbor: {
    ...stated,
    status: order.status.cbor,
    iss: order.agency.id,
    holderKey: order.holderKeys.cbor,
  },
  jws: {
    ...stated,
    status: order.status.jws,
    iss: order.agency.issuerUrl,
    holderKey: order.holderKeys.jws,
  },
}

interface Drafts {
  readonly cbor: LintedSdCwt
  readonly jws: LintedSdJwt
}

const good: Drafts = draftBoth()

/** Both drafts as they come from the builders. */
function draftBoth(): Drafts {
  const { random } = sampleOrder()
  const { cbor, jws } = order.issuerKeys
  return {
    cbor: buildSdCwt({ ...expected.cbor, ...cbor, random, issuer: expected.cbor.iss }),
    jws: buildSdJwt({ ...expected.jws, ...jws, random, issuerUrl: expected.jws.iss }),
  }
}

function lintLicence({ cbor, jws }: Drafts, ordered: PerSecuring<OrderedSecuring>): void {
  lintSdCwt(cbor, ordered.cbor)
  lintSdJwt(jws, ordered.jws)
}

/** The good draft with the digests of its SD-CWT in another order, in the payload and beside it. */
function reorderCbor(reorder: (digests: readonly Uint8Array[]) => readonly Uint8Array[]): Drafts {
  const claims = decodeCbor(good.cbor.payload, { redactedKeys: true })
  if (!isMap(claims)) throw new TypeError('no claims')
  const licence = claims.get(CLAIM.licence)
  if (!isMap(licence)) throw new TypeError('no licence')
  expect(licence.get(REDACTED_KEYS)).toEqual(good.cbor.digests)
  const digests = reorder(good.cbor.digests)
  const changed = new Map(licence).set(REDACTED_KEYS, digests)
  const payload = encodeCbor(new Map(claims).set(CLAIM.licence, changed))
  return { ...good, cbor: { ...good.cbor, payload, digests } }
}

/** The good draft with members of its SD-JWT payload replaced. */
function changeJws(
  change: (payload: Record<string, JsonValue>) => void,
  digests = good.jws.digests,
): Drafts {
  const [header = '', body = ''] = good.jws.signingInput.split('.')
  const payload = parseJson(fromBase64url(body))
  if (!isObject(payload)) throw new TypeError('no payload')
  const changed: Record<string, JsonValue> = { ...payload }
  change(changed)
  const signingInput = `${header}.${toBase64url(utf8Encode(encodeJson(changed)))}`
  return { ...good, jws: { ...good.jws, signingInput, digests } }
}

describe('SD15', () => {
  test('a good draft passes', () => {
    expect(() => lintLicence(good, expected)).not.toThrow()
  })

  test('a random source that stands still or starts again is refused', () => {
    const still = (length: number) => new Uint8Array(length).fill(7)
    expect(() => draftLicence({ ...sampleOrder(), random: still })).toThrow(lint)
    const again = (length: number) => Uint8Array.from({ length }, (_, at) => at)
    expect(() => draftLicence({ ...sampleOrder(), random: again })).toThrow(lint)
  })

  test('digests in the order of the claims are refused in CBOR', () => {
    expect(() =>
      lintLicence(
        reorderCbor((digests) => digests),
        expected,
      ),
    ).not.toThrow()
    const reversed = reorderCbor((digests) => digests.toSorted((a, b) => compareBytes(b, a)))
    expect(() => lintLicence(reversed, expected)).toThrow(lint)
  })

  test('and in JSON', () => {
    const digests = good.jws.digests.toReversed()
    const reversed = changeJws((payload) => Object.assign(payload, { _sd: digests }), digests)
    expect(() => lintLicence(reversed, expected)).toThrow(lint)
  })
})

describe('a draft that is not what was ordered', () => {
  test('a disclosure too few, twice or of another credential', () => {
    const { disclosures } = good.cbor
    const [first] = disclosures
    if (first === undefined) throw new TypeError('no disclosures')
    const tooMany = [...disclosures, first]
    const twice = [first, ...disclosures.slice(0, -1)]
    for (const changed of [disclosures.slice(1), twice, disclosures.toReversed(), tooMany, []]) {
      const draft = { ...good, cbor: { ...good.cbor, disclosures: changed } }
      expect(() => lintLicence(draft, expected)).toThrow(lint)
    }
    const texts = good.jws.disclosures
    const twiceJson = [texts[0] ?? '', ...texts.slice(0, -1)]
    for (const changed of [texts.slice(1), twiceJson, texts.toReversed(), [...texts, ''], []]) {
      const draft = { ...good, jws: { ...good.jws, disclosures: changed } }
      expect(() => lintLicence(draft, expected)).toThrow(lint)
    }
  })

  test('a digest too few or not of the disclosures', () => {
    const foreign = reorderCbor((digests) => digests.map((_, at) => new Uint8Array(32).fill(at)))
    expect(() => lintLicence(foreign, expected)).toThrow(lint)
    const fewer = reorderCbor((digests) => digests.slice(1))
    expect(() => lintLicence(fewer, expected)).toThrow(lint)
    const numbers = good.jws.digests.map((_, at) => String(at))
    for (const digests of [numbers, good.jws.digests.slice(1)]) {
      const changed = changeJws((payload) => Object.assign(payload, { _sd: digests }), digests)
      expect(() => lintLicence(changed, expected)).toThrow(lint)
    }
  })

  test('digests beside the payload that are not those in it', () => {
    const elsewhere = good.cbor.digests.map((digest) => digest.with(31, 0))
    const cbor = { ...good.cbor, digests: elsewhere }
    expect(() => lintSdCwt(cbor, expected.cbor)).toThrow(lint)
    const payload = (changed: Record<string, JsonValue>) => Object.assign(changed, { _sd: [] })
    expect(() => lintLicence(changeJws(payload), expected)).toThrow(lint)
  })

  test('a salt that is not 16 bytes', () => {
    const [first = new Uint8Array(), ...others] = good.cbor.disclosures
    const short = Uint8Array.of(0x83, 0x4f, ...first.subarray(3))
    const cbor = { ...good.cbor, disclosures: [short, ...others] }
    expect(() => lintSdCwt(cbor, expected.cbor)).toThrow(lint)
    const [text = '', ...texts] = good.jws.disclosures
    const [salt, name, value] = parseJson(fromBase64url(text)) as [string, string, string]
    for (const changed of [salt.slice(1), `${salt}A`]) {
      const disclosures = [encodeSaltedJson(changed, value, name), ...texts]
      expect(() => lintSdJwt({ ...good.jws, disclosures }, expected.jws)).toThrow(lint)
    }
  })

  test('a claim shown that should be hidden, and a member more than ordered', () => {
    const { name = '' } = order.facts.claims
    const shown = changeJws((payload) => Object.assign(payload, { name }))
    expect(() => lintLicence(shown, expected)).toThrow(lint)
    const more = changeJws((payload) => Object.assign(payload, { jti: '1' }))
    expect(() => lintLicence(more, expected)).toThrow(lint)
  })

  test.each<[string, (payload: Record<string, JsonValue>) => void]>([
    ['issuer', (payload) => Object.assign(payload, { iss: 'https://x.example' })],
    ['type', (payload) => Object.assign(payload, { vct: `${payload['vct']}1` })],
    ['serial', (payload) => Object.assign(payload, { serial: 'X' })],
    ['version', (payload) => Object.assign(payload, { licenceVersion: 2 })],
    ['first day', (payload) => Object.assign(payload, { validFrom: '2020-05-07' })],
    ['last day', (payload) => Object.assign(payload, { validTo: '2040-05-07' })],
    ['time', (payload) => Object.assign(payload, { iat: SAMPLE_NOW })],
    ['seal', (payload) => Object.assign(payload, { seal: 'AAAAAAAAAAA' })],
    ['end', (payload) => Object.assign(payload, { exp: SAMPLE_NOW })],
    ['beginning', (payload) => Object.assign(payload, { nbf: 1 })],
    [
      'status',
      (payload) =>
        Object.assign(payload, { status: { status_list: { idx: 1, uri: 'https://x.example/1' } } }),
    ],
  ])('another %s', (_, change) => {
    expect(() => lintLicence(changeJws(change), expected)).toThrow(lint)
  })

  test('another holder key, other facts', () => {
    const holderKey = sampleSigner('strangerCbor').publicKey
    const otherKey = { ...expected, cbor: { ...expected.cbor, holderKey } }
    expect(() => lintLicence(good, otherKey)).toThrow(lint)
    const facts = { ...order.facts, claims: { ...order.facts.claims, name: '林测试' } }
    expect(() => lintLicence(good, { ...expected, cbor: { ...expected.cbor, facts } })).toThrow(
      lint,
    )
    const { name, ...fewer } = order.facts.claims
    const fewerFacts = { ...order.facts, claims: fewer }
    expect(name).toBeDefined()
    expect(() =>
      lintLicence(good, { ...expected, jws: { ...expected.jws, facts: fewerFacts } }),
    ).toThrow(lint)
  })

  test('another seal, or none', () => {
    for (const seal of [stated.seal.toReversed(), undefined]) {
      expect(() => lintSdCwt(good.cbor, { ...expected.cbor, seal })).toThrow(lint)
      expect(() => lintSdJwt(good.jws, { ...expected.jws, seal })).toThrow(lint)
    }
  })

  test('on paper', () => {
    const { status, issuerKeys, ...rest } = order
    const { seal } = stated
    const pending = draftPaper({ ...rest, seal, status: status.cbor, issuerKey: issuerKeys.cbor })
    const paper = { ...stated, status: status.cbor, iss: order.agency.id }
    expect(() => lintPaper(pending, paper)).not.toThrow()
    expect(() => lintPaper(pending, { ...paper, iss: order.agency.issuerUrl })).toThrow(lint)
    expect(() => lintPaper(pending, { ...paper, status: status.jws })).toThrow(lint)
    expect(() => lintPaper(pending, { ...paper, seal: seal.toReversed() })).toThrow(lint)
  })
})
