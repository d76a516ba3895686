/**
 * Trust data in a folder. Contents stand under `content/` by their SHA-256; `generation.json` maps names to them. One save
 * writes the contents, then the next generation beside the old one, and renames it: that rename is the moment at which all
 * of a save takes effect, so an end at any point leaves the generation before or after it.
 */

import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import {
  Fault,
  fault,
  isObject,
  type JsonValue,
  parseJson,
  sha256,
  toHex,
  utf8Encode,
} from '@onetrip/codec'
import { AS_USUAL, makeFolder } from '@onetrip/server/make-folder'
import type { TufStore } from '@onetrip/trust'
import { printable } from '../printable.ts'
import { UsageError } from '../usage.ts'
import { DRAFT_SUFFIX, isMissing, syncFolder, writeDurably } from './durable-write.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'

const GENERATION = 'generation.json'
const CONTENT = 'content'
const FORMAT = 1
const DIGEST = /^[0-9a-f]{64}$/
/** A generation names some hundred files. */
const LIMITS = { maxBytes: 8_388_608, maxItems: 262_144 } as const

/** A store in a folder, opened for writing by one process at a time. */
export interface FileTufStore extends TufStore {
  /** Lets other processes write. */
  readonly close: () => void
}

type Names = ReadonlyMap<string, string>

/**
 * Opens a store for reading alone. Throws `UsageError` when the folder holds none, `storage/newer` when a later release
 * laid it out, `storage/corrupt` when it is damaged; nothing in it is touched.
 */
export async function readFileStore(folder: string): Promise<TufStore> {
  const names = await readGeneration(folder)
  if (names === undefined) throw noStore(folder)
  return {
    load: (name) => loadContent(folder, names.get(name)),
    save: () => Promise.reject(new TypeError('this store was opened for reading')),
  }
}

/**
 * Opens a store for reading and writing, made when it is not there, and removes contents that no name leads to, such as
 * those of a save that broke off. Throws `UsageError` when the folder holds something else or another process writes,
 * `storage/newer` and `storage/corrupt` as {@link readFileStore}, before anything is removed.
 */
export async function openFileStore(folder: string): Promise<FileTufStore> {
  await assertStoreFolder(folder)
  makeFolder(join(folder, CONTENT), AS_USUAL)
  const lock: FolderLock = lockFolder(folder)
  try {
    let names: Names = (await readGeneration(folder)) ?? new Map<string, string>()
    await sweep(folder, names)
    let last: Promise<unknown> = Promise.resolve()
    return {
      load: (name) => loadContent(folder, names.get(name)),
      save: (changes) => {
        const saving = last.then(async () => {
          names = await saveGeneration({ folder, names, changes })
        })
        // The next save begins after this one, whatever becomes of it.
        last = saving.catch(() => undefined)
        return saving
      },
      close: lock.release,
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

async function saveGeneration(options: {
  readonly folder: string
  readonly names: Names
  readonly changes: ReadonlyMap<string, Uint8Array | null>
}): Promise<Names> {
  const { folder, names, changes } = options
  const next = new Map(names)
  for (const [name, bytes] of changes) {
    if (bytes === null) next.delete(name)
    else next.set(name, await keepContent(folder, bytes))
  }
  await syncFolder(join(folder, CONTENT))
  const generation = JSON.stringify({ format: FORMAT, names: Object.fromEntries(next) })
  await writeDurably(join(folder, GENERATION), utf8Encode(generation))
  await syncFolder(folder)
  return next
}

async function keepContent(folder: string, bytes: Uint8Array): Promise<string> {
  const digest = toHex(sha256(bytes))
  await writeDurably(join(folder, CONTENT, digest), bytes)
  return digest
}

async function loadContent(
  folder: string,
  digest: string | undefined,
): Promise<Uint8Array | undefined> {
  if (digest === undefined) return undefined
  const bytes = await readOrMissing(join(folder, CONTENT, digest))
  // A damaged file is as good as a missing one: it can be fetched again.
  return bytes !== undefined && toHex(sha256(bytes)) === digest ? bytes : undefined
}

async function readGeneration(folder: string): Promise<Names | undefined> {
  const bytes = await readOrMissing(join(folder, GENERATION))
  if (bytes === undefined) return undefined
  const read = parseGeneration(bytes)
  const format = isObject(read) ? read['format'] : undefined
  if (typeof format === 'number' && format > FORMAT) throw fault('storage/newer')
  const names = isObject(read) && format === FORMAT ? read['names'] : undefined
  if (!isObject(names)) throw fault('storage/corrupt')
  const found = new Map<string, string>()
  for (const [name, digest] of Object.entries(names)) {
    if (typeof digest !== 'string' || !DIGEST.test(digest)) throw fault('storage/corrupt')
    found.set(name, digest)
  }
  return found
}

function parseGeneration(bytes: Uint8Array): JsonValue {
  try {
    return parseJson(bytes, LIMITS)
  } catch (error) {
    throw error instanceof Fault ? fault('storage/corrupt') : error
  }
}

/** A folder with other files in it was named by mistake. */
async function assertStoreFolder(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: unknown): string[] => {
    if (isMissing(error)) return []
    throw noStore(folder)
  })
  const isOurs = entries.includes(CONTENT) || entries.includes(GENERATION)
  if (entries.length > 0 && !isOurs) throw noStore(folder)
}

async function sweep(folder: string, names: Names): Promise<void> {
  const used = new Set(names.values())
  for (const name of await readdir(join(folder, CONTENT))) {
    const isOurs = DIGEST.test(name) || name.endsWith(DRAFT_SUFFIX)
    if (isOurs && !used.has(name)) await rm(join(folder, CONTENT, name), { force: true })
  }
}

async function readOrMissing(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

function noStore(folder: string): UsageError {
  return new UsageError(`${printable(folder)} is no store of trust data`)
}
