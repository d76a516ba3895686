/** The licence map of a CBOR credential: keys by name where a type definition gives them one, days as dates. */
import type { CborMap, CborValue, JsonObject, JsonValue } from '@onetrip/codec'
import { LICENCE, numberToDay, type TypeDefinition } from '@onetrip/credential'
import { itemTree, mapTree, namesOf } from './tree.ts'

const LICENCE_NAMES = namesOf(LICENCE)
const DAYS: ReadonlySet<string> = new Set(['validFrom', 'validTo'])

/** Tells a licence map; `typeCode` is the credential's `vct`. */
export function licenceTree(
  licence: CborMap,
  typeCode: CborValue | undefined,
  types: readonly TypeDefinition[],
): JsonObject {
  const version = licence.get(LICENCE.typeVersion) ?? 1
  const type = types.find((known) => known.typeCode === typeCode && known.version === version)
  const claims = new Map(type?.claims.map((claim) => [claim.name, claim]))
  const names = new Map([
    ...LICENCE_NAMES,
    ...[...claims.values()].map(({ key, name }) => [key, name] as const),
  ])
  const tree = mapTree(licence, names, (name, value) => {
    const claim = claims.get(name)
    if (DAYS.has(name) || claim?.format === 'date') return dayTree(value)
    const text = typeof value === 'string' ? claim?.codes?.[value] : undefined
    return text === undefined ? undefined : `${value} (${text['zh-CN']})`
  })
  const typeName = type === undefined ? '(no definition at hand)' : type.name['zh-CN']
  return { type: typeName, ...tree }
}

function dayTree(value: CborValue): JsonValue | undefined {
  if (typeof value !== 'number' || Math.abs(value) > 2_932_896) return undefined
  return value < 0 ? itemTree(value) : numberToDay(value)
}
