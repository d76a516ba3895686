import type { JsonObject, JsonValue } from '@onetrip/codec'
import { toBase64url, utf8Encode } from '@onetrip/codec'
import { describe, expect, test } from 'vitest'
import { codeOf, seededRandom } from '../samples/testkit.ts'
import {
  encodeJsonDisclosure,
  jsonDisclosureDigest,
  openJsonDisclosures,
  saltTexts,
} from './json-disclosures.ts'

const random = seededRandom('json')
const disclosureOf = (value: JsonValue, name?: string): string =>
  encodeJsonDisclosure(random(16), value, name)
const digest = jsonDisclosureDigest
const raw = (json: string): string => toBase64url(utf8Encode(json))

test('salts encoded all at once are the salts encoded one by one', () => {
  const salts = random(16 * 5)
  const each = [0, 16, 32, 48, 64].map((start) => toBase64url(salts.subarray(start, start + 16)))
  expect(saltTexts(salts)).toEqual(each)
})

describe('what is opened', () => {
  test('members, elements and nested redactions', () => {
    const street = disclosureOf('样例路18号', 'street')
    const address = disclosureOf({ city: '虚构市', _sd: [digest(street)] }, 'address')
    const second = disclosureOf('CN')
    const payload = {
      _sd: [digest(address), 'hidden-digest'],
      _sd_alg: 'sha-256',
      list: [1, { '...': digest(second) }, { '...': 'also-hidden' }],
    }
    const opened = openJsonDisclosures(payload, [street, second, address])
    expect(JSON.parse(JSON.stringify(opened.claims))).toEqual({
      list: [1, 'CN'],
      address: { city: '虚构市', street: '样例路18号' },
    })
    expect(opened.hiddenCount).toBe(2)
  })

  test('_sd_alg below the top is a claim like any other', () => {
    const { claims } = openJsonDisclosures({ inner: { _sd_alg: 'md5' } }, [])
    expect(JSON.stringify(claims)).toBe('{"inner":{"_sd_alg":"md5"}}')
  })
})

describe('what is refused (cases SD)', () => {
  const name = disclosureOf('陈样例', 'name')
  const element = disclosureOf('陈样例')
  const member = (value: JsonValue, key: string): [JsonObject, string[]] => {
    const text = disclosureOf(value, key)
    return [{ _sd: [digest(text)], taken: 1 }, [text]]
  }
  const one = (text: string): [JsonObject, string[]] => [{ _sd: [digest(text)] }, [text]]

  test.each<[string, string, readonly [JsonObject, readonly string[]]]>([
    ['SD01 a disclosure twice', 'sd-jwt/duplicate-digest', [{ _sd: [digest(name)] }, [name, name]]],
    [
      'SD01 a digest twice',
      'sd-jwt/duplicate-digest',
      [{ _sd: [digest(name), digest(name)] }, [name]],
    ],
    [
      'SD01 a digest twice, on two levels, hidden',
      'sd-jwt/duplicate-digest',
      [{ _sd: ['x'], inner: { _sd: ['x'] } }, []],
    ],
    [
      'SD01 a digest in a disclosed value again',
      'sd-jwt/duplicate-digest',
      (() => {
        const outer = disclosureOf({ _sd: ['x'] }, 'outer')
        return [{ _sd: [digest(outer), 'x'] }, [outer]]
      })(),
    ],
    ['SD02 unreferenced', 'sd-jwt/unreferenced-disclosure', [{ _sd: ['x'] }, [name]]],
    [
      'SD02 referenced only by one that is not',
      'sd-jwt/unreferenced-disclosure',
      [{}, [name, disclosureOf({ _sd: [digest(name)] }, 'outer')]],
    ],
    ['SD03 _sd', 'sd-jwt/claim-name', member(['x'], '_sd')],
    ['SD03 ...', 'sd-jwt/claim-name', member('x', '...')],
    ['SD03 there already', 'sd-jwt/claim-name', member(2, 'taken')],
    [
      'SD03 two of one name',
      'sd-jwt/claim-name',
      (() => {
        const [a, b] = [disclosureOf(1, 'twice'), disclosureOf(2, 'twice')]
        return [{ _sd: [digest(a), digest(b)] }, [a, b]]
      })(),
    ],
    ['SD03 __proto__', 'sd-jwt/claim-name', member({ isAdmin: true }, '__proto__')],
    ['SD03 ... as a member', 'sd-jwt/claim-name', [{ a: { '...': 'x' } }, []]],
    ['SD03 ... beside others', 'sd-jwt/claim-name', [{ a: [{ '...': 'x', b: 1 }] }, []]],
    ['SD07 sha-1', 'sd-jwt/hash-algorithm', [{ _sd_alg: 'sha-1' }, []]],
    ['SD07 sha-256-32', 'sd-jwt/hash-algorithm', [{ _sd_alg: 'sha-256-32' }, []]],
    ['SD07 md5', 'sd-jwt/hash-algorithm', [{ _sd_alg: 'md5' }, []]],
    ['SD07 not a text', 'sd-jwt/hash-algorithm', [{ _sd_alg: ['sha-256'] }, []]],
    [
      'a member where an element belongs',
      'sd-jwt/disclosure',
      [{ a: [{ '...': digest(name) }] }, [name]],
    ],
    [
      'an element where a member belongs',
      'sd-jwt/disclosure',
      [{ _sd: [digest(element)] }, [element]],
    ],
    ['_sd is no array', 'sd-jwt/disclosure', [{ _sd: 'x' }, []]],
    ['a digest that is no text', 'sd-jwt/disclosure', [{ _sd: [1] }, []]],
    ['four parts', 'sd-jwt/disclosure', one(raw('["s","n",1,2]'))],
    ['one part', 'sd-jwt/disclosure', one(raw('["s"]'))],
    ['an object', 'sd-jwt/disclosure', one(raw('{"s":1}'))],
    ['a salt that is no text', 'sd-jwt/disclosure', one(raw('[1,"n",1]'))],
    ['a name that is no text', 'sd-jwt/disclosure', one(raw('["s",1,1]'))],
    ['not JSON', 'json/format', one(raw('["s","n",'))],
    ['a name twice inside', 'json/duplicate-key', one(raw('["s","n",{"a":1,"a":2}]'))],
    ['padding', 'encoding/base64url', [{}, [`${raw('["salt","n",1]')}=`]]],
  ])('%s', async (_name, code, [payload, texts]) => {
    expect(await codeOf(() => openJsonDisclosures(payload, texts))).toBe(code)
  })

  test.each([20, 10_000])('SD05: a chain of %i disclosures', async (length) => {
    let inner = disclosureOf('end', 'last')
    const texts = [inner]
    for (let i = 1; i < length; i++) {
      inner = disclosureOf({ _sd: [digest(inner)] }, 'next')
      texts.push(inner)
    }
    expect(await codeOf(() => openJsonDisclosures({ _sd: [digest(inner)] }, texts))).toBe(
      'sd-jwt/limit',
    )
  })
})
