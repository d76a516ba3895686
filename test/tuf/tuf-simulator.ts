/**
 * A repository under the control of a test: it publishes properly, and whatever an attacker could publish or serve. The
 * signed parts are plain JSON that a test may edit into anything.
 */
import {
  fault,
  isObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  type Signer,
  utf8Encode,
} from '@onetrip/codec'
import {
  describeMetadata,
  describeTarget,
  draftRoot,
  draftSnapshot,
  draftTargets,
  draftTimestamp,
  memoryTufStore,
  roleFileName,
  signTuf,
  type TopRole,
  type TufFetcher,
  type TufOpened,
  type TufUpdateOptions,
  targetFilePath,
  tufKeyOf,
  updateTuf,
} from '@onetrip/trust'
import { edSigner } from './tuf-signers.ts'

/** Unix seconds at which the simulated updates start. */
export const NOW = 1_795_000_000
/** Seconds in a day. */
export const DAY = 86_400

interface RoleState {
  signed: JsonObject
  signers: readonly Signer[]
}

/** What a test has a file name answered with in place of the file. */
export type Served = Uint8Array | 'absent' | 'endless' | 'broken'

/** A delegation as JSON that a test states in short. */
export interface SimulatedDelegation {
  readonly from: string
  readonly name: string
  readonly signer?: Signer
  readonly members?: JsonObject
}

/** One repository; it has state, as servers do. */
export class TufSimulator {
  readonly roles: Map<string, RoleState> = new Map()
  readonly files: Map<string, Uint8Array> = new Map()
  readonly bodies: Map<string, Uint8Array> = new Map()
  readonly served: Map<string, Served> = new Map()
  /** File names and target paths asked for, in order. */
  readonly requests: string[] = []
  /** Whether snapshot and timestamp state hashes and lengths. */
  hashes = true

  /** A repository with every role at version 1, one Ed25519 key each. */
  static async start(consistentSnapshot = true): Promise<TufSimulator> {
    const simulator = new TufSimulator()
    const common = { version: 1, expiresAt: NOW + 30 * DAY, signedAt: NOW }
    const file = { version: 1, length: undefined, sha256: undefined }
    const roleOf = (name: string) => ({ keys: [edSigner(name).publicKey], threshold: 1 })
    const drafts = {
      root: draftRoot({
        ...common,
        consistentSnapshot,
        roles: {
          root: roleOf('root'),
          timestamp: roleOf('timestamp'),
          snapshot: roleOf('snapshot'),
          targets: roleOf('targets'),
        },
      }),
      timestamp: draftTimestamp({ ...common, snapshot: file }),
      snapshot: draftSnapshot({ ...common, roles: new Map([['targets', file]]) }),
      targets: draftTargets({ ...common, targets: new Map() }),
    }
    for (const [role, signed] of Object.entries(drafts)) {
      simulator.roles.set(role, { signed, signers: [edSigner(role)] })
    }
    await simulator.publishRoot({ version: 1 })
    await simulator.release({ bump: false })
    return simulator
  }

  /** The signed part of a role as it is going to be published next. */
  signed(role: string): JsonObject {
    return this.state(role).signed
  }

  /** Replaces members of a signed part. */
  edit(role: string, members: JsonObject): void {
    const state = this.state(role)
    state.signed = { ...state.signed, ...members }
  }

  /** The version that a role has. */
  version(role: string): number {
    const { version } = this.signed(role)
    return typeof version === 'number' ? version : 0
  }

  /** Gives a role other signers, without telling root. */
  signWith(role: string, ...signers: readonly Signer[]): void {
    this.state(role).signers = signers
  }

  /** Gives a top-level role keys in root, and has it signed by `signers`. */
  setKeys(
    role: TopRole,
    options: { keys: readonly Signer[]; threshold?: number; signers?: readonly Signer[] },
  ): void {
    const { keys, threshold = 1, signers = keys } = options
    const entries = keys.map(({ publicKey }) => tufKeyOf(publicKey))
    const keyids = [...new Set(entries.map(({ keyid }) => keyid))]
    const listed = Object.fromEntries(entries.map(({ keyid, json }) => [keyid, json]))
    const root = this.signed('root')
    this.edit('root', {
      keys: { ...objectIn(root, 'keys'), ...listed },
      roles: { ...objectIn(root, 'roles'), [role]: { keyids, threshold } },
    })
    this.signWith(role, ...signers)
  }

  /** Adds a delegation, to a role of its own unless that is there already. */
  delegate({ from, name, signer = edSigner(name), members = {} }: SimulatedDelegation): void {
    const { keyid, json } = tufKeyOf(signer.publicKey)
    const owner = this.signed(from)
    const before = isObject(owner['delegations']) ? owner['delegations'] : { keys: {}, roles: [] }
    const roles = Array.isArray(before['roles']) ? before['roles'] : []
    const paths = members['path_hash_prefixes'] === undefined ? { paths: ['*'] } : {}
    const added = { name, keyids: [keyid], threshold: 1, terminating: false, ...paths, ...members }
    const keys = { ...objectIn(before, 'keys'), [keyid]: json }
    this.edit(from, { delegations: { keys, roles: [...roles, added] } })
    if (this.roles.has(name)) return
    const common = { version: 1, expiresAt: NOW + 30 * DAY, signedAt: NOW }
    const signed = draftTargets({ ...common, targets: new Map() })
    this.roles.set(name, { signed, signers: [signer] })
  }

