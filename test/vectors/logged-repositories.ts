/** A log, what stands in it, its receipts, and the repositories that name it; for the vectors on receipts (RFC 9942). */
import { type JsonObject, type Signer, toHex, utf8Decode, utf8Encode } from '@onetrip/codec'
import { leafOf, parseSdCwt } from '@onetrip/credential'
import {
  addSignatures,
  checkpointText,
  cosign,
  formatVerifierKey,
  hashOfRange,
  leafHash,
  type NoteKeyKind,
  nodeHash,
  proveInclusion,
  type ReadNode,
  signCheckpoint,
  signReceipt,
  type TreeNode,
  verifierKey,
} from '@onetrip/log'
import { firstRoot, samplePack } from '../../packages/trust/samples/sample-repository.ts'
import type { CborParts } from './forge-cbor.ts'
import { foodCredential } from './vector-case.ts'
import { DAY, EXPIRES_AT, HOUR, ISSUED_AT, NOW, seededSigner } from './vector-cast.ts'
import { issuing, vectorRepository } from './vector-repository.ts'
import type { PackVector } from './verifier-verdicts.ts'

/** The log. */
export const LOG: { readonly name: string; readonly signer: Signer } = {
  name: 'log.onetrip.example/record',
  signer: seededSigner('log'),
}
/** The market regulator's key that was stolen; of its work the log had two entries by then, the second of them this key's. */
export const TAKEN: Signer = seededSigner('market taken')
/** Entries of the log at its published checkpoint. */
export const PUBLISHED = 5

/** What stands in the log. */
export type LoggedName = 'spared' | 'backDated' | 'good'

/** Changes of the sample credential, by what is in the log of it. */
export const LOGGED: Readonly<Record<LoggedName, Partial<CborParts>>> = {
  /** Below the index that the trust list says; its `iat` is not before the key's revocation. */
  spared: { signer: TAKEN },
  /** Not below it, and dated back to before the revocation. */
  backDated: { signer: TAKEN, issuedAt: ISSUED_AT - 20 * DAY },
  good: {},
}

const PLACES: Readonly<Record<LoggedName, number>> = { spared: 1, backDated: 2, good: 3 }
const WITNESSES = ['witness.one.example', 'witness.two.example', 'witness.three.example'].map(
  (name) => ({ name, signer: seededSigner(name) }),
)
const LEAVES: readonly Uint8Array[] = await Promise.all(
  ['first', 'spared', 'backDated', 'good', 'fifth', 'sixth', 'seventh'].map(async (name) => {
    const named = Object.entries(LOGGED).find(([key]) => key === name)
    if (named === undefined) return leafHash(utf8Encode(name))
    return leafOf(parseSdCwt(await foodCredential(named[1])))
  }),
)

/** What a receipt is made of; every part can be replaced. */
export interface ReceiptParts {
  readonly size?: number
  readonly index?: number
  readonly path?: readonly Uint8Array[]
  /** The root that is signed. */
  readonly root?: Uint8Array
  readonly log?: string
  readonly signer?: Signer
}

/** The receipt of what stands in the log, at its published checkpoint unless changed. */
export async function receiptOf(name: LoggedName, parts: ReceiptParts = {}): Promise<Uint8Array> {
  const { size = PUBLISHED, log = LOG.name, signer = LOG.signer } = parts
  const { index = PLACES[name], path = pathOf(name, size), root = rootAt(size) } = parts
  return signReceipt({ proof: { index, size, path }, root, log, signer })
}

/** The path of what stands in the log, at a size, or at the published checkpoint where the log was not that long. */
export function pathOf(name: LoggedName, size: number = PUBLISHED): readonly Uint8Array[] {
  const place = PLACES[name]
  return proveInclusion(place, place < size ? size : PUBLISHED, readNode).path
}

/** The leaf's hash of what stands in the log. */
export function loggedLeaf(name: LoggedName): Uint8Array {
  return LEAVES[PLACES[name]] ?? new Uint8Array(0)
}

/**
 * Packs: `logged` takes the log's word, its food licence requires receipts; `witnessed` asks two of three witnesses, and requires none.
 * Both revoke {@link TAKEN} from the hour in which the sample credentials were issued, but for the log's first two entries.
 */
export async function loggedPacks(): Promise<Readonly<Record<'logged' | 'witnessed', PackVector>>> {
  return {
    logged: await packOf({
      quorum: 0,
      receiptRequired: true,
      checkpoints: [await checkpointAt(PUBLISHED, 0)],
    }),
    witnessed: await packOf({
      quorum: 2,
      receiptRequired: false,
      checkpoints: [await checkpointAt(PUBLISHED, 2), await checkpointAt(6, 1)],
    }),
  }
}

/** As `logged`, for whoever the log shows another history: as many entries, and another root. */
export async function otherHistoryPack(): Promise<PackVector> {
  const checkpoint = { origin: LOG.name, size: PUBLISHED, root: leafHash(utf8Encode('other')) }
  const note = utf8Decode(await signCheckpoint(checkpoint, LOG.signer))
  return packOf({ quorum: 0, receiptRequired: true, checkpoints: [note] })
}

async function packOf(of: {
  readonly quorum: number
  readonly receiptRequired: boolean
  readonly checkpoints: readonly string[]
}): Promise<PackVector> {
  const { quorum, ...more } = of
  const log: JsonObject = {
    vkey: vkeyOf(LOG, 'note'),
    notBefore: ISSUED_AT - 300 * DAY,
    notAfter: EXPIRES_AT,
    witnesses: WITNESSES.map((witness) => vkeyOf(witness, 'cosignature')),
    quorum,
  }
  const taken = { ...issuing(TAKEN), revokedFrom: ISSUED_AT, loggedBelow: 2 }
  const files = await vectorRepository({ ...more, logs: [log], keys: [taken] })
  return { pack: toHex(samplePack(files)), root: utf8Decode(firstRoot(files)) }
}

async function checkpointAt(size: number, witnesses: number): Promise<string> {
  const checkpoint = { origin: LOG.name, size, root: rootAt(size) }
  const text = checkpointText(checkpoint)
  const lines = WITNESSES.slice(0, witnesses).map((by) => cosign(text, by, NOW - HOUR))
  const note = await signCheckpoint(checkpoint, LOG.signer)
  return utf8Decode(addSignatures(note, await Promise.all(lines)))
}

function vkeyOf({ name, signer }: typeof LOG, kind: NoteKeyKind): string {
  return formatVerifierKey(verifierKey(name, kind, signer.publicKey))
}

/** The root of the log at a size. */
export function rootAt(size: number): Uint8Array {
  return hashOfRange({ start: 0, end: size }, readNode)
}

const readNode: ReadNode = ({ level, index }: TreeNode) => {
  if (level === 0) return LEAVES[index] ?? new Uint8Array(0)
  const left = readNode({ level: level - 1, index: 2 * index })
  return nodeHash(left, readNode({ level: level - 1, index: 2 * index + 1 }))
}
