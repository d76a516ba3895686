/** `onetrip pack make`: an offline pack of what a server publishes or a store keeps. */
import { fault } from '@onetrip/codec'
import { deflateZlib } from '@onetrip/status'
import {
  exportPack,
  followTrust,
  MAX_PACK_BYTES,
  memoryTufStore,
  ownFaults,
  type PackIndex,
  packBase,
  packFetcherFor,
  packInMemory,
  parsePackIndex,
  readPackIndex,
  snapshotVersionOf,
  type Trust,
  type TrustFault,
  withPackReceipts,
} from '@onetrip/trust'
import { readArguments } from './command-spec.ts'
import { loadRoot } from './load-trust.ts'
import { fetchPack } from './pack/fetch-pack.ts'
import { withPackFile } from './pack/file-source.ts'
import { type GatheredReceipts, gatherReceipts } from './pack/gather-receipts.ts'
import { printable, printableJson } from './printable.ts'
import { readLimited } from './read-limited.ts'
import { packMakeSpec } from './specs/pack.ts'
import { writeDurably } from './store/durable-write.ts'
import { readFileStore } from './store/file-tuf-store.ts'
import { type CommandContext, EXIT, UsageError } from './usage.ts'

/** Writes the pack; throws the `Fault` of data that the root does not vouch for or that are not complete. */
export async function runPackMake(context: CommandContext): Promise<number> {
  const { values } = readArguments(packMakeSpec, context.args)
  const version = values['base-version']
  if ((values.server === undefined) === (values.store === undefined)) {
    throw new UsageError('either --server URL or --store DIR is wanted')
  }
  if (values.base !== undefined && version !== undefined) {
    throw new UsageError('--base and --base-version exclude each other')
  }
  if (values.store !== undefined && version !== undefined) {
    throw new UsageError('--base-version needs --server: a store knows no older versions')
  }
  if (values.store !== undefined && values.counter !== undefined) {
    throw new UsageError('--counter needs --server: a store has no certificates')
  }
  if (values.store !== undefined && values.receipts.length > 0) {
    throw new UsageError('--receipts needs --server: a store has no log')
  }
  if (version !== undefined && values.receipts.length > 0) {
    throw new UsageError('--receipts needs --base in place of --base-version')
  }
  const initialRoot = await loadRoot(context, values.root)
  const { pack, receipts } =
    values.server === undefined
      ? { pack: await packOfStore({ folder: values.store ?? '', initialRoot, base: values.base }) }
      : await packOfServer({
          server: values.server,
          initialRoot,
          base: values.base,
          version: version === undefined ? undefined : parseVersion(version),
          counter: values.counter,
          types: values.receipts,
          context,
        })
  await writeDurably(values.out, pack).catch(() => {
    throw new UsageError(`cannot write ${printable(values.out)}`)
  })
  const index = parsePackIndex(pack, pack.length)
  const made = { ...facts(pack, index), ...counts(receipts) }
  context.print(values.json ? printableJson(made) : describe(values.out, made))
  return EXIT.valid
}

/** A pack, with what of it came out of the log. */
interface MadePack {
  readonly pack: Uint8Array
  readonly receipts?: GatheredReceipts
}

async function packOfStore(options: {
  readonly folder: string
  readonly initialRoot: Uint8Array
  readonly base: string | undefined
}): Promise<Uint8Array> {
  const { folder, initialRoot, base } = options
  const store = await readFileStore(folder)
  const known = base === undefined ? undefined : packBase(await indexOf(base))
  return exportPack({ store, initialRoot, base: known })
}

/** What the server gives is followed as a receiver would, so that no pack leaves here that nobody can import. */
async function packOfServer(options: {
  readonly server: string
  readonly initialRoot: Uint8Array
  readonly base: string | undefined
  readonly version: number | undefined
  readonly counter: string | undefined
  /** Codes of licence types whose receipts go in. */
  readonly types: readonly string[]
  readonly context: CommandContext
}): Promise<MadePack> {
  const { server, initialRoot, base, counter, types, context } = options
  const baseVersion = base === undefined ? options.version : packBase(await indexOf(base)).version
  const bar = context.progress('fetching')
  let pack: Uint8Array
  try {
    pack = await fetchPack({
      server,
      base: baseVersion,
      counter,
      onProgress: (done, total) => bar.update(done, total),
    })
  } finally {
    bar.end()
  }
  const index = parsePackIndex(pack, pack.length)
  // The receiver's base is not here; what it lacks, its own client says.
  if (index.base !== undefined && base === undefined) return { pack }
  const store = memoryTufStore()
  const given = [
    ...(index.base === undefined || base === undefined
      ? []
      : [await readLimited(base, MAX_PACK_BYTES + 1)]),
    pack,
  ]
  let trust: Trust | undefined
  for (const bytes of given) {
    const fetcher = await packFetcherFor({ source: packInMemory(bytes), store, initialRoot })
    const followed = await followTrust({ store, fetcher, initialRoot, now: 0 })
    const [first] = bytes === pack ? ownFaults(followed.faults).filter(spoilsPack) : []
    if (first !== undefined) throw fault(first.code)
    trust = followed
  }
  if (trust === undefined || types.length === 0) return { pack }
  const log = context.progress('log')
  const receipts = await gatherReceipts({
    server,
    types,
    trust,
    onProgress: log.update,
  }).finally(log.end)
  return { pack: withPackReceipts(pack, receipts.receipts, deflateZlib), receipts }
}

/** A whole list that counts for nothing, as when its key was just denied, spoils no pack: that has to bring the denial. */
function spoilsPack({ code }: TrustFault): boolean {
  return !/^(?:key|status)\//.test(code)
}

function indexOf(file: string): Promise<PackIndex> {
  return withPackFile(file, readPackIndex)
}

function facts(pack: Uint8Array, index: PackIndex) {
  const { base, members } = index
  return {
    bytes: pack.length,
    members: members.size,
    snapshot: snapshotVersionOf(index),
    ...(base === undefined ? {} : { buildsOnSnapshot: base }),
  }
}

function counts(gathered: GatheredReceipts | undefined): {
  readonly receipts?: number
  readonly receiptsLeftOut?: number
} {
  if (gathered === undefined) return {}
  const { receipts, leftOut } = gathered
  return { receipts: receipts.length, ...(leftOut === 0 ? {} : { receiptsLeftOut: leftOut }) }
}

function describe(
  file: string,
  made: ReturnType<typeof facts> & ReturnType<typeof counts>,
): string {
  const { bytes, members, snapshot, buildsOnSnapshot, receipts, receiptsLeftOut } = made
  const kind = buildsOnSnapshot === undefined ? 'whole' : `builds on ${buildsOnSnapshot}`
  const brought =
    receipts === undefined
      ? ''
      : `, ${receipts} receipts${receiptsLeftOut === undefined ? '' : ` (${receiptsLeftOut} older ones left out)`}`
  return `${printable(file)}: snapshot ${snapshot ?? '?'} (${kind}), ${members} files${brought}, ${bytes.toLocaleString('en')} bytes`
}

function parseVersion(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new UsageError('--base-version wants a number')
  return Number(text)
}