  /** Adds a target to a role. */
  addTarget(role: string, path: string, body: Uint8Array): void {
    const { length, sha256 } = describeTarget(body)
    const targets = objectIn(this.signed(role), 'targets')
    this.edit(role, { targets: { ...targets, [path]: { length, hashes: { sha256 } } } })
    this.bodies.set(path, body)
    const isConsistent = this.signed('root')['consistent_snapshot'] === true
    this.files.set(targetFilePath(path, isConsistent ? sha256 : undefined), body)
  }

  /** Signs and publishes a root, one version up unless told. */
  async publishRoot(members: JsonObject = { version: this.version('root') + 1 }): Promise<void> {
    this.edit('root', members)
    const bytes = await this.sign('root')
    this.files.set(roleFileName('root', this.version('root')), bytes)
  }

  /** Publishes targets roles with a snapshot and a timestamp over them, all one version up unless told. */
  async release(
    options: { readonly roles?: readonly string[]; readonly bump?: boolean } = {},
  ): Promise<void> {
    const { bump = true, roles = [...this.roles.keys()].filter(isTargetsRole) } = options
    for (const role of roles) await this.publish(role, bump)
    await this.publishSnapshot(bump)
    await this.publishTimestamp(bump)
  }

  /** Signs and publishes one targets role. */
  async publish(role: string, bump = true): Promise<void> {
    if (bump) this.edit(role, { version: this.version(role) + 1 })
    await this.put(role)
  }

  /** Publishes a snapshot over what is published of the targets roles. */
  async publishSnapshot(bump = true, changes: JsonObject = {}): Promise<void> {
    const meta: Record<string, JsonValue> = {}
    for (const role of [...this.roles.keys()].filter(isTargetsRole)) {
      meta[`${role}.json`] = this.metaOf(role)
    }
    if (bump) this.edit('snapshot', { version: this.version('snapshot') + 1 })
    this.edit('snapshot', { meta: { ...meta, ...changes } })
    await this.put('snapshot')
  }

  /** Publishes a timestamp over the published snapshot. */
  async publishTimestamp(bump = true): Promise<void> {
    if (bump) this.edit('timestamp', { version: this.version('timestamp') + 1 })
    this.edit('timestamp', { meta: { 'snapshot.json': this.metaOf('snapshot') } })
    await this.put('timestamp')
  }

  /** The file name under which a role is published at its version. */
  fileName(role: string): string {
    const isConsistent = this.signed('root')['consistent_snapshot'] === true
    const hasVersion = role === 'root' || (isConsistent && role !== 'timestamp')
    return roleFileName(role, hasVersion ? this.version(role) : undefined)
  }

  /** A published file of a role. */
  file(role: string): Uint8Array {
    const bytes = this.files.get(this.fileName(role))
    if (bytes === undefined) throw new TypeError('that role is not published')
    return bytes
  }

  /** Serves the files, or what `served` says in their place; caps are left to the client. */
  readonly fetcher: TufFetcher = {
    metadata: async (name) => this.answer(name),
    target: async (path) => this.answer(path),
  }

  /** Updates a client of this repository. */
  update(options: Partial<TufUpdateOptions> & Pick<TufUpdateOptions, 'store'>): Promise<TufOpened> {
    return updateTuf({ fetcher: this.fetcher, now: NOW, ...options })
  }

  /** A client that trusts the first root. */
  client(): ReturnType<typeof memoryTufStore> {
    const root = this.files.get('1.root.json')
    if (root === undefined) throw new TypeError('no first root')
    return memoryTufStore([['root.json', root]])
  }

  private answer(name: string): Uint8Array | undefined {
    this.requests.push(name)
    const served = this.served.get(name) ?? this.files.get(name)
    if (served === 'absent') return undefined
    if (served === 'endless') return new Uint8Array(16_777_216)
    if (served === 'broken') throw new TypeError('the network went away')
    return served
  }

  private metaOf(role: string): JsonObject {
    const { version, length = 0, sha256 = '' } = describeMetadata(this.file(role))
    return this.hashes ? { version, length, hashes: { sha256 } } : { version }
  }

  private async put(role: string): Promise<void> {
    this.files.set(this.fileName(role), await this.sign(role))
  }

  private sign(role: string): Promise<Uint8Array> {
    const { signed, signers } = this.state(role)
    return signTuf(signed, signers)
  }

  private state(role: string): RoleState {
    const state = this.roles.get(role)
    if (state === undefined) throw new TypeError(`no role ${role}`)
    return state
  }
}

/** A file of metadata as JSON, edited and put back to bytes; its signatures stay as they are unless edited. */
export function rewrite(bytes: Uint8Array, edit: (file: JsonObject) => JsonValue): Uint8Array {
  const json = parseJson(bytes, { maxBytes: bytes.length })
  if (!isObject(json)) throw fault('trust/format')
  return utf8Encode(JSON.stringify(edit(json)))
}

/** What a set holds, in short: versions by role. */
export function versionsOf({ set }: TufOpened): Readonly<Record<string, number | undefined>> {
  return {
    root: set.root.signed.version,
    timestamp: set.timestamp?.signed.version,
    snapshot: set.snapshot?.signed.version,
    targets: set.targets?.signed.version,
  }
}

function isTargetsRole(role: string): boolean {
  return role !== 'root' && role !== 'timestamp' && role !== 'snapshot'
}

/** A member that must be an object. */
export function objectIn(json: JsonObject, name: string): JsonObject {
  const value = json[name]
  if (!isObject(value)) throw new TypeError(`${name} is no object`)
  return value
}
