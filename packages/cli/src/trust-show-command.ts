/** `onetrip trust show`: verified trust data in a few lines, and whether they are still of use. */
import { trustFreshness } from '@onetrip/trust'
import { readArguments } from './command-spec.ts'
import { renderTree } from './inspect/render-tree.ts'
import { loadTrust } from './load-trust.ts'
import { trustTree } from './pack/describe-trust.ts'
import { parseTime } from './parse-time.ts'
import { printableJson } from './printable.ts'
import { trustShowSpec } from './specs/trust-show.ts'
import { type CommandContext, EXIT } from './usage.ts'

const EXITS = { fresh: EXIT.valid, stale: EXIT.caution, expired: EXIT.unverifiable } as const

/** Prints the trust data; the exit code tells their age. */
export async function runTrustShow(context: CommandContext): Promise<number> {
  const { values } = readArguments(trustShowSpec, context.args)
  const { trust: pack, store, root } = values
  const trust = await loadTrust(context, { trust: pack, store, root })
  const now = values.at === undefined ? context.now() : parseTime(values.at)
  const freshness = trustFreshness(trust, now)
  const tree = { freshness, ageSeconds: now - trust.signedAt, ...trustTree(trust) }
  context.print(values.json ? printableJson(tree) : renderTree(tree).join('\n'))
  return EXITS[freshness]
}
