/** Who asks and answers in the vectors on requests, answers and receipts, and the pack that they are judged by. */
import {
  type CborKey,
  type CborLimits,
  type CborValue,
  decodeCbor,
  decodeSign1,
  encodeCbor,
  isMap,
  isObject,
  jwkThumbprint,
  type Signer,
  signSign1,
  toHex,
  utf8Decode,
} from '@onetrip/codec'
import { HEADER } from '@onetrip/credential'
import { TARGET } from '@onetrip/trust'
import {
  firstRoot,
  samplePack,
  sampleRepository,
} from '../../packages/trust/samples/sample-repository.ts'
import {
  askingDocuments,
  askingLists,
  DEVICE,
  NOW,
} from '../../packages/verifier/samples/asking-world.ts'
import { seededSigner } from './vector-cast.ts'
import type { PackVector } from './verifier-verdicts.ts'

/** The key of a counter that was lost, and is denied. */
export const LOST: Signer = seededSigner('lost counter')

/** What may stand in a header that nobody has looked at. */
const ANYTHING: CborLimits = { maxBytes: 2 ** 24, tags: [18, 60], redactedKeys: true }

/** Changes of map entries; `undefined` leaves one out. */
export type Changes = readonly (readonly [CborKey, CborValue | undefined])[]

/** The pack `asking`: offices with keys, the catalogue, two agencies with their lists, a denied device. */
export async function askingPack(): Promise<PackVector> {
  const { trustList, catalogue, types } = askingDocuments()
  const lists = await askingLists()
  const typeDocuments = types.filter(isObject).map((type) => {
    const [typeCode = '', version = ''] = String(type['vct']).split('/').slice(-2)
    return [`types/${typeCode}/${version}.json`, type] as const
  })
  const files = await sampleRepository({
    signers: {
      root: [seededSigner('asking root')],
      targets: [seededSigner('asking targets')],
      online: seededSigner('asking online'),
    },
    signedAt: NOW - 7200,
    documents: {
      [TARGET.trustList]: trustList,
      [TARGET.catalogue]: catalogue,
      ...Object.fromEntries(typeDocuments),
    },
    statusLists: Object.fromEntries(lists.map((bytes, at) => [at + 1, bytes])),
    denyList: { format: 1, keys: [], devices: [jwkThumbprint(LOST.publicKey)] },
  })
  return { pack: toHex(samplePack(files)), root: utf8Decode(firstRoot(files)) }
}

/** A COSE_Sign1 with claims and protected headers changed, signed anew. */
export async function resigned(
  bytes: Uint8Array,
  changes: { readonly claims?: Changes; readonly header?: Changes; readonly signer?: Signer },
): Promise<Uint8Array> {
  const { claims = [], header = [], signer = DEVICE } = changes
  const { protectedHeader, payload } = decodeSign1(bytes, { tags: [18] })
  const content = decodeCbor(payload)
  if (!isMap(content)) throw new TypeError('claims are a map')
  return signSign1({
    protectedHeader: changed(protectedHeader, [[HEADER.alg, undefined], ...header]),
    payload: encodeCbor(changed(content, claims)),
    signer,
  })
}

/** A thing signed around another, with something else in its header: a certificate, or a delegation. */
export function withInner(
  bytes: Uint8Array,
  other: Uint8Array,
  signer: Signer = DEVICE,
): Promise<Uint8Array> {
  const inner = decodeCbor(other, ANYTHING)
  return resigned(bytes, { header: [[HEADER.kcwt, inner]], signer })
}

function changed(map: ReadonlyMap<CborKey, CborValue>, changes: Changes): Map<CborKey, CborValue> {
  const copy = new Map(map)
  for (const [key, value] of changes) {
    if (value === undefined) copy.delete(key)
    else copy.set(key, value)
  }
  return copy
}
