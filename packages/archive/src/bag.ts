/**
 * Bags (BagIt, RFC 8493): what is kept below `data/`, and beside it lists of every file with its hashes (SHA-256 and SHA-512). Whoever
 * changes a file can change the lists as well: what proves who packed them stands in the log ({@link ./prove-entries.ts}).
 */
import { equalBytes, fault, sha256Hex, sha512Hex, utf8Decode, utf8Encode } from '@onetrip/codec'
import { decodeZip, encodeZip, MAX_PARTS } from './zip.ts'

/** The list whose hash stands for all that is kept. */
export const MANIFEST = 'manifest-sha256.txt'
/** What the bag says of itself, for people and for systems that take bags in. */
export const INFO = 'bag-info.txt'

const DECLARATION_NAME = 'bagit.txt'
const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'
const HASHES = { sha256: sha256Hex, sha512: sha512Hex } as const
const ALGORITHMS = ['sha256', 'sha512'] as const
const LINE = /^([0-9a-f]{64}|[0-9a-f]{128}) {2}([!-~]+)$/
const PAYLOAD = 'data/'
/** A hash of 128 digits, two spaces, a name of at most 240 bytes and the end of the line. */
const MAX_LIST_BYTES = MAX_PARTS * (128 + 2 + 240 + 1)

/** Files by their paths inside the bag. */
export type BagFiles = ReadonlyMap<string, Uint8Array>

/** What a bag is made of. */
export interface BagContent {
  /** Name of its folder. */
  readonly name: string
  /** What is kept; each path begins with `data/`. */
  readonly payload: BagFiles
  /** Files about it, outside `data/`. */
  readonly tags: BagFiles
  /** Lines of `bag-info.txt`: labels with values of one line. */
  readonly info: readonly { readonly label: string; readonly value: string }[]
}

/** The list of what is kept, as {@link encodeBag} writes it. */
export function manifestOf(payload: BagFiles): Uint8Array {
  return listOf(payload, 'sha256')
}

/** Writes a bag as a ZIP file. */
export function encodeBag({ name, payload, tags, info }: BagContent): Uint8Array {
  const about = new Map<string, Uint8Array>([
    [DECLARATION_NAME, utf8Encode(DECLARATION)],
    [INFO, utf8Encode(infoText(payload, info))],
    [MANIFEST, manifestOf(payload)],
    [listName('sha512'), listOf(payload, 'sha512')],
    ...tags,
  ])
  const lists = ALGORITHMS.map(
    (algorithm) => [tagListName(algorithm), listOf(about, algorithm)] as const,
  )
  const files = [...about, ...lists, ...payload]
  return encodeZip(files.map(([path, bytes]) => ({ name: `${name}/${path}`, bytes })))
}

/**
 * Reads a bag from a ZIP file and checks that it is whole. Throws as `decodeZip`, also for lists that are too long; `archive/format` for what is no bag, `archive/incomplete`
 * for a file that is missing or that no list names, `archive/altered` for one that is not as the lists say.
 */
export function decodeBag(bytes: Uint8Array): BagFiles {
  const files = withoutFolder(decodeZip(bytes))
  const declaration = files.get(DECLARATION_NAME)
  const isBag = declaration !== undefined && equalBytes(declaration, utf8Encode(DECLARATION))
  if (!isBag) throw broken()
  const payload = [...files.keys()].filter((path) => path.startsWith(PAYLOAD))
  const listNames = ALGORITHMS.map(tagListName)
  const about = [...files.keys()].filter(
    (path) => !path.startsWith(PAYLOAD) && !listNames.includes(path),
  )
  for (const algorithm of ALGORITHMS) {
    assertListed(files, { list: tagListName(algorithm), paths: about, algorithm })
    assertListed(files, { list: listName(algorithm), paths: payload, algorithm })
  }
  return files
}

/** Whether a file is one of those that {@link encodeBag} writes beside what it is given. */
export function isOfEveryBag(path: string): boolean {
  const lists = ALGORITHMS.flatMap((algorithm) => [listName(algorithm), tagListName(algorithm)])
  return [DECLARATION_NAME, INFO, ...lists].includes(path)
}

/** In the order of paths, so that the same files are the same list. */
function listOf(files: BagFiles, algorithm: keyof typeof HASHES): Uint8Array {
  const paths = [...files.keys()].sort()
  const lines = paths.map(
    (path) => `${HASHES[algorithm](files.get(path) ?? new Uint8Array())}  ${path}\n`,
  )
  return utf8Encode(lines.join(''))
}

function infoText(payload: BagFiles, info: BagContent['info']): string {
  const bytes = [...payload.values()].reduce((sum, { length }) => sum + length, 0)
  const lines = [...info, { label: 'Payload-Oxum', value: `${bytes}.${payload.size}` }]
  return lines.map(({ label, value }) => `${label}: ${value.replaceAll(/\s+/g, ' ')}\n`).join('')
}

function assertListed(
  files: BagFiles,
  of: {
    readonly list: string
    readonly paths: readonly string[]
    readonly algorithm: keyof typeof HASHES
  },
): void {
  const list = files.get(of.list)
  if (list === undefined) throw fault('archive/incomplete')
  const listed = readList(list)
  const isWhole = listed.size === of.paths.length && of.paths.every((path) => listed.has(path))
  if (!isWhole) throw fault('archive/incomplete')
  for (const [path, hash] of listed) {
    const bytes = files.get(path)
    if (bytes === undefined || HASHES[of.algorithm](bytes) !== hash) throw fault('archive/altered')
  }
}

function readList(bytes: Uint8Array): ReadonlyMap<string, string> {
  // Lines without end would each take memory before the first of them is read.
  if (bytes.length > MAX_LIST_BYTES) throw fault('archive/limit')
  const lines = textOf(bytes).split('\n')
  if (lines.pop() !== '') throw broken()
  const listed = new Map<string, string>()
  for (const line of lines) {
    const [, hash, path] = LINE.exec(line) ?? []
    if (hash === undefined || path === undefined || listed.has(path)) throw broken()
    listed.set(path, hash)
  }
  return listed
}

/** All parts lie in one folder, whose name says nothing (§4.1). */
function withoutFolder(
  parts: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): BagFiles {
  const folder = parts[0]?.name.split('/')[0] ?? ''
  const files = new Map<string, Uint8Array>()
  for (const { name, bytes } of parts) {
    if (!name.startsWith(`${folder}/`)) throw broken()
    files.set(name.slice(folder.length + 1), bytes)
  }
  return files
}

function listName(algorithm: keyof typeof HASHES): string {
  return `manifest-${algorithm}.txt`
}

function tagListName(algorithm: keyof typeof HASHES): string {
  return `tagmanifest-${algorithm}.txt`
}

function textOf(bytes: Uint8Array): string {
  try {
    return utf8Decode(bytes)
  } catch {
    throw broken()
  }
}

function broken(): Error {
  return fault('archive/format')
}
