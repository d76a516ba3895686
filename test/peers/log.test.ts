/**
 * sigstore's verifier (@sigstore/verify 4.1, Node's own crypto) takes our checkpoints and our proofs of inclusion, and refuses
 * them for another entry or root. It looks a key up by the first bytes of a log's id, which are a note's key id here.
 */
import { createPublicKey } from 'node:crypto'
import { createRequire } from 'node:module'
import { publicKeyToJwk, signerFromPrivateJwk, utf8Decode, utf8Encode } from '@onetrip/codec'
import { testKeys } from '@onetrip/fixtures'
import {
  hashOfRange,
  leafHash,
  nodeHash,
  proveInclusion,
  type ReadNode,
  signCheckpoint,
  verifierKey,
} from '@onetrip/log'
import { expect, test } from 'vitest'

interface Peer {
  readonly verifyCheckpoint: (
    entry: object,
    logs: readonly object[],
  ) => { readonly logSize: bigint }
  readonly verifyMerkleInclusion: (entry: object, checkpoint: object) => void
}

const require = createRequire(import.meta.url)
const peer: Peer = {
  ...require('@sigstore/verify/dist/tlog/checkpoint.js'),
  ...require('@sigstore/verify/dist/tlog/merkle.js'),
}

const ORIGIN = 'log.yunxi.example'
const ENTRIES = Array.from({ length: 37 }, (_, at) => utf8Encode(`entry ${at}`))

const read: ReadNode = ({ level, index }) => {
  if (level === 0) return leafHash(ENTRIES[index] ?? new Uint8Array(0))
  return nodeHash(
    read({ level: level - 1, index: 2 * index }),
    read({ level: level - 1, index: 2 * index + 1 }),
  )
}

test('sigstore verifies our checkpoint and each of its inclusion proofs', async () => {
  const signer = signerFromPrivateJwk({ ...testKeys.root })
  const { id } = verifierKey(ORIGIN, 'note', signer.publicKey)
  const publicKey = createPublicKey({ key: { ...publicKeyToJwk(signer.publicKey) }, format: 'jwk' })
  const logs = [{ logID: Buffer.from(id), baseURL: ORIGIN, publicKey }]
  for (let size = 1; size <= ENTRIES.length; size++) {
    const root = hashOfRange({ start: 0, end: size }, read)
    const envelope = utf8Decode(await signCheckpoint({ origin: ORIGIN, size, root }, signer))
    const entryOf = (index: number, body: Uint8Array | undefined): object => {
      const hashes = proveInclusion(index, size, read).path.map((hash) => Buffer.from(hash))
      const inclusionProof = { logIndex: String(index), hashes, checkpoint: { envelope } }
      return { inclusionProof, canonicalizedBody: Buffer.from(body ?? []) }
    }
    const checkpoint = peer.verifyCheckpoint(entryOf(0, ENTRIES[0]), logs)
    expect(checkpoint.logSize).toBe(BigInt(size))
    for (let index = 0; index < size; index++) {
      peer.verifyMerkleInclusion(entryOf(index, ENTRIES[index]), checkpoint)
      const other = entryOf(index, utf8Encode('another'))
      expect(() => peer.verifyMerkleInclusion(other, checkpoint)).toThrow()
    }
  }
})
