/** CBOR appendix A (RFC 8949): what is in the profile round-trips, the rest is refused by name. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { outsideVectors } from '@onetrip/fixtures'
import { describe, expect, test } from 'vitest'
import { fromHex, toHex } from './bytes.ts'
import { decodeCbor } from './cbor-decode.ts'
import { encodeCbor } from './cbor-encode.ts'
import { CborFloat, type CborValue, isArray, isMap } from './cbor-value.ts'
import { type ErrorCode, fault } from './errors.ts'

interface AppendixItem {
  readonly hex: string
  readonly decoded?: unknown
}

/** Why an item is outside the profile, by how its hexadecimal begins; `8301…9f` hide theirs inside. */
const REFUSED: readonly (readonly [RegExp, ErrorCode])[] = [
  [/^(5f|7f|9f|bf)|^83018202039f|^83019f|^826161bf/, 'cbor/indefinite-length'],
  [/^[13]bffffffffffffffff/, 'cbor/integer-range'],
  [/^(c|d[0-9a-f])/, 'cbor/tag-not-allowed'],
  [/^(fa7f8|fa7fc|faff8|fb7ff|fbfff)/, 'cbor/not-canonical'],
  [/^f818$/, 'cbor/malformed'],
  [/^(f0|f7|f8)/, 'cbor/simple-not-allowed'],
]

describe.skipIf(outsideVectors === undefined)('CBOR appendix A', () => {
  const items: AppendixItem[] =
    outsideVectors === undefined
      ? []
      : JSON.parse(readFileSync(join(outsideVectors, 'cbor-test-vectors/appendix_a.json'), 'utf8'))
  const refusal = (hex: string) => REFUSED.find(([pattern]) => pattern.test(hex))?.[1]
  const accepted = items.filter(({ hex }) => refusal(hex) === undefined)

  test('is whole', () => {
    expect(items).toHaveLength(82)
    expect(accepted).toHaveLength(51)
  })
  for (const { hex } of items) {
    const code = refusal(hex)
    test(`${hex} ${code ?? 'round-trips'}`, () => {
      if (code !== undefined) expect(() => decodeCbor(fromHex(hex))).toThrow(fault(code))
      else expect(toHex(encodeCbor(decodeCbor(fromHex(hex))))).toBe(hex)
    })
  }
  test.each(accepted.filter((item) => item.decoded !== undefined))('$hex has its value', (item) => {
    expect(plain(decodeCbor(fromHex(item.hex)))).toEqual(item.decoded)
  })
})

/** The value as the vectors write it in JSON. */
function plain(value: CborValue): unknown {
  if (value instanceof CborFloat) return value.value
  if (isMap(value)) {
    return Object.fromEntries([...value].map(([key, item]) => [String(key), plain(item)]))
  }
  return isArray(value) ? value.map(plain) : value
}
