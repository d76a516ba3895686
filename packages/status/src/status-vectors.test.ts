/** The examples of draft-ietf-oauth-status-list-20, read where they stand outside this repository. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  ANY_KEY_ORDER,
  decodeCbor,
  decodeSign1,
  fromBase64url,
  fromHex,
  isMap,
  isObject,
  parseJson,
} from '@onetrip/codec'
import { outsideVectors } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { inflateZlib } from './inflate.ts'
import { getStatus, isStatusSize, type StatusSize } from './status-bits.ts'
import { decodeStatusList } from './status-list.ts'
import { parseStatusReference } from './status-reference.ts'

const ENTRIES = 2 ** 20
const URI = 'https://example.com/statuslists/1'

/** The text of an example without its wrapping, which also runs through JSON strings. */
function example(name: string): string {
  const folder = resolve(outsideVectors ?? '', 'token-status-list/examples')
  const text = readFileSync(resolve(folder, `status_list_${name}.md`), 'utf8')
  return text.replace(/\s+/g, '').replace(/^.*encoded:/, '')
}

function readJson(text: string): { bits: unknown; lst: unknown } {
  const value = parseJson(text)
  return isObject(value) ? { bits: value['bits'], lst: value['lst'] } : { bits: 0, lst: 0 }
}

function readCbor(text: string): { bits: unknown; lst: unknown } {
  const value = decodeCbor(fromHex(text), { [ANY_KEY_ORDER]: true })
  return isMap(value) ? { bits: value.get('bits'), lst: value.get('lst') } : { bits: 0, lst: 0 }
}

function openExample(name: string): { bits: StatusSize; statuses: Uint8Array } {
  const text = example(name)
  const { bits, lst: packed } = name.endsWith('json') ? readJson(text) : readCbor(text)
  if (!isStatusSize(bits)) throw new TypeError('the example has no size')
  const bytes = typeof packed === 'string' ? fromBase64url(packed) : packed
  if (!(bytes instanceof Uint8Array)) throw new TypeError('the example has no list')
  return { bits, statuses: inflateZlib(bytes, (ENTRIES * bits) / 8) }
}

function marked(name: string): ReadonlyMap<number, number> {
  const { bits, statuses } = openExample(name)
  const size = (statuses.length * 8) / bits
  expect(size).toBe(ENTRIES)
  const found = new Map<number, number>()
  for (let index = 0; index < size; index += 1) {
    const value = getStatus({ statuses, bits, index })
    if (value !== 0) found.set(index, value)
  }
  return found
}

describe.skipIf(outsideVectors === undefined)('examples of the draft', () => {
  test.each(['encoding_json', 'encoding_cbor'])('%s', (name) => {
    const { bits, statuses } = openExample(name)
    expect({ bits, statuses }).toEqual({ bits: 1, statuses: fromHex('b9a3') })
  })

  test.each(['encoding2_json', 'encoding2_cbor'])('%s', (name) => {
    const { bits, statuses } = openExample(name)
    expect({ bits, statuses }).toEqual({ bits: 2, statuses: fromHex('c944f9') })
  })

  test.each(['encoding1_long_json', 'encoding1_long_cbor'])('%s', (name) => {
    const at = [0, 1993, 25460, 159495, 495669, 554353, 645645, 723232, 854545, 934534, 1000345]
    expect(marked(name)).toEqual(new Map(at.map((index) => [index, 1])))
  })

  test.each(['encoding2_long_json', 'encoding2_long_cbor'])('%s', (name) => {
    const expected = new Map([
      [0, 1],
      [1993, 2],
      [25460, 1],
      [159495, 3],
      [495669, 1],
      [554353, 1],
      [645645, 2],
      [723232, 1],
      [854545, 1],
      [934534, 2],
      [1000345, 3],
    ])
    expect(marked(name)).toEqual(expected)
  })

  test.each(['encoding4_json', 'encoding4_cbor'])('%s', (name) => {
    const found = marked(name)
    expect(found.size).toBe(15)
    expect(found.get(35460)).toBe(3)
    expect(found.get(1030205)).toBe(15)
  })

  test.each(['encoding8_json', 'encoding8_cbor'])('%s', (name) => {
    const found = marked(name)
    expect(new Set(found.values()).size).toBe(255)
    expect(found.get(1199)).toBe(121)
    expect(found.get(19535)).toBe(255)
  })

  test('both forms of a list decode to the same', () => {
    const cwt = decodeStatusList(fromHex(example('cwt')))
    const jwt = decodeStatusList(example('jwt_raw'))
    const expected = {
      algorithm: 'ES256',
      bits: 1,
      uri: URI,
      issuedAt: 1686920170,
      ttlSeconds: 43200,
    }
    expect(cwt).toMatchObject({ form: 'cwt', ...expected, expiresAt: 2291720170 })
    expect(jwt).toMatchObject({ form: 'jwt', ...expected, expiresAt: 2291720170 })
    expect(cwt.kid).toEqual(Uint8Array.of(0x31, 0x32))
    expect(jwt.kid).toEqual(cwt.kid)
    expect(jwt.compressed).toEqual(cwt.compressed)
  })

  test('a referenced token in CBOR', () => {
    const folder = resolve(outsideVectors ?? '', 'token-status-list/examples')
    const text = readFileSync(resolve(folder, 'referenced_token_cwt.md'), 'utf8')
    const { payload } = decodeSign1(fromHex(text.replace(/\s+/g, '')))
    const claims = decodeCbor(payload, { [ANY_KEY_ORDER]: true })
    const claim = isMap(claims) ? claims.get(65_535) : undefined
    expect(parseStatusReference(claim)).toEqual({ uri: URI, index: 0 })
  })
})
