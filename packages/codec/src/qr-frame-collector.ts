/**
 * Messages out of frames, in any order, with gaps and repetitions, several messages at a time. Memory is bounded: four
 * messages of 64 KiB, the one that was fed longest ago gives way. A frame that does not go with the others of its message
 * ends that message: it starts anew with the next frame.
 */
import { equalBytes } from './bytes.ts'
import { fault } from './errors.ts'
import { PartSolver } from './part-solver.ts'
import { decodeFrame, type Frame, identityText, isFrameText } from './qr-frame.ts'
import { partsOfFrame } from './qr-frame-parts.ts'
import { messageIdentity } from './qr-frame-source.ts'

const MAX_MESSAGES = 4

/** What came of a text. */
export type FrameAnswer =
  /** It is no frame, but something else. */
  | { readonly state: 'other' }
  | (FrameProgress & { readonly state: 'more' })
  | (FrameProgress & { readonly state: 'done'; readonly message: Uint8Array })

/** How far a message is. */
export interface FrameProgress {
  /** {@link messageKey} of its message. */
  readonly key: string
  /** Frames that count: repetitions and what follows from others do not. */
  readonly have: number
  readonly need: number
}

interface Collection {
  readonly first: Frame
  readonly solver: PartSolver
  message?: Uint8Array
}

/** Collects frames; one for each place where codes are read. */
export class FrameCollector {
  /** The one fed longest ago first. */
  readonly #collections = new Map<string, Collection>()

  /**
   * Takes the text of a code. A message that is done is told again with each further frame of it. Throws what `decodeFrame`
   * throws, and `qr/frames-mixed` when the frames of a message are not of one message.
   */
  add(text: string): FrameAnswer {
    if (!isFrameText(text)) return { state: 'other' }
    const frame = decodeFrame(text)
    const key = identityText(frame)
    const collection = this.#collections.get(key) ?? begin(frame)
    this.#collections.delete(key)
    take(collection, frame)
    this.#collections.set(key, collection)
    const [oldest] = this.#collections.keys()
    if (this.#collections.size > MAX_MESSAGES && oldest) this.#collections.delete(oldest)
    const { message, solver } = collection
    const progress = { key, have: solver.have, need: frame.count }
    return message === undefined
      ? { state: 'more', ...progress }
      : { state: 'done', ...progress, message }
  }
}

/** A message's name among those that are collected: 16 hexadecimal digits of its SHA-256. */
export function messageKey(message: Uint8Array): string {
  return identityText({ identity: messageIdentity(message) })
}

function begin(first: Frame): Collection {
  const { count, part } = first
  return { first, solver: new PartSolver({ count, size: part.length }) }
}

/** Adds a frame, and the whole message as soon as it can be told. Throws `qr/frames-mixed`. */
function take(collection: Collection, { length, count, number, part }: Frame): void {
  const { first, solver } = collection
  if (length !== first.length || count !== first.count) throw fault('qr/frames-mixed')
  solver.add(partsOfFrame(number, count), part)
  const filled = collection.message === undefined ? solver.solve() : undefined
  if (filled === undefined) return
  const message = filled.slice(0, length)
  const isFilledWithZeros = filled.subarray(length).every((byte) => byte === 0)
  if (!isFilledWithZeros || !equalBytes(messageIdentity(message), first.identity)) {
    throw fault('qr/frames-mixed')
  }
  collection.message = message
}
