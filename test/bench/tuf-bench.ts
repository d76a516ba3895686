/**
 * What an update of trust data costs when there is nothing new, from kept files to verdict of the client, beside the raw
 * signature checks and hashes that it cannot do without: root (2 of 3), timestamp, snapshot, targets (2 of 3) and 17
 * delegated roles, the sizes of a province's repository. Measured in turns.
 */
import { createHash, createPublicKey, type KeyObject, verify as verifyRaw } from 'node:crypto'
import { fromHex, publicKeyToJwk, type Signer, utf8Encode } from '@onetrip/codec'
import {
  canonicalJson,
  describeMetadata,
  describeTarget,
  draftRoot,
  draftSnapshot,
  draftTargets,
  draftTimestamp,
  memoryTufStore,
  repositoryFiles,
  signTuf,
  type TufDraft,
  updateTuf,
} from '@onetrip/trust'
import { edSigner } from '../tuf/tuf-signers.ts'
import { type BenchResult, median, timed } from './measure.ts'

const WARM_ROUNDS = 200
const ROUNDS = 400
const NOW = 1_795_000_000
const SHARDS = 16

interface RawCheck {
  readonly key: KeyObject
  readonly data: Uint8Array
  readonly signature: Uint8Array
}

interface Signed {
  readonly bytes: Uint8Array
  readonly checks: readonly RawCheck[]
}

/** Measures an update with nothing new; throws when it is not without faults. */
export async function benchTuf(): Promise<BenchResult> {
  const { store, fetcher, files } = await provinceRepository()
  const times: number[] = []
  const rawTimes: number[] = []
  for (let round = -WARM_ROUNDS; round < ROUNDS; round++) {
    const rawTime = await timed(async () => checkRaw(files))
    const time = await timed(async () => {
      const { faults } = await updateTuf({ store, fetcher, now: NOW, delegated: 'all' })
      if (faults.length > 0) throw new Error('an update to be measured has faults')
    })
    if (round < 0) continue
    rawTimes.push(rawTime)
    times.push(time)
  }
  return {
    name: 'update trust data with nothing new',
    rawMicroseconds: median(rawTimes),
    microseconds: median(times),
    aim: 1.5,
  }
}

function checkRaw(files: readonly Signed[]): void {
  for (const { bytes, checks } of files) {
    createHash('sha256').update(bytes).digest()
    for (const { key, data, signature } of checks) {
      if (!verifyRaw(null, data, key, signature)) throw new Error('a raw signature is not valid')
    }
  }
}

async function provinceRepository() {
  const common = { version: 1, expiresAt: NOW + 86_400, signedAt: NOW }
  const people = ['one', 'two', 'three'].map(edSigner)
  const [one = edSigner('one'), two = one] = people
  const online = edSigner('online')
  const offline = { keys: people.map(({ publicKey }) => publicKey), threshold: 2 }
  const single = { keys: [online.publicKey], threshold: 1 }
  const roles = { root: offline, timestamp: single, snapshot: single, targets: offline }
  const root = await signed(draftRoot({ ...common, roles }), [one, two])
  const shards = Array.from({ length: SHARDS }, (_, at) => `status-${at + 1}`)
  const delegations = [...shards, 'deny'].map((name) => {
    return { name, ...single, terminating: true, paths: [`${name.replace('-', '/')}/*`] }
  })
  const paths = [
    'trust-list.json',
    'catalogue.json',
    'recognition.json',
    'names.json',
    'types/a/1.json',
  ]
  const listed = (names: readonly string[]) =>
    new Map(names.map((name) => [name, describeTarget(utf8Encode(name))]))
  const targets = await signed(draftTargets({ ...common, targets: listed(paths), delegations }), [
    one,
    two,
  ])
  const delegated = new Map<string, Signed>()
  for (const { name } of delegations) {
    const lists = [1, 17].flatMap((list) => [`${name}/${list}.cwt`, `${name}/${list}.jwt`])
    delegated.set(name, await signed(draftTargets({ ...common, targets: listed(lists) }), [online]))
  }
  const targetsRoles = new Map([['targets', targets] as const, ...delegated])
  const described = [...targetsRoles].map(
    ([role, file]) => [role, describeMetadata(file.bytes)] as const,
  )
  const snapshot = await signed(draftSnapshot({ ...common, roles: new Map(described) }), [online])
  const over = draftTimestamp({ ...common, snapshot: describeMetadata(snapshot.bytes) })
  const timestamp = await signed(over, [online])
  const { metadata } = repositoryFiles({
    roots: [root.bytes],
    timestamp: timestamp.bytes,
    snapshot: snapshot.bytes,
    targetsRoles: new Map([...targetsRoles].map(([role, file]) => [role, file.bytes])),
    targets: new Map(),
  })
  const fetcher = {
    metadata: async (name: string) => metadata.get(name),
    target: async () => undefined,
  }
  const store = memoryTufStore()
  await updateTuf({ store, fetcher, now: NOW, initialRoot: root.bytes, delegated: 'all' })
  const files: readonly Signed[] = [root, timestamp, snapshot, ...targetsRoles.values()]
  return { store, fetcher, files }
}

async function signed(draft: TufDraft, signers: readonly Signer[]): Promise<Signed> {
  const bytes = await signTuf(draft, signers)
  const data = canonicalJson(draft)
  const file = JSON.parse(new TextDecoder().decode(bytes))
  const checks = signers.map((signer, at) => ({
    key: createPublicKey({ key: { ...publicKeyToJwk(signer.publicKey) }, format: 'jwk' }),
    data,
    signature: fromHex(String(file.signatures[at].sig)),
  }))
  return { bytes, checks }
}
