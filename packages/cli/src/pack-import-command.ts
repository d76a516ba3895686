/** `onetrip pack import`: a pack's trust data take the place of older ones in a store. */
import type { JsonObject } from '@onetrip/codec'
import { followTrust, isHeldBack, ownFaults, packFetcherFor, type Trust } from '@onetrip/trust'
import { readArguments } from './command-spec.ts'
import { renderTree } from './inspect/render-tree.ts'
import { loadRoot } from './load-trust.ts'
import { trustTree } from './pack/describe-trust.ts'
import { withPackFile } from './pack/file-source.ts'
import { parseTime } from './parse-time.ts'
import { printableJson } from './printable.ts'
import { packImportSpec } from './specs/pack.ts'
import { openFileStore } from './store/file-tuf-store.ts'
import { type CommandContext, EXIT } from './usage.ts'

/** Prints what is in use afterwards; throws the `Fault` of a pack that is none, or that leaves nothing to use. */
export async function runPackImport(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(packImportSpec, context.args)
  const [file = ''] = operands
  const initialRoot = await loadRoot(context, values.root)
  const now = values.at === undefined ? context.now() : parseTime(values.at)
  const trust = await withPackFile(file, async (source) => {
    const store = await openFileStore(values.store)
    const bar = context.progress('importing')
    try {
      const fetcher = await packFetcherFor({ source, store, initialRoot })
      return await followTrust({
        store,
        fetcher,
        initialRoot,
        now,
        onProgress: ({ doneBytes, totalBytes }) => bar.update(doneBytes, totalBytes),
      })
    } finally {
      bar.end()
      store.close()
    }
  })
  const tree = trustTree(trust)
  context.print(values.json ? printableJson(tree) : describe(trust, tree))
  if (ownFaults(trust.faults).length === 0) return EXIT.valid
  return isHeldBack(trust.faults) ? EXIT.invalid : EXIT.caution
}

function describe({ faults }: Trust, tree: JsonObject): string {
  const title =
    faults.length === 0
      ? 'imported; in use:'
      : 'not all of it was taken; what is in use, and what was refused:'
  return [title, ...renderTree(tree)].join('\n')
}
