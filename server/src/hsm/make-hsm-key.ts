/**
 * Making a key in an HSM, and the note of it that lies among the key files: the public JWK with the `CKA_ID`. A key that has its name as
 * label already, from a ceremony or from a start that was cut off, is taken; two that make one at the same time keep the first.
 */
import { randomBytes } from 'node:crypto'
import {
  fault,
  isObject,
  type JsonObject,
  type PublicKey,
  publicKeyFromJwk,
  publicKeyFromRaw,
  publicKeyToJwk,
} from '@onetrip/codec'
import type { Hsm } from './hsm.ts'
import type { HsmAlgorithm, HsmKey } from './hsm-messages.ts'

const ID_BYTES = 16
const ID = /^([0-9a-f]{2}){1,64}$/

/** Which key of the HSM it is. */
export interface HsmKeyPlace {
  /** `CKA_ID`, hex. */
  readonly id: string
  readonly publicKey: PublicKey
}

/**
 * Makes or finds the key and hands its note to `keep`, which says whether it was the first. Rejects with `key/unavailable`, also where
 * several keys have that label, or one of another algorithm.
 */
export async function makeHsmKey(
  hsm: Hsm,
  wanted: {
    readonly name: string
    readonly algorithm: HsmAlgorithm
    readonly keep: (note: JsonObject) => boolean
  },
): Promise<void> {
  const { name, algorithm, keep } = wanted
  const [known, ...others] = await hsm.listKeys(name)
  if (others.length > 0 || (known !== undefined && known.algorithm !== algorithm)) {
    throw fault('key/unavailable', 'several keys have this label, or one of another algorithm')
  }
  if (known !== undefined) {
    keep(noteOf(known))
    return
  }
  const id = randomBytes(ID_BYTES).toString('hex')
  const made = await hsm.generate({ label: name, id, algorithm })
  if (!keep(noteOf(made))) await hsm.destroy(id)
}

/** What a stored JWK says of a key in an HSM; undefined for a key that lies in the file. */
export function hsmPlaceOf(stored: JsonObject): HsmKeyPlace | undefined {
  const { hsm: place, ...jwk } = stored
  if (!isObject(place)) return undefined
  const { id } = place
  if (typeof id !== 'string' || !ID.test(id)) throw new TypeError('key store: id of a key')
  return { id, publicKey: publicKeyFromJwk(jwk) }
}

function noteOf({ id, algorithm, raw }: HsmKey): JsonObject {
  return { ...publicKeyToJwk(publicKeyFromRaw(algorithm, raw)), hsm: { id } }
}
