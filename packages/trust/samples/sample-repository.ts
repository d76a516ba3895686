/** A whole trust repository for tests, from documents, lists and signers; and fetchers over it. */
import {
  encodeJson,
  type JsonObject,
  type JsonValue,
  type Signer,
  utf8Encode,
} from '@onetrip/codec'
import { deflateZlib } from '@onetrip/status'
import {
  CHECKPOINTS_KIND,
  DENY_ROLE,
  describeMetadata,
  describeTarget,
  draftRoot,
  draftSnapshot,
  draftTargets,
  draftTimestamp,
  LOG_ROLE,
  type RepositoryFiles,
  registerTarget,
  repositoryFiles,
  STATUS_ROLES,
  signTuf,
  statusRoleOf,
  statusTarget,
  TARGET,
  type TrustFetcher,
} from '../src/index.ts'
import { buildPack } from '../src/pack.ts'

const DAY = 86_400

/** Who signs for which role. */
export interface RepositorySigners {
  readonly root: readonly Signer[]
  readonly targets: readonly Signer[]
  readonly online: Signer
}

/** What a sample repository is made of; versions are 1 unless said. */
export interface SampleRepository {
  readonly signers: RepositorySigners
  /** Unix seconds at which everything is signed. */
  readonly signedAt: number
  /** Documents of the role `targets` by path. */
  readonly documents: Readonly<Record<string, JsonValue | Uint8Array>>
  /** Status lists in CWT form by number. */
  readonly statusLists?: Readonly<Record<number, Uint8Array>>
  /** Seal registers by the number of their status list. */
  readonly sealRegisters?: Readonly<Record<number, Uint8Array>>
  readonly denyList?: JsonObject
  /** Signed notes in the order of their logs and sizes, or the whole document; without it there is no role for them. */
  readonly checkpoints?: readonly string[] | Uint8Array | 'unsigned' | undefined
  readonly versions?: Readonly<Partial<Record<'targets' | 'online', number>>>
  /** Root files before the one that is made here, the first version first. */
  readonly roots?: readonly Uint8Array[]
}

/** Builds and signs every file. */
export async function sampleRepository(sample: SampleRepository): Promise<RepositoryFiles> {
  const { signers, signedAt, roots = [], versions = {}, checkpoints } = sample
  const { targets: targetsVersion = 1, online = 1 } = versions
  const until = (days: number) => ({ signedAt, expiresAt: signedAt + days * DAY })
  const key = { keys: [signers.online.publicKey], threshold: 1 }
  const keysOf = (all: readonly Signer[]) => ({
    keys: all.map(({ publicKey }) => publicKey),
    threshold: all.length,
  })
  const root =
    roots.at(-1) ??
    (await signTuf(
      draftRoot({
        version: 1,
        ...until(365),
        roles: {
          root: keysOf(signers.root),
          targets: keysOf(signers.targets),
          snapshot: key,
          timestamp: key,
        },
      }),
      signers.root,
    ))
  const documents = new Map(
    Object.entries(sample.documents).map(([path, content]) => [path, bytesOf(content)]),
  )
  const status = Array.from({ length: STATUS_ROLES }, (_, at) => ({
    name: `status-${at + 1}`,
    ...key,
    terminating: true,
    paths: [`status/${at + 1}/*`, ...(at === 0 ? [TARGET.statusNames] : [])],
  }))
  const deny = { name: DENY_ROLE, ...key, terminating: true, paths: [`${DENY_ROLE}/*`] }
  const log = { name: LOG_ROLE, ...key, terminating: true, paths: [`${LOG_ROLE}/*`] }
  const files = new Map(documents)
  const sign = async (paths: ReadonlyMap<string, Uint8Array>) => {
    for (const [path, bytes] of paths) files.set(path, bytes)
    const targets = new Map([...paths].map(([path, bytes]) => [path, describeTarget(bytes)]))
    return signTuf(draftTargets({ version: online, ...until(7), targets }), [signers.online])
  }
  const targetsRoles = new Map<string, Uint8Array>()
  targetsRoles.set(
    'targets',
    await signTuf(
      draftTargets({
        version: targetsVersion,
        ...until(90),
        targets: new Map([...documents].map(([path, bytes]) => [path, describeTarget(bytes)])),
        delegations: [deny, ...(checkpoints === undefined ? [] : [log]), ...status],
      }),
      signers.targets,
    ),
  )
  const denied = bytesOf(sample.denyList ?? { format: 1, keys: [], devices: [] })
  targetsRoles.set(DENY_ROLE, await sign(new Map([[TARGET.denyList, denied]])))
  if (checkpoints !== undefined && checkpoints !== 'unsigned') {
    const document = { kind: CHECKPOINTS_KIND, format: 1, checkpoints: [...checkpoints] }
    const content = checkpoints instanceof Uint8Array ? checkpoints : bytesOf(document)
    targetsRoles.set(LOG_ROLE, await sign(new Map([[TARGET.checkpoints, content]])))
  }
  for (const [role, lists] of byRole(sample)) targetsRoles.set(role, await sign(lists))
  const roles = new Map([...targetsRoles].map(([role, bytes]) => [role, describeMetadata(bytes)]))
  const snapshot = await signTuf(draftSnapshot({ version: online, ...until(7), roles }), [
    signers.online,
  ])
  const timestamp = await signTuf(
    draftTimestamp({ version: online, ...until(1), snapshot: describeMetadata(snapshot) }),
    [signers.online],
  )
  return repositoryFiles({
    roots: roots.length === 0 ? [root] : roots,
    timestamp,
    snapshot,
    targetsRoles,
    targets: files,
  })
}

