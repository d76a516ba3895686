/** `onetrip log prove`: that something stands in a log, by proofs that this command checks itself. */
import { join } from 'node:path'
import { fault, toBase64url, utf8Decode } from '@onetrip/codec'
import {
  bundleOfEntry,
  type CheckpointPolicy,
  decodeBundle,
  leafHash,
  openCheckpoint,
  openProofFile,
  parseEntry,
  TILE_WIDTH,
  tilePath,
} from '@onetrip/log'
import { readArguments } from './command-spec.ts'
import { logFetcher } from './log/fetch-log.ts'
import { describeEntry, type ToldEntry, toldEntries } from './log/told-entries.ts'
import { readKey } from './log-verify-command.ts'
import { printable, printableJson } from './printable.ts'
import { serverApi } from './server-api.ts'
import { logProveSpec } from './specs/log.ts'
import { writeDurably } from './store/durable-write.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

const INDEX = /^(?:0|[1-9][0-9]{0,14})$/
/** More entries than any licence has. */
const MAX_FOUND = 1_000

type FetchFile = ReturnType<typeof logFetcher>
type ApiOptions = Parameters<typeof serverApi>[2]

interface Proven {
  readonly told: ToldEntry
  /** Entries of the checkpoint. */
  readonly size: number
  readonly file: Uint8Array
}

/** Proves each entry that the ID names; throws the `Fault` of one that is not proven, `log/no-entry` where there is none. */
export async function runLogProve(context: CommandContext): Promise<number> {
  const { operands, values } = readArguments(logProveSpec, context.args)
  const [id = ''] = operands
  const fetchFile = logFetcher(values.server)
  const policy = { log: readKey(values.vkey), witnesses: [], threshold: 0 }
  const entryAt = entryReader(fetchFile, policy)
  const isPublic = INDEX.test(id) && !values.fact
  const found = isPublic
    ? [await entryAt(Number(id))]
    : await entriesOf(context, values, { id, entryAt })
  if (found.length === 0) throw fault('log/no-entry')
  const proven: Proven[] = []
  for (const told of found) proven.push(await prove(fetchFile, told, policy))
  if (values.out !== undefined) await write(values.out, proven)
  const shown = values.fact ? proven : proven.map(withoutFacts)
  if (values.json) context.print(printableJson(shown.map(asJson)))
  else for (const one of shown) context.print(inWords(one, values.out === undefined))
  return EXIT.valid
}

async function prove(
  fetchFile: FetchFile,
  told: ToldEntry,
  policy: CheckpointPolicy,
): Promise<Proven> {
  const file = await fetchFile(`proofs/${toBase64url(told.leaf)}`)
  const { proof } = await openProofFile(file, told.leaf, policy)
  // What the API calls the entry's index has to be where it stands.
  if (proof.index !== told.index) throw fault('log/proof')
  return { told, size: proof.size, file }
}

/** Reads entries by their index from the bundles that hold them. */
function entryReader(
  fetchFile: FetchFile,
  policy: CheckpointPolicy,
): (index: number) => Promise<ToldEntry> {
  return async (index) => {
    const { size } = await openCheckpoint(await fetchFile('checkpoint'), policy)
    if (index >= size) throw fault('log/no-entry')
    const bundle = bundleOfEntry(index, size)
    const entries = decodeBundle(await fetchFile(tilePath(bundle)), bundle.width)
    const bytes = entries[index % TILE_WIDTH]
    if (bytes === undefined) throw fault('log/tile')
    return { index, entry: parseEntry(bytes), leaf: leafHash(bytes), facts: new Map() }
  }
}

/** What the API finds under the ID: for an index that entry, else all that is about it, each with what was signed. */
async function entriesOf(
  context: CommandContext,
  options: ApiOptions,
  { id, entryAt }: { readonly id: string; readonly entryAt: (index: number) => Promise<ToldEntry> },
): Promise<readonly ToldEntry[]> {
  const api = await serverApi(context, '/api/log', options)
  if (INDEX.test(id)) {
    const { entries } = await toldEntries(api, { before: String(Number(id) + 1), limit: '1' })
    return entries.filter(({ index }) => index === Number(id))
  }
  const found: ToldEntry[] = []
  let before: string | undefined
  do {
    const page = await toldEntries(api, { about: id, before, limit: '256' })
    for (const told of page.entries) found.push(told, ...(await signedBefore(told, entryAt)))
    before = page.next === undefined ? undefined : String(page.next)
  } while (before !== undefined && found.length < MAX_FOUND)
  const entries = new Map(found.map((told) => [told.index, told]))
  return [...entries.values()].sort((one, other) => one.index - other.index)
}

/** The entry of a credential or of a seal's use stands right before the act that names its digest. */
async function signedBefore(
  { index, facts }: ToldEntry,
  entryAt: (index: number) => Promise<ToldEntry>,
): Promise<readonly ToldEntry[]> {
  const digest = facts.get('digest')
  if (digest === undefined || index === 0) return []
  const before = await entryAt(index - 1)
  const isIts = before.entry.kind !== 'act' && toBase64url(before.entry.digest) === digest
  return isIts ? [before] : []
}

function withoutFacts({ told, ...proven }: Proven): Proven {
  return { ...proven, told: { ...told, facts: new Map() } }
}

function inWords({ told, size, file }: Proven, isWhole: boolean): string {
  const words = `${describeEntry(told)}\n  stands in the log at index ${told.index} of ${size}`
  return isWhole ? `${words}\n${utf8Decode(file).trimEnd()}` : words
}

function asJson({ told, size, file }: Proven): object {
  const { facts, ...entry } = told
  return { ...entry, facts: Object.fromEntries(facts), size, proof: utf8Decode(file) }
}

async function write(folder: string, proven: readonly Proven[]): Promise<void> {
  for (const { told, file } of proven) {
    const name = join(folder, `${told.index}.tlog-proof`)
    await writeDurably(name, file).catch(() => {
      throw new UsageError(`cannot write ${printable(name)}`)
    })
  }
}
