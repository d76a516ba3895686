/** Tells what a `.seal` file holds: each seal and each impression in both its forms. */
import {
  type CborValue,
  decodeJws,
  decodeSign1,
  isArray,
  isBytes,
  isMap,
  type JsonObject,
  type JsonValue,
  sha256,
  toHex,
} from '@onetrip/codec'
import { IMPRESSION_ENTRY, parseSealFile, SEAL_ENTRY, SEAL_FILE } from '@onetrip/seal'
import { impressionTree, signedTree } from './cose-recognisers.ts'
import { jwsTree } from './jose-recognisers.ts'
import type { Recogniser } from './recogniser.ts'
import { itemTree, orFault } from './tree.ts'

/** The row for `.seal` files. */
export const SEAL_FILE_RECOGNISER: Recogniser = {
  kind: 'seal-file',
  name: 'a .seal: the impressions (签章) on a file, and the seals that they use',
  find: (opened) => {
    if (opened.form !== 'cbor' || !isMap(opened.value)) return undefined
    const version = opened.value.get(SEAL_FILE.version)
    const seals = opened.value.get(SEAL_FILE.seals)
    const impressions = opened.value.get(SEAL_FILE.impressions)
    if (typeof version !== 'number' || !isArray(seals) || !isArray(impressions)) return undefined
    return {
      parts: {
        version,
        seals: seals.map(sealTree),
        impressions: impressions.map(filedImpressionTree),
      },
      check: () => parseSealFile(opened.bytes),
    }
  },
}

function sealTree(entry: CborValue): JsonValue {
  if (!isMap(entry)) return itemTree(entry)
  const image = entry.get(SEAL_ENTRY.image) ?? null
  return {
    cose: coseTree(entry.get(SEAL_ENTRY.cose), signedTree),
    jws: textTree(entry.get(SEAL_ENTRY.jws)),
    image: isBytes(image) ? { bytes: image.length, sha256: toHex(sha256(image)) } : itemTree(image),
  }
}

function filedImpressionTree(entry: CborValue): JsonValue {
  if (!isMap(entry)) return itemTree(entry)
  const timestamp = entry.get(IMPRESSION_ENTRY.timestamp)
  return {
    cose: coseTree(entry.get(IMPRESSION_ENTRY.cose), impressionTree),
    jws: textTree(entry.get(IMPRESSION_ENTRY.jws)),
    ...(isBytes(timestamp) ? { timestampBytes: timestamp.length } : {}),
  }
}

/** The digest is the name by which an impression is covered, or a seal used. */
function coseTree(
  bytes: CborValue | undefined,
  tree: (sign1: ReturnType<typeof decodeSign1>) => JsonObject,
): JsonValue {
  if (!isBytes(bytes)) return null
  return orFault(() => ({ sha256: toHex(sha256(bytes)), ...tree(decodeSign1(bytes)) }))
}

function textTree(text: CborValue | undefined): JsonValue {
  return typeof text === 'string' ? orFault(() => jwsTree(decodeJws(text))) : null
}
