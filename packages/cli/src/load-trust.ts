/** The trust data that a command judges by: an offline pack or a kept store, from a root that the caller names. */
import { Fault } from '@onetrip/codec'
import {
  MAX_PACK_BYTES,
  MAX_ROOT_BYTES,
  openPack,
  openTrust,
  packInMemory,
  type Trust,
} from '@onetrip/trust'
import { readLimited } from './read-limited.ts'
import { readFileStore } from './store/file-tuf-store.ts'
import { type CommandContext, UsageError } from './usage.ts'

/** Reads the root metadata named by `--root` or ONETRIP_ROOT. Throws `UsageError`. */
export async function loadRoot(
  context: Pick<CommandContext, 'environment'>,
  rootFile: string | undefined,
): Promise<Uint8Array> {
  const file = rootFile ?? context.environment['ONETRIP_ROOT']
  if (!file) throw new UsageError('no root: give --root FILE, or set ONETRIP_ROOT')
  return readLimited(file, MAX_ROOT_BYTES)
}

/** Opens the trust data of `--trust FILE` or `--store DIR`, of which exactly one is given. Throws `UsageError`. */
export async function loadTrust(
  context: Pick<CommandContext, 'environment'>,
  from: {
    readonly trust: string | undefined
    readonly store: string | undefined
    readonly root: string | undefined
  },
): Promise<Trust> {
  const { trust, store } = from
  if (trust !== undefined && store !== undefined) {
    throw new UsageError('--trust and --store exclude each other')
  }
  if (trust === undefined && store === undefined) {
    throw new UsageError('--trust FILE or --store DIR is missing')
  }
  const initialRoot = await loadRoot(context, from.root)
  try {
    if (store !== undefined) {
      return await openTrust({ store: await readFileStore(store), initialRoot })
    }
    const source = packInMemory(await readLimited(trust ?? '', MAX_PACK_BYTES + 1))
    return await openPack({ source, initialRoot })
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    throw new UsageError(`the trust data cannot be used (${error.code})`, error)
  }
}
