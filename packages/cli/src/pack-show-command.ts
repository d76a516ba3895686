/** `onetrip pack show`: the index of a pack; with a root, what it proves. */
import type { JsonObject } from '@onetrip/codec'
import { openPack, readPackIndex, readPackReceipts, snapshotVersionOf } from '@onetrip/trust'
import { readArguments } from './command-spec.ts'
import { renderTree } from './inspect/render-tree.ts'
import { loadRoot } from './load-trust.ts'
import { trustTree } from './pack/describe-trust.ts'
import { withPackFile } from './pack/file-source.ts'
import { printableJson } from './printable.ts'
import { packShowSpec } from './specs/pack.ts'
import { type CommandContext, EXIT } from './usage.ts'

/** Prints what the pack holds; throws the `Fault` of one that is no good, `pack/base-missing` for a delta with a root. */
export async function runPackShow(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(packShowSpec, context.args)
  const [file = ''] = operands
  const initialRoot = values.root === undefined ? undefined : await loadRoot(context, values.root)
  const tree = await withPackFile(file, async (source) => {
    const index = await readPackIndex(source)
    const members = [...index.members.values()]
    const snapshot = snapshotVersionOf(index)
    const receipts = (await readPackReceipts(source)).length
    const listed: JsonObject = {
      bytes: source.size,
      rawBytes: members.reduce((sum, { rawBytes }) => sum + rawBytes, 0),
      ...(snapshot === undefined ? {} : { snapshot }),
      ...(index.base === undefined ? {} : { buildsOnSnapshot: index.base }),
      members: members.length,
      metadata: members.filter(({ path }) => path.startsWith('metadata/')).length,
      counters: members.filter(({ path }) => path.startsWith('counters/')).length,
      statusLists: members.filter(({ path }) => /^targets\/status\/.*\.cwt$/.test(path)).length,
      ...(receipts === 0 ? {} : { receipts }),
    }
    if (initialRoot === undefined) return { verified: false, ...listed }
    const trust = await openPack({ source, initialRoot })
    return { verified: true, ...listed, ...trustTree(trust) }
  })
  context.print(values.json ? printableJson(tree) : describe(tree))
  return EXIT.valid
}

function describe({ verified, ...parts }: JsonObject): string {
  const title = verified
    ? 'an offline pack, verified from the root given'
    : 'an offline pack; nothing in it was verified (no --root)'
  return [title, ...renderTree(parts)].join('\n')
}
