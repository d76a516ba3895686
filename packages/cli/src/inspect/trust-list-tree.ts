/** A trust list in few lines: of what environment and version, who stands in it. */
import {
  fromBase64url,
  isObject,
  type JsonObject,
  type JsonValue,
  sha256,
  toHex,
} from '@onetrip/codec'
import { jwkTree, orFault, timeTree } from './tree.ts'

const TIMES = ['signedAt', 'nextUpdate', 'unusableAfter']

/** Tells a list member by member; what a list of another format has not, is left out. */
export function trustListTree(list: JsonObject): JsonObject {
  const times = TIMES.flatMap((name) => {
    const time = list[name]
    return time === undefined ? [] : [[name, timeTree(time)] as const]
  })
  return {
    format: list['format'] ?? null,
    environment: list['environment'] ?? null,
    version: list['version'] ?? null,
    ...Object.fromEntries(times),
    agencies: objectsIn(list['agencies']).map(bodyTree),
    offices: objectsIn(list['offices']).map(bodyTree),
    ...(list['sealMakers'] === undefined
      ? {}
      : { sealMakers: objectsIn(list['sealMakers']).map(bodyTree) }),
    ...(list['timeStampers'] === undefined
      ? {}
      : { timeStampers: objectsIn(list['timeStampers']).map(stamperTree) }),
    ...(list['logs'] === undefined ? {} : { logs: objectsIn(list['logs']) }),
    ...(list['types'] === undefined ? {} : { types: objectsIn(list['types']).map(typeName) }),
  }
}

function bodyTree(body: JsonObject): JsonObject {
  const keys = objectsIn(body['keys']).map((entry) => {
    const { jwk, use, types, revokedFrom } = entry
    return {
      use: use ?? null,
      ...(types === undefined ? {} : { types }),
      ...(isObject(jwk) ? jwkTree(jwk) : {}),
      from: timeTree(entry['notBefore'] ?? null),
      to: timeTree(entry['notAfter'] ?? null),
      ...(revokedFrom === undefined ? {} : { revokedFrom: timeTree(revokedFrom) }),
      ...(entry['loggedBelow'] === undefined ? {} : { loggedBelow: entry['loggedBelow'] }),
    }
  })
  return {
    id: body['id'] ?? null,
    name: nameIn(body['name']),
    ...(body['issuerUrl'] === undefined ? {} : { issuerUrl: body['issuerUrl'] }),
    ...(keys.length > 0 ? { keys } : {}),
  }
}

function stamperTree({ id = null, name, certificates, from, to }: JsonObject): JsonObject {
  const texts = Array.isArray(certificates) ? certificates : []
  return {
    id,
    name: nameIn(name),
    certificates: texts.map(digestTree),
    ...(from === undefined ? {} : { from: timeTree(from) }),
    ...(to === undefined ? {} : { to: timeTree(to) }),
  }
}

/** By its digest, as other tools name a certificate. */
function digestTree(text: JsonValue): JsonValue {
  if (typeof text !== 'string') return text
  return orFault(() => ({ sha256: toHex(sha256(fromBase64url(text))) }))
}

function typeName(type: JsonObject): JsonValue {
  return type['vct'] ?? null
}

function nameIn(name: JsonValue | undefined): JsonValue {
  return isObject(name) ? (name['zh-CN'] ?? null) : null
}

function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}
