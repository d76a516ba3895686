/**
 * The list of a backup (`backup.json`): every file with its hash, what the log had, and an HMAC under a secret of the key store, so that who has
 * the backup's medium and no passphrase changes nothing in it unseen.
 */
import { createHash, createHmac } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeJson, fault, isObject, type JsonObject, parseJson } from '@onetrip/codec'
import type { KeyStore } from '../keys/key-store.ts'

/** Names in the folder of a backup. */
export const BACKUP = { list: 'backup.json', database: 'database', keys: 'keys' } as const

const KIND = 'onetrip/backup'
const VERSION = 1
const SECRET = 'backup'
const MAX_LIST_BYTES = 1_048_576
const FILE_NAME = /^(?:database|keys\/[a-z0-9-]{1,64}\.json|keys\/[a-z0-9.-]{1,80})$/

/** A file of a backup. */
export interface BackedUpFile {
  readonly path: string
  /** Hexadecimal. */
  readonly sha256: string
}

/** What a backup is. */
export interface BackupList {
  /** Unix seconds. */
  readonly at: number
  readonly database: 'sqlite' | 'postgres'
  readonly files: readonly BackedUpFile[]
  /** Entries of the log in it, or more. */
  readonly entries: number
}

/** Lists the files of a folder with their hashes. */
export async function listFiles(folder: string): Promise<readonly BackedUpFile[]> {
  const names = (await readdir(join(folder, BACKUP.keys))).sort()
  const paths = [BACKUP.database, ...names.map((name) => `${BACKUP.keys}/${name}`)]
  const files: BackedUpFile[] = []
  for (const path of paths) files.push({ path, sha256: await hashOf(join(folder, path)) })
  return files
}

/** Writes a list with its HMAC. */
export function encodeList(list: BackupList, keys: Pick<KeyStore, 'secret'>): string {
  const json = asJson(list)
  return `${encodeJson({ ...json, mac: macOf(json, keys) })}\n`
}

/** Reads a list; nobody has looked at its HMAC. Throws `restore/format`. */
export function parseList(bytes: Uint8Array): { readonly list: BackupList; readonly mac: string } {
  const json = read(bytes)
  const { at, database, entries, mac } = json
  const isList =
    json['kind'] === KIND &&
    json['version'] === VERSION &&
    isCount(at) &&
    isCount(entries) &&
    (database === 'sqlite' || database === 'postgres') &&
    typeof mac === 'string'
  if (!isList) throw fault('restore/format')
  const files = Array.isArray(json['files']) ? json['files'].map(fileOf) : []
  return { list: { at, database, files, entries }, mac }
}

/** Throws `restore/altered` for a file that is missing, another, or one too many. */
export async function assertFiles(folder: string, list: BackupList): Promise<void> {
  const there = await listFiles(folder).catch(() => {
    throw fault('restore/altered')
  })
  const areSame =
    there.length === list.files.length &&
    there.every(({ path, sha256 }, at) => {
      const listed = list.files[at]
      return listed?.path === path && listed.sha256 === sha256
    })
  if (!areSame) throw fault('restore/altered')
}

/** Throws `restore/altered` for a list that these keys did not make. */
export function assertMac(
  { list, mac }: { readonly list: BackupList; readonly mac: string },
  keys: Pick<KeyStore, 'secret'>,
): void {
  if (macOf(asJson(list), keys) !== mac) throw fault('restore/altered')
}

function asJson({ at, database, files, entries }: BackupList): JsonObject {
  const listed = files.map((file) => ({ ...file }))
  return { kind: KIND, version: VERSION, at, database, files: listed, entries }
}

function macOf(json: JsonObject, keys: Pick<KeyStore, 'secret'>): string {
  return createHmac('sha256', keys.secret(SECRET)).update(encodeJson(json)).digest('base64url')
}

function read(bytes: Uint8Array): JsonObject {
  try {
    const json = parseJson(bytes, { maxBytes: MAX_LIST_BYTES, maxItems: 65_536 })
    if (isObject(json)) return json
  } catch {}
  throw fault('restore/format')
}

function fileOf(json: unknown): BackedUpFile {
  if (!isRecord(json)) throw fault('restore/format')
  const { path, sha256 } = json
  if (typeof path !== 'string' || typeof sha256 !== 'string') throw fault('restore/format')
  if (!FILE_NAME.test(path) || path.includes('..')) throw fault('restore/format')
  return { path, sha256 }
}

function isRecord(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null
}

function isCount(json: unknown): json is number {
  return typeof json === 'number' && Number.isSafeInteger(json) && json >= 0
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}
