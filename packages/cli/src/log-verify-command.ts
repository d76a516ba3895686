/** `onetrip log verify`: the audit of a log from outside. */
import { readFileSync } from 'node:fs'
import { fault, utf8Decode } from '@onetrip/codec'
import {
  type Checkpoint,
  type LogEntry,
  MAX_NOTE_BYTES,
  openCheckpoint,
  parseVerifierKey,
  type VerifierKey,
  walkLog,
} from '@onetrip/log'
import { readArguments } from './command-spec.ts'
import { logFetcher } from './log/fetch-log.ts'
import { printable, printableJson } from './printable.ts'
import { readFileOrInput } from './read-limited.ts'
import { logVerifySpec } from './specs/log.ts'
import { writeDurably } from './store/durable-write.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

/** Walks the log; throws the `Fault` of a checkpoint or a file that does not fit. */
export async function runLogVerify(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(logVerifySpec, context.args)
  const fetchFile = logFetcher(operands[0] ?? '')
  const log = readKey(values.vkey)
  const note = await fetchFile('checkpoint')
  const checkpoint = await openBy(note, log)
  const kept = values.kept === undefined ? undefined : await readKept(context, values.kept, log)
  if (kept !== undefined && kept.size > checkpoint.size) throw fault('log/shrunk')
  const counts: Record<LogEntry['kind'] | 'other', number> = {
    issuance: 0,
    impression: 0,
    act: 0,
    other: 0,
  }
  const progress = context.progress('log')
  const bad = await walkLog({
    checkpoint,
    fetchTile: fetchFile,
    onEntry: (entry) => {
      counts[entry?.kind ?? 'other'] += 1
    },
    ...(kept === undefined ? {} : { kept }),
    onProgress: progress.update,
  }).finally(progress.end)
  if (bad !== undefined) throw fault(bad.code, `at fault: ${bad.file}`)
  if (values.out !== undefined) await keep(values.out, note)
  const facts = { origin: checkpoint.origin, size: checkpoint.size, counts }
  context.print(values.json ? printableJson(facts) : describe(facts))
  return EXIT.valid
}

function describe({
  origin,
  size,
  counts,
}: {
  readonly origin: string
  readonly size: number
  readonly counts: Readonly<Record<string, number>>
}): string {
  const parts = Object.entries(counts).map(([kind, count]) => `  ${kind} ${count}`)
  return [`${printable(origin)}: ${size} entries, all as the checkpoint says`, ...parts].join('\n')
}

function openBy(note: Uint8Array, log: VerifierKey): Promise<Checkpoint> {
  return openCheckpoint(note, { log, witnesses: [], threshold: 0 })
}

/** A checkpoint that was kept, whose log it has to be. */
export async function readKept(
  context: CommandContext,
  file: string,
  log: VerifierKey,
): Promise<Checkpoint> {
  return openBy(await readFileOrInput(context, file, MAX_NOTE_BYTES + 1), log)
}

/** A log's key in a file. Throws `UsageError`. */
export function readKey(file: string): VerifierKey {
  try {
    return parseVerifierKey(utf8Decode(readFileSync(file)).trim())
  } catch {
    throw new UsageError(`${printable(file)} holds no key of a log`)
  }
}

async function keep(file: string, note: Uint8Array): Promise<void> {
  await writeDurably(file, note).catch(() => {
    throw new UsageError(`cannot write ${printable(file)}`)
  })
}
