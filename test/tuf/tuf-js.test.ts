/** Peers: tuf-js updates from what our builder makes, over HTTP; our client updates from what @tufjs/models makes. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isObject, parseJson, publicKeyFromJwk, type Signer, utf8Encode } from '@onetrip/codec'
import {
  addSignature,
  describeMetadata,
  describeTarget,
  draftRoot,
  draftSnapshot,
  draftTargets,
  draftTimestamp,
  fetchTarget,
  memoryTufStore,
  type RepositoryFiles,
  repositoryFiles,
  signTuf,
  type TufFetcher,
  tufKeyOf,
  updateTuf,
} from '@onetrip/trust'
import {
  Key,
  Metadata,
  MetaFile,
  Root,
  Signature,
  Snapshot,
  TargetFile,
  Targets,
  Timestamp,
} from '@tufjs/models'
import { Updater } from 'tuf-js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ecSigner, edSigner } from './tuf-signers.ts'
import { NOW } from './tuf-simulator.ts'

/** tuf-js knows the real clock alone. */
const FAR = Date.UTC(2999, 0, 1) / 1000
const LIST = utf8Encode('a status list')
const TYPES = utf8Encode('{"types":[]}')
const common = (version: number) => ({ version, expiresAt: FAR, signedAt: NOW })

describe.each([true, false])(
  'tuf-js on our repository (consistent snapshots: %s)',
  (consistent) => {
    const folder = mkdtempSync(join(tmpdir(), 'onetrip-tuf-'))
    let server: Server
    let files: RepositoryFiles
    beforeAll(async () => {
      files = await ourRepository(consistent)
      server = createServer(({ url = '' }, response) => {
        const [, part, ...rest] = url.split('/')
        const name = part === 'metadata' ? rest.join('/') : decodeURIComponent(rest.join('/'))
        const bytes = (part === 'metadata' ? files.metadata : files.targets).get(name)
        response.writeHead(bytes === undefined ? 404 : 200).end(bytes)
      })
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
      writeFileSync(join(folder, 'root.json'), files.metadata.get('1.root.json') ?? '')
    })
    afterAll(async () => {
      await new Promise((done) => server.close(done))
      rmSync(folder, { recursive: true })
    })

    test('follows root 1 to 2 and finds top-level and delegated targets', async () => {
      const { port } = server.address() as AddressInfo
      const updater = new Updater({
        metadataDir: folder,
        metadataBaseUrl: `http://127.0.0.1:${port}/metadata`,
        targetDir: folder,
        targetBaseUrl: `http://127.0.0.1:${port}/targets`,
        config: { fetchRetry: false },
      })
      await updater.refresh()
      expect(readFileSync(join(folder, 'root.json'))).toEqual(
        Buffer.from(files.metadata.get('2.root.json') ?? ''),
      )
      for (const [path, body] of [
        ['types.json', TYPES] as const,
        ['status/1/1.cwt', LIST] as const,
      ]) {
        const info = await updater.getTargetInfo(path)
        expect(info, path).toBeDefined()
        if (info === undefined) continue
        const file = await updater.downloadTarget(info, join(folder, 'target'))
        expect(readFileSync(file)).toEqual(Buffer.from(body))
      }
      expect(await updater.getTargetInfo('status/2/1.cwt')).toBeUndefined()
    })

    test('and so does our own client', async () => {
      const root = files.metadata.get('1.root.json')
      const store = memoryTufStore()
      const fetcher = fetcherOf(files)
      const { set, faults } = await updateTuf({ store, fetcher, now: NOW, initialRoot: root })
      expect(faults).toEqual([])
      const online = { fetcher, now: NOW }
      expect(await fetchTarget({ set, store, online }, 'status/1/1.cwt')).toEqual(LIST)
    })
  },
)

test.each([true, false])(
  'our client on a repository of @tufjs/models (consistent snapshots: %s)',
  async (consistent) => {
    const files = modelRepository(consistent)
    const store = memoryTufStore()
    const fetcher = fetcherOf(files)
    const initialRoot = files.metadata.get('1.root.json')
    const { set, faults } = await updateTuf({
      store,
      fetcher,
      now: NOW,
      initialRoot,
      delegated: 'all',
    })
    expect(faults).toEqual([])
    expect(set.delegated.get('status-1')?.signed.signedAt).toBeUndefined()
    const online = { fetcher, now: NOW }
    expect(await fetchTarget({ set, store, online }, 'types.json')).toEqual(TYPES)
    expect(await fetchTarget({ set, store, online }, 'status/1/1.cwt')).toEqual(LIST)
  },
)

function fetcherOf({ metadata, targets }: RepositoryFiles): TufFetcher {
  return {
    metadata: async (name) => metadata.get(name),
    target: async (path) => targets.get(path),
  }
}