/** The root metadata that clients of a repository start from. */
export function firstRoot(files: RepositoryFiles): Uint8Array {
  const root = files.metadata.get('1.root.json')
  if (root === undefined) throw new TypeError('a repository has a first root')
  return root
}

/** Fetches from a repository in memory; `asked` collects the names. */
export function memoryFetcher(files: RepositoryFiles, asked: string[] = []): TrustFetcher {
  const nothing = async () => undefined
  return {
    metadata: async (name) => {
      asked.push(name)
      return files.metadata.get(name)
    },
    target: async (path) => {
      asked.push(path)
      return files.targets.get(path)
    },
    recognised: () => ({ metadata: nothing, target: nothing }),
  }
}

/** A repository as a pack, with those of recognised jurisdictions by their ids. */
export function samplePack(
  files: RepositoryFiles,
  recognised: ReadonlyMap<string, RepositoryFiles> = new Map(),
): Uint8Array {
  const members = new Map<string, Uint8Array>()
  const add = (folder: string, { metadata, targets }: RepositoryFiles): void => {
    for (const [name, bytes] of metadata) {
      if (name !== 'root.json') members.set(`${folder}metadata/${name}`, bytes)
    }
    for (const [path, bytes] of targets) members.set(`${folder}targets/${path}`, bytes)
  }
  add('', files)
  for (const [id, foreign] of recognised) add(`recognised/${id}/`, foreign)
  return buildPack({ files: members, deflate: deflateZlib })
}

function byRole({
  statusLists = {},
  sealRegisters = {},
}: SampleRepository): ReadonlyMap<string, Map<string, Uint8Array>> {
  const roles = new Map([['status-1', new Map<string, Uint8Array>()]])
  const names: string[] = [TARGET.statusNames]
  const add = (number: number, path: string, bytes: Uint8Array): void => {
    const role = statusRoleOf(number)
    roles.set(role, (roles.get(role) ?? new Map()).set(path, bytes))
    names.push(path)
  }
  for (const [number, bytes] of Object.entries(statusLists)) {
    add(Number(number), statusTarget(Number(number), 'cwt'), bytes)
  }
  for (const [number, bytes] of Object.entries(sealRegisters)) {
    add(Number(number), registerTarget(Number(number)), bytes)
  }
  roles.get('status-1')?.set(TARGET.statusNames, bytesOf(names))
  return roles
}

function bytesOf(content: JsonValue | Uint8Array): Uint8Array {
  return content instanceof Uint8Array ? content : utf8Encode(encodeJson(content))
}
