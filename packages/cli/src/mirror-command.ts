/**
 * `onetrip mirror`: what a server publishes, in a folder from which `onetrip restore` replays it. Run again, it fetches what came since; a log that does
 * not go on from what the folder has is left alone, and the folder as it was.
 */
import { access, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Checkpoint, openCheckpoint, tilePath, tilesSince } from '@onetrip/log'
import { readArguments } from './command-spec.ts'
import { logFetcher } from './log/fetch-log.ts'
import { readKept, readKey } from './log-verify-command.ts'
import { assertSameHistory } from './monitor/compare-witness.ts'
import { fetchPack } from './pack/fetch-pack.ts'
import { printable } from './printable.ts'
import { mirrorSpec } from './specs/backup.ts'
import { writeDurably } from './store/durable-write.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

/** Brings the folder up to date and says how far. Throws `log/shrunk`, `log/other-root` for another history, `network/unreachable`, `trust/unavailable`. */
export async function runMirror(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(mirrorSpec, context.args)
  const [folder = ''] = operands
  const { server } = values
  const key = readKey(values.vkey)
  const fetchFile = logFetcher(server)
  // The pack first: the log is then at least as long as the pack says.
  const onProgress = (): void => undefined
  const pack = await fetchPack({ server, base: undefined, onProgress })
  const note = await fetchFile('checkpoint')
  const shown = await openCheckpoint(note, { log: key, witnesses: [], threshold: 0 })
  const kept = await keptCheckpoint(context, { folder, vkey: values.vkey })
  if (kept !== undefined) await assertSameHistory({ ...kept, note }, shown, fetchFile)
  const tiles = tilesSince(kept?.size ?? 0, shown.size).map(tilePath)
  const progress = context.progress('log')
  try {
    for (const [at, path] of tiles.entries()) {
      await keep(folder, `log/${path}`, await fetchFile(path))
      progress.update(at + 1, tiles.length)
    }
  } finally {
    progress.end()
  }
  // Last, so that whatever the checkpoint says is there.
  await keep(folder, 'log/checkpoint', note)
  await keep(folder, 'trust/pack', pack)
  context.print(
    `${printable(folder)}: ${shown.size} entries of the log (${tiles.length} files were new), trust data of ${pack.length} bytes`,
  )
  return EXIT.valid
}

async function keptCheckpoint(
  context: CommandContext,
  { folder, vkey }: { readonly folder: string; readonly vkey: string },
): Promise<Checkpoint | undefined> {
  const file = join(folder, 'log/checkpoint')
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  return isThere ? readKept(context, file, readKey(vkey)) : undefined
}

async function keep(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const file = join(folder, path)
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeDurably(file, bytes)
  } catch {
    throw new UsageError(`cannot write ${printable(file)}`)
  }
}
