/** Files of the trust repository as clients of The Update Framework ask for them. */
import { fault } from '@onetrip/codec'
import { roleFileName } from '@onetrip/trust'
import type { Services } from '../services.ts'
import type { TufMetadataTable } from '../storage/tuf-schema.ts'
import { publishRepository } from './publish-repository.ts'
import type { Published } from './published.ts'
import { bodyOf, metadataVersion, newestMetadata } from './repository-rows.ts'

/** A file and whether its address names its content or version, so that it never changes. */
export interface RepositoryFile extends Published {
  readonly isImmutable: boolean
}

const VERSIONED = /^([1-9][0-9]{0,9})\.([a-z0-9-]{1,32})\.json$/
const TARGET_PATH = /^((?:[A-Za-z0-9-]+\/){0,3})([0-9a-f]{64})\.([A-Za-z0-9.-]{1,80})$/

/** A file of metadata by its name: `timestamp.json`, `root.json`, `VERSION.ROLE.json`. Throws `http/not-found`. */
export async function metadataFile(services: Services, name: string): Promise<RepositoryFile> {
  if (name === roleFileName('timestamp')) {
    return newestFile(services, await publishRepository(services))
  }
  if (name === roleFileName('root')) {
    const root = await newestMetadata(services.storage, 'root')
    if (root === undefined) throw fault('trust/unavailable')
    return newestFile(services, root)
  }
  const [, version, role = ''] = VERSIONED.exec(name) ?? []
  if (version === undefined) throw fault('http/not-found')
  // A client that found no newer root begins here; whoever asks for other files has had a timestamp.
  const memory = `trust/metadata/${name}`
  const kept = services.published.find(memory, '')
  if (kept !== undefined) return { ...kept, isImmutable: true }
  const find = () => metadataVersion(services.storage, { role, version: Number(version) })
  let row = await find()
  if (row === undefined && role === 'root') {
    // Whoever's root is over asks for the next one, and for nothing else before it is there.
    await publishRepository(services)
    row = await find()
  }
  if (row === undefined) throw fault('http/not-found')
  return { ...services.published.keep(memory, '', bodyOf(row)), isImmutable: true }
}

/** A target by its path with the hash before its name. Throws `http/not-found`. */
export async function targetFile(services: Services, path: string): Promise<RepositoryFile> {
  const [, folder, digest, name] = TARGET_PATH.exec(path) ?? []
  if (folder === undefined || digest === undefined) throw fault('http/not-found')
  const memory = `trust/targets/${path}`
  const kept = services.published.find(memory, '')
  if (kept !== undefined) return { ...kept, isImmutable: true }
  const row = await services.storage
    .selectFrom('tuf_target')
    .select('body')
    .where('path', '=', `${folder}${name}`)
    .where('sha256', '=', digest)
    .executeTakeFirst()
  if (row === undefined) throw fault('http/not-found')
  return { ...services.published.keep(memory, '', bodyOf(row)), isImmutable: true }
}

function newestFile(
  services: Services,
  row: Pick<TufMetadataTable, 'role' | 'version' | 'body'>,
): RepositoryFile {
  const memory = `trust/metadata/${row.role}.json`
  const stamp = String(row.version)
  const kept = services.published.find(memory, stamp)
  return { ...(kept ?? services.published.keep(memory, stamp, bodyOf(row))), isImmutable: false }
}
