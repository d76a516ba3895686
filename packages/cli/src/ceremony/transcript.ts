/**
 * What was done to the files of a ceremony, by whom and when: JSON lines beside them, each naming the SHA-256 of the line
 * before and of its file, so that a line taken out, changed or put in between shows. A record, not a proof: the
 * signatures in the files are that.
 */
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import {
  encodeJson,
  isObject,
  type JsonObject,
  parseJson,
  sha256,
  toHex,
  utf8Encode,
} from '@onetrip/codec'
import { readLimited } from '../read-limited.ts'
import { utc } from '../utc.ts'
import { replaceFile } from './write-file.ts'

const NAME = 'transcript.jsonl'
const MAX_BYTES = 4_194_304
const MAX_LINE_BYTES = 4096

/** One thing done to one file. */
export interface Act {
  readonly act: 'create' | 'sign' | 'rotate' | 'draft' | 'publish'
  /** Path of the file. */
  readonly file: string
  /** The file as it is afterwards. */
  readonly bytes: Uint8Array
  /** RFC 7638 thumbprint of the key that signed. */
  readonly key?: string
  readonly actor: string
  /** Unix seconds. */
  readonly now: number
}

/** How a transcript reads. */
export interface TranscriptCheck {
  /** Acts in it; 0 where there is none. */
  readonly acts: number
  /** Number of the first line that does not follow from the one before, or says other than the file does. */
  readonly brokenAt?: number
  /** The acts on the file asked about. */
  readonly ofFile: readonly JsonObject[]
}

/** Adds an act to the transcript in the folder of its file. */
export async function recordAct({ act, file, bytes, key, actor, now }: Act): Promise<void> {
  const path = join(dirname(file), NAME)
  const lines = await readLines(path)
  const line = encodeJson({
    time: utc(now),
    act,
    file: basename(file),
    sha256: toHex(sha256(bytes)),
    ...(key === undefined ? {} : { key }),
    actor,
    previous: digestOf(lines.at(-1)),
  })
  await replaceFile(path, utf8Encode(`${[...lines, line].join('\n')}\n`))
}

/** Checks the chain of the transcript beside a file, and that its last word on the file is the file as it is. */
export async function checkTranscript(file: string, bytes: Uint8Array): Promise<TranscriptCheck> {
  const lines = await readLines(join(dirname(file), NAME))
  const entries = lines.map(parseLine)
  const at = entries.findIndex((entry, index) => entry?.['previous'] !== digestOf(lines[index - 1]))
  const ofFile = entries.flatMap((entry) => (entry?.['file'] === basename(file) ? [entry] : []))
  const last = entries.findLastIndex((entry) => entry?.['file'] === basename(file))
  const isOther = last >= 0 && entries[last]?.['sha256'] !== toHex(sha256(bytes))
  const broken = at >= 0 ? at + 1 : isOther ? last + 1 : undefined
  return { acts: lines.length, ofFile, ...(broken === undefined ? {} : { brokenAt: broken }) }
}

async function readLines(path: string): Promise<readonly string[]> {
  // One that is there and cannot be read must not be begun anew: its acts would be lost.
  if (!existsSync(path)) return []
  const lines = new TextDecoder().decode(await readLimited(path, MAX_BYTES)).split('\n')
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

function parseLine(line: string): JsonObject | undefined {
  try {
    const entry = parseJson(line, { maxBytes: MAX_LINE_BYTES })
    return isObject(entry) ? entry : undefined
  } catch {
    return undefined
  }
}

function digestOf(line: string | undefined): string {
  return line === undefined ? '' : toHex(sha256(utf8Encode(line)))
}
