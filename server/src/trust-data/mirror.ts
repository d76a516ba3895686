/**
 * The mirror of recognised jurisdictions' repositories (互认), so that faces need no other origin than ours. The server
 * follows each as a client of its own, from the root and the address that our signed targets state; a verifier trusts the
 * mirror no more than a network.
 */
import { Fault, fault } from '@onetrip/codec'
import {
  followRepository,
  isFixedFile,
  keptFiles,
  readRecognitions,
  recognisedStore,
  type TufFetcher,
} from '@onetrip/trust'
import type { Services } from '../services.ts'
import { mirrorStore } from './mirror-store.ts'
import { publishRepository } from './publish-repository.ts'
import { sha256Hex } from './published.ts'
import { remoteRepository } from './remote-repository.ts'
import type { RepositoryFile } from './serve-repository.ts'
import { signedDocument } from './signed-document.ts'

/** How often another jurisdiction is asked for newer files, however often we are. */
export const MIRROR_AGAIN_SECONDS = 120
/** Whoever asks for a mirror waits no longer for one that does not answer, and is given what is kept. */
const PATIENCE = { nothingKept: 10_000, kept: 2000 } as const
const TIMESTAMP = 'metadata/timestamp.json'

interface Mirror {
  readonly rootDigest: string
  readonly checkedAt: number
  /** By `metadata/…` and `targets/…`. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

interface MirrorState {
  kept?: Mirror
  /** Being brought up to date since then, by the clock of `performance.now()`. */
  running?: { readonly since: number; readonly mirror: Promise<Mirror> } | undefined
}

/** The mirrors by jurisdiction and root. */
export type MirrorMemory = Map<string, MirrorState>

/** Makes an empty memory; what is mirrored lies in the database. */
export function mirrorMemory(): MirrorMemory {
  return new Map()
}

/** A file of a jurisdiction that our signed list names. Throws `http/not-found`. */
export async function mirroredFile(
  services: Services,
  { id, path }: { readonly id: string; readonly path: string },
): Promise<RepositoryFile> {
  const { files, rootDigest } = await currentMirror(services, id)
  const body = files.get(path)
  if (body === undefined) throw fault('http/not-found')
  const memory = `trust/recognised/${id}/${path}`
  // Not every repository has consistent snapshots.
  const isImmutable = isFixedFile(path)
  const stamp = isImmutable ? rootDigest : sha256Hex(body)
  const { published } = services
  return { ...(published.find(memory, stamp) ?? published.keep(memory, stamp, body)), isImmutable }
}

/** A mirror as the place where a client's files come from. */
export function mirrorFetcher(services: Services, id: string): TufFetcher {
  const find = async (path: string): Promise<Uint8Array | undefined> => {
    try {
      return (await currentMirror(services, id)).files.get(path)
    } catch (error) {
      if (error instanceof Fault && error.code === 'http/not-found') return undefined
      throw error
    }
  }
  return {
    metadata: (name) => find(`metadata/${name}`),
    target: (path) => find(`targets/${path}`),
  }
}

/** Says with one text what the mirrors hold, for what is made of all of them. */
export async function mirrorStamp(services: Services): Promise<string> {
  const ids = await recognisedIds(services)
  const stamps = ids.map(async (id) => {
    const { rootDigest, files } = await currentMirror(services, id)
    const timestamp = files.get(TIMESTAMP)
    return `${id}:${rootDigest}:${timestamp === undefined ? '' : sha256Hex(timestamp)}`
  })
  return (await Promise.all(stamps)).join(' ')
}

async function recognisedIds(services: Services): Promise<readonly string[]> {
  return (await recognitionsOf(services)).map(({ recognition }) => recognition.id)
}

type Recognised = Awaited<ReturnType<typeof readRecognitions>>

async function recognitionsOf(services: Services): Promise<Recognised> {
  try {
    return await readRecognitions((path) => signedDocument(services, path))
  } catch (error) {
    if (error instanceof Fault && error.code === 'trust/target-missing') return []
    throw error
  }
}

async function currentMirror(services: Services, id: string): Promise<Mirror> {
  await publishRepository(services)
  const { mirrors, now } = services
  const found = (await recognitionsOf(services)).find(({ recognition }) => recognition.id === id)
  if (found === undefined) {
    for (const key of mirrors.keys()) if (key.startsWith(`${id} `)) mirrors.delete(key)
    throw fault('http/not-found')
  }
  const { rootDigest } = found.recognition
  // Another root begins a mirror anew.
  const key = `${id} ${rootDigest}`
  const state = mirrors.get(key) ?? {}
  mirrors.set(key, state)
  const { kept } = state
  if (kept !== undefined && now() - kept.checkedAt < MIRROR_AGAIN_SECONDS) return kept
  state.running ??= { since: performance.now(), mirror: bringUpToDate(services, found, state) }
  const { since, mirror } = state.running
  const patience = kept === undefined ? PATIENCE.nothingKept : PATIENCE.kept
  const left = Math.max(0, since + patience - performance.now())
  return inTime(mirror, left, kept ?? { rootDigest, checkedAt: now(), files: new Map() })
}

async function bringUpToDate(
  services: Services,
  found: Recognised[number],
  state: MirrorState,
): Promise<Mirror> {
  try {
    state.kept = await followOne(services, found, state.kept)
    return state.kept
  } finally {
    state.running = undefined
  }
}

/** What the work gives, or `otherwise` after some milliseconds; the work goes on. */
async function inTime<Value>(
  work: Promise<Value>,
  milliseconds: number,
  otherwise: Value,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    // Whoever left is not told what fails afterwards; the next request tries again.
    work.catch(() => undefined)
  }
}

/** Brings one mirror up to date; what is refused or cannot be had leaves what is kept. */
async function followOne(
  services: Services,
  { recognition, initialRoot }: Recognised[number],
  before: Mirror | undefined,
): Promise<Mirror> {
  const { config, now, log, storage } = services
  const { id, rootDigest, repository } = recognition
  const store = recognisedStore(mirrorStore(storage), recognition)
  const isAllowed = config.mode === 'demo' || repository.startsWith('https://')
  const { set, faults } = await followRepository({
    store,
    initialRoot,
    now: now(),
    fetcher: isAllowed ? remoteRepository(repository) : NOBODY,
  })
  for (const { role, code } of faults) log('mirror/refused', { jurisdiction: id, role, code })
  const files = await keptFiles({ store, set }).catch((error: unknown) => {
    if (error instanceof Fault) return before?.files ?? new Map<string, Uint8Array>()
    throw error
  })
  return { rootDigest, checkedAt: now(), files }
}

/** In production nobody is asked without TLS. */
const NOBODY: TufFetcher = { metadata: async () => undefined, target: async () => undefined }