/** Two roots (2 of 3, Ed25519 and P-256 mixed), signed one after another, and a delegated role with a P-256 key. */
async function ourRepository(consistentSnapshot: boolean): Promise<RepositoryFiles> {
  const holders: readonly Signer[] = [edSigner('first'), ecSigner('second'), edSigner('third')]
  const [first = edSigner('first'), second = first, third = first] = holders
  const one = (signer: Signer) => ({ keys: [signer.publicKey], threshold: 1 })
  const roles = {
    root: { keys: holders.map(({ publicKey }) => publicKey), threshold: 2 },
    timestamp: one(ecSigner('online')),
    snapshot: one(ecSigner('online')),
    targets: { keys: holders.map(({ publicKey }) => publicKey), threshold: 2 },
  }
  const root1 = await signTuf(draftRoot({ ...common(1), roles, consistentSnapshot }), [
    first,
    second,
  ])
  const draft2 = draftRoot({ ...common(2), roles, consistentSnapshot })
  const root2 = await addSignature(await signTuf(draft2, [second]), third)
  const delegation = {
    name: 'status-1',
    ...one(ecSigner('status')),
    terminating: true,
    paths: ['status/1/*'],
  }
  const targets = draftTargets({
    ...common(3),
    targets: new Map([['types.json', describeTarget(TYPES, { version: 1 })]]),
    delegations: [delegation],
  })
  const status = draftTargets({
    ...common(9),
    targets: new Map([['status/1/1.cwt', describeTarget(LIST)]]),
  })
  const targetsRoles = new Map([
    ['targets', await signTuf(targets, [first, second])],
    ['status-1', await signTuf(status, [ecSigner('status')])],
  ])
  const described = [...targetsRoles].map(
    ([role, bytes]) => [role, describeMetadata(bytes)] as const,
  )
  const snapshot = await signTuf(draftSnapshot({ ...common(5), roles: new Map(described) }), [
    ecSigner('online'),
  ])
  const over = draftTimestamp({ ...common(6), snapshot: describeMetadata(snapshot) })
  return repositoryFiles({
    roots: [root1, root2],
    timestamp: await signTuf(over, [ecSigner('online')]),
    snapshot,
    targetsRoles,
    targets: new Map([
      ['types.json', TYPES],
      ['status/1/1.cwt', LIST],
    ]),
  })
}

interface ModelKey {
  readonly key: Key
  readonly privateKey: KeyObject
}

/** The same in the other library's words: keys by node:crypto, objects, JSON and canonical form by @tufjs/models. */
function modelRepository(consistentSnapshot: boolean): RepositoryFiles {
  const ed = modelKey('ed25519')
  const ec = modelKey('ecdsa')
  const expires = '2999-01-01T00:00:00Z'
  const base = { version: 1, specVersion: '1.0.31', expires }
  const keys = { [ed.key.keyID]: ed.key.toJSON(), [ec.key.keyID]: ec.key.toJSON() }
  const role = (...holders: readonly ModelKey[]) => {
    return { keyids: holders.map(({ key }) => key.keyID), threshold: holders.length }
  }
  const json = { spec_version: '1.0.31', version: 1, expires }
  const root = Root.fromJSON({
    ...json,
    _type: 'root',
    consistent_snapshot: consistentSnapshot,
    keys,
    roles: { root: role(ed, ec), timestamp: role(ec), snapshot: role(ed), targets: role(ed) },
  })
  const delegated = { ...role(ec), name: 'status-1', terminating: true, paths: ['status/1/*'] }
  const targets = Targets.fromJSON({
    ...json,
    _type: 'targets',
    targets: { 'types.json': modelTarget('types.json', TYPES).toJSON() },
    delegations: { keys, roles: [delegated] },
  })
  const status = new Targets({
    ...base,
    targets: { 'status/1/1.cwt': modelTarget('status/1/1.cwt', LIST) },
  })
  const snapshot = new Snapshot({
    ...base,
    meta: {
      'targets.json': new MetaFile({ version: 1 }),
      'status-1.json': new MetaFile({ version: 1 }),
    },
  })
  const timestamp = new Timestamp({ ...base, snapshotMeta: new MetaFile({ version: 1 }) })
  return repositoryFiles({
    roots: [modelFile(new Metadata(root), ed, ec)],
    timestamp: modelFile(new Metadata(timestamp), ec),
    snapshot: modelFile(new Metadata(snapshot), ed),
    targetsRoles: new Map([
      ['targets', modelFile(new Metadata(targets), ed)],
      ['status-1', modelFile(new Metadata(status), ec)],
    ]),
    targets: new Map([
      ['types.json', TYPES],
      ['status/1/1.cwt', LIST],
    ]),
  })
}

function modelKey(kind: 'ed25519' | 'ecdsa'): ModelKey {
  const { publicKey, privateKey } =
    kind === 'ed25519'
      ? generateKeyPairSync('ed25519')
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const isEd = kind === 'ed25519'
  const value = isEd
    ? spki.subarray(-32).toString('hex')
    : publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const options = {
    keyType: kind,
    scheme: isEd ? 'ed25519' : 'ecdsa-sha2-nistp256',
    keyVal: { public: value },
  }
  return { key: new Key({ keyID: keyidOf(publicKey), ...options }), privateKey }
}

/** Our own words for the same key must give the same identifier, or our client refuses the key. */
function keyidOf(publicKey: KeyObject): string {
  const jwk = parseJson(JSON.stringify(publicKey.export({ format: 'jwk' })))
  if (!isObject(jwk)) throw new TypeError('not a JWK')
  return tufKeyOf(publicKeyFromJwk(jwk)).keyid
}

function modelTarget(path: string, body: Uint8Array): TargetFile {
  const { length, sha256 } = describeTarget(body)
  return new TargetFile({ path, length, hashes: { sha256 } })
}

function modelFile(
  metadata: Metadata<Root> | Metadata<Targets> | Metadata<Snapshot> | Metadata<Timestamp>,
  ...keys: readonly ModelKey[]
): Uint8Array {
  for (const { key, privateKey } of keys) {
    metadata.sign((data) => {
      const sig = sign(key.keyType === 'ed25519' ? null : 'sha256', data, privateKey)
      return new Signature({ keyID: key.keyID, sig: sig.toString('hex') })
    })
  }
  return utf8Encode(JSON.stringify(metadata.toJSON()))
}
