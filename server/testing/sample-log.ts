/** For tests: a log in memory, whose every file, proof and checkpoint can be had at any size; two of one key are a fork. */
import { generateKeyPairSync } from 'node:crypto'
import { concatBytes, type Signer, signerFromPrivateJwk } from '@onetrip/codec'
import {
  encodeBundle,
  formatAddCheckpoint,
  hashOfRange,
  leafHash,
  nodeHash,
  parseTilePath,
  proveConsistency,
  type ReadNode,
  signCheckpoint,
  TILE_WIDTH,
  type VerifierKey,
  verifierKey,
} from '@onetrip/log'

/** The log. */
export interface SampleLog {
  readonly key: VerifierKey
  readonly signer: Signer
  readonly entries: Uint8Array[]
  readonly root: (size: number) => Uint8Array
  /** The signed note, of all entries unless said. */
  readonly checkpoint: (size?: number) => Promise<Uint8Array>
  /** What a witness is asked. */
  readonly request: (oldSize: number, size?: number) => Promise<Uint8Array>
  /** A tile or a bundle by its path. */
  readonly file: (path: string) => Uint8Array
}

/** A new Ed25519 signer. */
export function makeSigner(): Signer {
  const { privateKey } = generateKeyPairSync('ed25519')
  const { x = '', d = '' } = privateKey.export({ format: 'jwk' })
  return signerFromPrivateJwk({ kty: 'OKP', crv: 'Ed25519', x, d })
}

/** Makes a log of these entries. */
export function sampleLog(options: {
  readonly name: string
  readonly signer?: Signer
  readonly entries: readonly Uint8Array[]
}): SampleLog {
  const { name, signer = makeSigner() } = options
  const entries = [...options.entries]
  const read: ReadNode = ({ level, index }) => {
    if (level === 0) return leafHash(entries[index] ?? new Uint8Array(0))
    const below = { level: level - 1, index: 2 * index }
    return nodeHash(read(below), read({ ...below, index: below.index + 1 }))
  }
  const root = (size: number): Uint8Array => hashOfRange({ start: 0, end: size }, read)
  const checkpoint = (size = entries.length): Promise<Uint8Array> =>
    signCheckpoint({ origin: name, size, root: root(size) }, signer)
  return {
    key: verifierKey(name, 'note', signer.publicKey),
    signer,
    entries,
    root,
    checkpoint,
    request: async (oldSize, size = entries.length) => {
      const { path } = proveConsistency(oldSize, size, read)
      return formatAddCheckpoint({ oldSize, path, checkpoint: await checkpoint(size) })
    },
    file: (path) => {
      const tile = parseTilePath(path)
      if (tile === undefined) throw new TypeError(`no such file: ${path}`)
      const first = tile.index * TILE_WIDTH
      if (tile.level === 'entries') return encodeBundle(entries.slice(first, first + tile.width))
      const level = 8 * tile.level
      return concatBytes(
        ...Array.from({ length: tile.width }, (_, at) => read({ level, index: first + at })),
      )
    },
  }
}
