/** One question to a witness (C2SP tlog-witness §add-checkpoint): one POST, a deadline, little is read, no redirects. */
import { fault, utf8Decode } from '@onetrip/codec'
import {
  type AddCheckpoint,
  addSignatures,
  formatAddCheckpoint,
  openNote,
  parseTreeSize,
  signatureLines,
  TREE_SIZE_TYPE,
  type VerifierKey,
  type WitnessService,
} from '@onetrip/log'
import { readCapped } from '../http/read-capped.ts'

const DEADLINE_MILLISECONDS = 10_000
const MAX_ANSWER_BYTES = 8_192

/** What a witness says. */
export type WitnessAnswer =
  | { readonly kind: 'cosigned'; readonly line: string; readonly time: number }
  /** It saw a checkpoint of this size last, and not the one that it was told. */
  | { readonly kind: 'saw'; readonly size: number }

/**
 * Asks a witness to cosign a checkpoint. Throws `log/other-root` where it says that the log does not follow from what it saw;
 * `network/unreachable`; `network/server` for any other answer; what `openNote` throws for a cosignature that is not its own.
 */
export async function askWitness(
  { key, url }: WitnessService,
  request: AddCheckpoint,
  stopped: AbortSignal,
): Promise<WitnessAnswer> {
  const response = await fetch(`${url}/add-checkpoint`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: new Uint8Array(formatAddCheckpoint(request)),
    redirect: 'error',
    credentials: 'omit',
    signal: AbortSignal.any([stopped, AbortSignal.timeout(DEADLINE_MILLISECONDS)]),
  }).catch(() => {
    throw fault('network/unreachable')
  })
  const text = await textOf(response)
  if (response.status === 200) return readCosignature(request.checkpoint, text, key)
  const size = isTreeSize(response) ? parseTreeSize(text) : undefined
  if (size !== undefined) return { kind: 'saw', size }
  // 409 without a size: the same size under another root.
  if (response.status === 409 || response.status === 422) throw fault('log/other-root')
  throw fault('network/server')
}

/** The witness's own line; all others are passed over. */
async function readCosignature(
  checkpoint: Uint8Array,
  text: string,
  key: VerifierKey,
): Promise<WitnessAnswer> {
  const note = addSignatures(checkpoint, [text])
  const { signatures } = await openNote(note, [key])
  const [line] = signatureLines(note, [key])
  const time = signatures[0]?.time
  if (line === undefined || time === undefined) throw fault('note/unsigned')
  return { kind: 'cosigned', line, time }
}

function isTreeSize({ status, headers }: Response): boolean {
  return status === 409 && headers.get('Content-Type') === TREE_SIZE_TYPE
}

async function textOf({ body }: Response): Promise<string> {
  if (body === null) return ''
  try {
    return utf8Decode(await readCapped(body, MAX_ANSWER_BYTES))
  } catch {
    throw fault('network/server')
  }
}
