/**
 * A witness (C2SP tlog-witness 1.0): it cosigns a checkpoint of a log that it follows where that log only grew since the one that it
 * cosigned last, remembers it before it answers, and never cosigns two histories. It knows nothing of what the log is about.
 */
import { equalBytes, Fault, sha256, toHex, utf8Encode } from '@onetrip/codec'
import {
  type AddCheckpoint,
  assertConsistency,
  type Checkpoint,
  cosign,
  EMPTY_ROOT,
  formatTreeSize,
  type NoteSigner,
  openNote,
  parseAddCheckpoint,
  readUnverifiedCheckpoint,
  signatureLines,
  TREE_SIZE_TYPE,
  type VerifierKey,
} from '@onetrip/log'
import type { Witnessed, WitnessState } from './witness-state.ts'

/** What a witness works with. */
export interface WitnessParts {
  /** The logs that it follows; each name once. */
  readonly logs: readonly VerifierKey[]
  /** Its own key (Ed25519), of which no log's may be. */
  readonly signer: NoteSigner
  readonly state: WitnessState
  /** Unix seconds. */
  readonly now: () => number
}

/** An answer, as HTTP has it. */
export interface WitnessReply {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422 | 503
  readonly body: string
  readonly mediaType: string
  /** The log that was spoken of, where it is followed. */
  readonly origin?: string
}

/** A witness. */
export interface Witness {
  /** Judges the body of a request. */
  readonly addCheckpoint: (body: Uint8Array) => Promise<WitnessReply>
  /** The note that was cosigned last of the log whose origin has this SHA-256 (hexadecimal). */
  readonly latestNote: (originHash: string) => string | undefined
}

const TEXT = 'text/plain; charset=utf-8'

/** Makes a witness. `TypeError` where a log has its key or two have one name. */
export function createWitness(parts: WitnessParts): Witness {
  const { logs, signer, state } = parts
  const own = signer.signer.publicKey.raw
  if (logs.some(({ publicKey }) => equalBytes(publicKey.raw, own))) {
    throw new TypeError('witness: a log has this key')
  }
  const byName = new Map(logs.map((log) => [log.name, log]))
  if (byName.size !== logs.length) throw new TypeError('witness: two logs of one name')
  const byHash = new Map(logs.map(({ name }) => [toHex(sha256(utf8Encode(name))), name]))
  return {
    addCheckpoint: (body) => addCheckpoint(parts, byName, body),
    latestNote: (originHash) => {
      const origin = byHash.get(originHash)
      return origin === undefined ? undefined : state.latest(origin)?.note
    },
  }
}

async function addCheckpoint(
  parts: WitnessParts,
  logs: ReadonlyMap<string, VerifierKey>,
  body: Uint8Array,
): Promise<WitnessReply> {
  const asked = readRequest(body)
  if (asked === undefined) return reply(400, 'not a request')
  const { request, checkpoint } = asked
  const log = logs.get(checkpoint.origin)
  if (log === undefined) return reply(404, 'unknown log')
  const text = await signedText(request.checkpoint, log)
  const answer =
    text === undefined
      ? reply(403, 'no signature of the log')
      : await judge(parts, { request, checkpoint, log, text })
  return { ...answer, origin: log.name }
}

interface Judged {
  readonly request: AddCheckpoint
  readonly checkpoint: Checkpoint
  readonly log: VerifierKey
  /** The note's text, extension lines included. */
  readonly text: string
}

async function judge(parts: WitnessParts, judged: Judged): Promise<WitnessReply> {
  const { state, signer, now } = parts
  const { request, checkpoint, log, text } = judged
  if (request.oldSize > checkpoint.size) return reply(400, 'the old size is the larger one')
  const before = state.latest(log.name)
  if (request.oldSize !== (before?.size ?? 0)) return otherSize(before)
  const logged = `${text}\n${signatureLines(request.checkpoint, [log]).join('')}`
  if (before?.size === checkpoint.size && !equalBytes(before.root, checkpoint.root)) {
    // Both under the log's signature: whoever sees the two knows that it lied.
    state.accuse(log.name, { known: before.note, other: logged })
    return reply(409, 'another root of this size was cosigned')
  }
  if (!isGrown(before, judged)) return reply(422, 'not consistent with what was cosigned')
  const at = now()
  // A cosignature says that nothing larger was seen up to its time.
  if (before !== undefined && at < before.at) return reply(503, 'the clock was set back')
  const line = await cosign(text, signer, at)
  const { size, root } = checkpoint
  const isKept = state.advance(log.name, { before, next: { size, root, note: logged + line, at } })
  return isKept ? { status: 200, body: line, mediaType: TEXT } : otherSize(state.latest(log.name))
}

/** Whether the log begins with what was cosigned last; where nothing was, the proof is empty (so is the tree of size 0). */
function isGrown(before: Witnessed | undefined, { request, checkpoint }: Judged): boolean {
  const { oldSize: size1, path } = request
  try {
    const { size: size2, root } = checkpoint
    const older = before?.root ?? EMPTY_ROOT
    assertConsistency({ size1, size2, path }, older, root)
    return true
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

function readRequest(
  body: Uint8Array,
): { readonly request: AddCheckpoint; readonly checkpoint: Checkpoint } | undefined {
  try {
    const request = parseAddCheckpoint(body)
    return { request, checkpoint: readUnverifiedCheckpoint(request.checkpoint) }
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

async function signedText(note: Uint8Array, log: VerifierKey): Promise<string | undefined> {
  try {
    return (await openNote(note, [log])).text
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

function otherSize(witnessed: Witnessed | undefined): WitnessReply {
  return { status: 409, body: formatTreeSize(witnessed?.size ?? 0), mediaType: TREE_SIZE_TYPE }
}

function reply(status: WitnessReply['status'], words: string): WitnessReply {
  return { status, body: `${words}\n`, mediaType: TEXT }
}
