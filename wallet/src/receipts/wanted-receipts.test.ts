import { signerFromPrivateJwk, utf8Decode, utf8Encode } from '@onetrip/codec'
import { testKeys } from '@onetrip/fixtures'
import {
  hashOfRange,
  leafHash,
  nodeHash,
  proveInclusion,
  type ReadNode,
  signCheckpoint,
  signReceipt,
  verifierKey,
} from '@onetrip/log'
import {
  CHECKPOINTS_KIND,
  type OpenedLog,
  openLogs,
  parseCheckpoints,
  type Trust,
} from '@onetrip/trust'
import { describe, expect, test } from 'vitest'
import { issueFood, SAMPLE_NOW, sampleHolderKeys, sampleTrust } from '../../samples/sample-world.ts'
import type { HeldLicence } from '../held-licence.ts'
import { holderPublicKey } from '../holder-key.ts'
import { checkReceived } from '../received-licence.ts'
import { carriedReceipts, leafOfCopy, receiptsOf, withReceipt } from './held-receipts.ts'
import { wantedReceipts } from './wanted-receipts.ts'

const NAME = 'log.example/log'
const signer = signerFromPrivateJwk({ ...testKeys.officeEnrol })
const keys = sampleHolderKeys
const holder = { cbor: holderPublicKey(keys.cbor), jws: holderPublicKey(keys.jws) }

/** Trust data whose types require receipts. */
const trust: Trust = {
  ...(await sampleTrust()),
  requiresReceipt: () => true,
}
const licence: HeldLicence = await (async () => {
  const [front, spare] = [await issueFood(holder), await issueFood(holder)]
  const copy = ({ cbor, jws }: typeof front) => ({ keys, sdCwt: cbor, sdJwt: jws })
  const requested = { receiptId: 'r', ...copy(front), spares: [copy(spare)] }
  return checkReceived({ requested, trust, now: SAMPLE_NOW })
})()
const leaf = leafOfCopy(licence)
const [spare = licence] = licence.spares ?? []
const spareLeaf = leafOfCopy(spare)

/** A log in which the two copies are the second and the third entry. */
const read: ReadNode = ({ level, index }) => {
  if (level === 0) return [leaf, spareLeaf][index - 1] ?? leafHash(utf8Encode(String(index)))
  const below = { level: level - 1, index: 2 * index }
  return nodeHash(read(below), read({ ...below, index: below.index + 1 }))
}
const rootOf = (size: number): Uint8Array => hashOfRange({ start: 0, end: size }, read)

function receiptAt(index: number, size: number): Promise<Uint8Array> {
  const proof = proveInclusion(index, size, read)
  return signReceipt({ proof, root: rootOf(size), log: NAME, signer })
}

async function logWith(...sizes: readonly number[]): Promise<OpenedLog> {
  const notes = await Promise.all(
    sizes.map((size) => signCheckpoint({ origin: NAME, size, root: rootOf(size) }, signer)),
  )
  const key = verifierKey(NAME, 'note', signer.publicKey)
  const life = { notBefore: 0, notAfter: SAMPLE_NOW + 9, witnesses: [], quorum: 0 }
  const checkpoints = notes.map((note) => utf8Decode(note))
  const [log] = openLogs(
    [{ name: NAME, key, ...life }],
    parseCheckpoints({ kind: CHECKPOINTS_KIND, format: 1, checkpoints }),
  )
  if (log === undefined) throw new TypeError('no log')
  return log
}

async function kept(sizes: { readonly front: number; readonly spare: number }) {
  const one = withReceipt(licence, { leaf, receipt: await receiptAt(1, sizes.front) })
  return withReceipt(one, { leaf: spareLeaf, receipt: await receiptAt(2, sizes.spare) })
}

describe('a copy without a receipt', () => {
  test('wants one, each its own', async () => {
    expect(await wantedReceipts([licence], { trust, log: await logWith(5) })).toEqual([
      { licenceId: licence.id, leaf },
      { licenceId: licence.id, leaf: spareLeaf },
    ])
  })

  test('of a type that does without wants none, unless its key was revoked and spares what is on record', async () => {
    const log = await logWith(5)
    const plain = { ...trust, requiresReceipt: () => false }
    expect(await wantedReceipts([licence], { trust: plain, log })).toEqual([])
    const agencies = trust.agencies.map((agency) => ({
      ...agency,
      keys: agency.keys.map((key) => ({ ...key, logged: { log: NAME, index: 5 } })),
    }))
    const sparing = { ...plain, agencyById: () => agencies[0] }
    expect(await wantedReceipts([licence], { trust: sparing, log })).toHaveLength(2)
  })

  test('whose keys are elsewhere wants none', async () => {
    const secret = { kind: 'elsewhere' } as const
    const unbound = { ...licence, keys: { ...keys, cbor: { ...keys.cbor, secret } } }
    expect(await wantedReceipts([unbound], { trust, log: await logWith(5) })).toEqual([])
  })
})

describe('a copy with a receipt', () => {
  test('under a published checkpoint wants no other', async () => {
    const held = await kept({ front: 4, spare: 6 })
    expect(await wantedReceipts([held], { trust, log: await logWith(4, 6, 9) })).toEqual([])
  })

  test('under none wants one under the first that covers it, and waits where only the newest does', async () => {
    const held = await kept({ front: 4, spare: 4 })
    expect(await wantedReceipts([held], { trust, log: await logWith(2, 8, 9) })).toEqual([
      { licenceId: held.id, leaf, size: 2 },
      { licenceId: held.id, leaf: spareLeaf, size: 8 },
    ])
    expect(await wantedReceipts([held], { trust, log: await logWith(1, 9) })).toEqual([])
  })

  test('of another entry, or that is none, wants its own', async () => {
    const other = withReceipt(licence, { leaf, receipt: await receiptAt(2, 4) })
    const none = withReceipt(licence, { leaf, receipt: Uint8Array.of(1) })
    for (const held of [other, none]) {
      const [wanted] = await wantedReceipts([held], { trust, log: await logWith(5) })
      expect(wanted).toEqual({ licenceId: held.id, leaf })
    }
  })

  test('has it in the credential, whichever copy is in front, and stays what its issuer signed', async () => {
    const receipt = await receiptAt(2, 4)
    const held = withReceipt(licence, { leaf: spareLeaf, receipt })
    const copy = held.spares?.[0] ?? held
    expect(carriedReceipts(copy.sdCwt)).toEqual([receipt])
    expect(leafOfCopy(copy)).toEqual(spareLeaf)
    expect(carriedReceipts(held.sdCwt)).toEqual([])
    expect(receiptsOf(held, spare.sdCwt)).toEqual([receipt])
    expect(withReceipt(held, { leaf: leafHash(receipt), receipt })).toBe(held)
  })
})
