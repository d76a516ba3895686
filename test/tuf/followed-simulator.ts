/** A whole repository under the control of a test, followed by the client that faces, command and server use. */

import {
  encodeJson,
  type JsonObject,
  type JsonValue,
  sha256,
  toBase64url,
  utf8Encode,
} from '@onetrip/codec'
import { sampleOffices } from '@onetrip/fixtures'
import { followTrust, openTrust, type Trust, type TrustFetcher } from '@onetrip/trust'
import { expect } from 'vitest'
import {
  STATUS_URI,
  sampleDocuments,
  sampleStatusList,
} from '../../packages/trust/samples/sample-trust.ts'
import { NOW, type Served, TufSimulator } from './tuf-simulator.ts'

/** When what is new is signed, and followed. */
export const LATER: number = NOW + 3600
/** The counter that the new deny list names. */
export const DEVICE: string = toBase64url(sha256(utf8Encode('a lost counter')))
/** The target of the one status list. */
export const LIST = 'status/2/2.cwt'

/** What a client keeps. */
export type Store = ReturnType<TufSimulator['client']>

/** A document as it is served. */
export const bytesOf = (json: JsonValue): Uint8Array => utf8Encode(encodeJson(json))
const denying = (...devices: string[]): JsonObject => ({ format: 1, keys: [], devices })

/** A repository with documents, a deny list and one status role, and a store that followed it. */
export async function start(): Promise<{
  readonly simulator: TufSimulator
  readonly store: Store
}> {
  const simulator = await TufSimulator.start()
  simulator.delegate({ from: 'targets', name: 'deny', members: { paths: ['deny/*'] } })
  simulator.delegate({ from: 'targets', name: 'status-2', members: { paths: ['status/2/*'] } })
  for (const [path, json] of Object.entries(sampleDocuments())) {
    simulator.addTarget('targets', path, bytesOf(json))
  }
  simulator.addTarget('deny', 'deny/list.json', bytesOf(denying()))
  await simulator.release({ bump: false })
  await simulator.release()
  const store = simulator.client()
  expect((await follow(simulator, store)).faults).toEqual([])
  return { simulator, store }
}

/** Everything new, an hour later: a trust list without offices, a denied counter, a status list. */
export async function makeNews(simulator: TufSimulator): Promise<void> {
  const later = { 'x-signed-at': new Date(LATER * 1000).toISOString().replace('.000', '') }
  for (const role of ['timestamp', 'snapshot', 'targets', 'deny', 'status-2']) {
    simulator.edit(role, later)
  }
  setTrustList(simulator, { offices: [] })
  simulator.addTarget('deny', 'deny/list.json', bytesOf(denying(DEVICE)))
  simulator.addTarget('status-2', LIST, await listOf(NOW))
}

/** Puts a trust list with other members into the role `targets`. */
export function setTrustList(simulator: TufSimulator, changes: JsonObject): void {
  const list = sampleDocuments(changes)['trust-list.json'] ?? null
  simulator.addTarget('targets', 'trust-list.json', bytesOf(list))
}

/** The market bureau's status list of a time. */
export function listOf(issuedAt: number): Promise<Uint8Array> {
  return sampleStatusList({ uri: STATUS_URI.market, signer: 'marketStatus', issuedAt })
}

/** Follows in the environment of the samples. */
export function follow(simulator: TufSimulator, store: Store, now: number = LATER): Promise<Trust> {
  const fetcher = fetcherOf(simulator)
  return followTrust({ store, fetcher, initialRoot: rootOf(simulator), environment: 'test', now })
}

/** Fetches from a repository that recognises nobody. */
export function fetcherOf(simulator: TufSimulator): TrustFetcher {
  const nothing = { metadata: async () => undefined, target: async () => undefined }
  return { ...simulator.fetcher, recognised: () => nothing }
}

/** The root that clients start from. */
export function rootOf(simulator: TufSimulator): Uint8Array {
  return simulator.files.get('1.root.json') ?? new Uint8Array()
}

/** Serves something else in place of the newest file whose name ends so. */
export function serve(simulator: TufSimulator, name: string, served: Served): void {
  const known = [...simulator.files.keys()].filter((file) => file.endsWith(name))
  const newest = known.at(-1)
  if (newest === undefined) throw new TypeError('no such file')
  simulator.served.set(newest, served)
}

/** What somebody does to a repository, or publishes in it. */
export type Attack = (simulator: TufSimulator) => void | Promise<void>

/** Makes all new with `attack` in the way: it is refused, and the last good set goes on with its own age. */
export async function leavesLastGoodSet(
  attack: Attack,
  part: string,
  code: string,
): Promise<Trust> {
  const { simulator, store } = await start()
  const files = metadataIn(store)
  await makeNews(simulator)
  await attack(simulator)
  const trust = await follow(simulator, store)
  expect(trust.faults).toContainEqual({ part, code })
  expect(trust).toMatchObject({ version: 2, signedAt: NOW })
  expect(trust.offices).toHaveLength(sampleOffices.length)
  expect(metadataIn(store)).toEqual(files)
  const opened = await openTrust({ store, initialRoot: rootOf(simulator), environment: 'test' })
  expect(opened).toMatchObject({ version: 2, signedAt: NOW, faults: [] })
  return trust
}

function metadataIn({ files }: Store): ReadonlyMap<string, Uint8Array> {
  return new Map([...files].filter(([name]) => /^(?:root|timestamp|snapshot|targets)\./.test(name)))
}
