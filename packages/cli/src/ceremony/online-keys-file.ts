/** The file that `onetrip trust online-keys` prints: the public keys of a server's own roles. */
import {
  isObject,
  type PublicKey,
  parseJson,
  publicKeyFromJwk,
  publicKeyToJwk,
} from '@onetrip/codec'
import type { OnlineRole } from '@onetrip/server'
import { printable } from '../printable.ts'
import { readLimited } from '../read-limited.ts'
import { UsageError } from '../usage.ts'

const MAX_BYTES = 8192
const KIND = 'onetrip-online-keys'

/** A key for each online role. */
export type OnlineKeys = Readonly<Record<OnlineRole, PublicKey>>

/** Writes the keys as an object of public JWKs. */
export function onlineKeysJson(keys: OnlineKeys): object {
  return {
    kind: KIND,
    snapshot: publicKeyToJwk(keys.snapshot),
    timestamp: publicKeyToJwk(keys.timestamp),
    status: publicKeyToJwk(keys.status),
    deny: publicKeyToJwk(keys.deny),
    log: publicKeyToJwk(keys.log),
  }
}

/** Reads the keys. Throws `UsageError` for anything else. */
export async function loadOnlineKeys(file: string): Promise<OnlineKeys> {
  const bytes = await readLimited(file, MAX_BYTES)
  try {
    const json = parseJson(bytes, { maxBytes: MAX_BYTES })
    if (!isObject(json) || json['kind'] !== KIND) throw new TypeError('not online keys')
    const key = (role: OnlineRole): PublicKey => {
      const jwk = json[role]
      if (!isObject(jwk)) throw new TypeError('not online keys')
      return publicKeyFromJwk(jwk)
    }
    return {
      snapshot: key('snapshot'),
      timestamp: key('timestamp'),
      status: key('status'),
      deny: key('deny'),
      log: key('log'),
    }
  } catch {
    throw new UsageError(`${printable(file)} is not what trust online-keys prints`)
  }
}
