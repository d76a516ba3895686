/** Packs that no tool of ours would make: an index that says anything, over bodies that need not fit it. */
import { type CborValue, concatBytes, encodeCbor, utf8Encode } from '@onetrip/codec'

/** A member as a forger states it. */
export interface ForgedMember {
  readonly path: string
  readonly rawBytes: number
  readonly body: Uint8Array
}

/** A pack with an index of its own; `bodies` follow it. */
export function forgedPack(index: CborValue, bodies: Uint8Array = new Uint8Array()): Uint8Array {
  const bytes = encodeCbor(index)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, bytes.length)
  return concatBytes(utf8Encode('OTPACK'), Uint8Array.of(1), length, bytes, bodies)
}

/** A pack whose index is in order and lists members as they are stated. */
export function packOfMembers(members: readonly ForgedMember[], base?: number): Uint8Array {
  const entries = members.map(({ path, rawBytes, body }) => [path, rawBytes, body.length])
  const index = new Map<number, CborValue>([[2, entries]])
  if (base !== undefined) index.set(1, base)
  return forgedPack(index, concatBytes(...members.map(({ body }) => body)))
}
