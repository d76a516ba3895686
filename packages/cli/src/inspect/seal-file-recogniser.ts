/** Tells what a `.seal` file holds: each seal and each impression in both its forms. */
import {
  type CborValue,
  decodeJws,
  decodeSign1,
  Fault,
  isArray,
  isBytes,
  isMap,
  type JsonObject,
  type JsonValue,
  sha256,
  toHex,
} from '@onetrip/codec'
import {
  IMPRESSION_ENTRY,
  parseSealFile,
  readTimestamp,
  SEAL_ENTRY,
  SEAL_FILE,
} from '@onetrip/seal'
import { decodeStatusList } from '@onetrip/status'
import { utc } from '../utc.ts'
import { impressionTree, signedTree } from './cose-recognisers.ts'
import { jwsTree } from './jose-recognisers.ts'
import type { Recogniser } from './recogniser.ts'
import { statusListTree } from './status-list-tree.ts'
import { itemTree, orFault } from './tree.ts'

/** The row for `.seal` files. */
export const SEAL_FILE_RECOGNISER: Recogniser = {
  kind: 'seal-file',
  name: 'a .seal: the impressions (签章) on a file, and the seals that they use',
  find: async (opened) => {
    if (opened.form !== 'cbor' || !isMap(opened.value)) return undefined
    const version = opened.value.get(SEAL_FILE.version)
    const seals = opened.value.get(SEAL_FILE.seals)
    const impressions = opened.value.get(SEAL_FILE.impressions)
    if (typeof version !== 'number' || !isArray(seals) || !isArray(impressions)) return undefined
    return {
      parts: {
        version,
        seals: seals.map(sealTree),
        impressions: await Promise.all(impressions.map(filedImpressionTree)),
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

async function filedImpressionTree(entry: CborValue): Promise<JsonValue> {
  if (!isMap(entry)) return itemTree(entry)
  const timestamp = entry.get(IMPRESSION_ENTRY.timestamp)
  const list = entry.get(IMPRESSION_ENTRY.statusList)
  return {
    cose: coseTree(entry.get(IMPRESSION_ENTRY.cose), impressionTree),
    jws: textTree(entry.get(IMPRESSION_ENTRY.jws)),
    ...(isBytes(timestamp) ? { timestamp: await timestampTree(timestamp) } : {}),
    ...(isBytes(list) ? { statusList: listTree(list) } : {}),
  }
}

/** What a token says, and of which certificate it says that it signed. */
async function timestampTree(bytes: Uint8Array): Promise<JsonObject> {
  const size = { bytes: bytes.length }
  try {
    const { time, accuracySeconds, policy, imprint, signer } = await readTimestamp(bytes)
    return {
      ...size,
      time: utc(time),
      accuracySeconds,
      policy,
      imprint: toHex(imprint),
      signer: {
        subject: [...signer.subject],
        sha256: toHex(sha256(signer.bytes)),
        from: utc(signer.notBefore),
        to: utc(signer.notAfter),
      },
    }
  } catch (error) {
    if (error instanceof Fault) return { ...size, fault: error.code }
    throw error
  }
}

function listTree(bytes: Uint8Array): JsonObject {
  return { bytes: bytes.length, ...orFault(() => statusListTree(decodeStatusList(bytes))) }
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
