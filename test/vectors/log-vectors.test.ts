/**
 * Merkle proofs of transparency-dev, notes and keys of C2SP and transparency-dev, receipts of the COSE group. Keys of types that
 * are not ours (ECDSA, RFC 6962, ML-DSA) are refused by their text and passed over in a note.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Fault, utf8Encode } from '@onetrip/codec'
import { outsideVectors } from '@onetrip/fixtures'
import {
  assertConsistency,
  assertInclusion,
  HASH_BYTES,
  leafHash,
  openNote,
  openReceipt,
  parseVerifierKey,
  readUnverifiedCheckpoint,
  verifierKey,
} from '@onetrip/log'
import { describe, expect, test } from 'vitest'

interface InclusionCase {
  readonly leafIdx: number
  readonly treeSize: number
  readonly root: string
  readonly leafHash: string
  readonly proof: readonly string[] | null
  readonly wantErr: boolean
}

interface ConsistencyCase {
  readonly size1: number
  readonly size2: number
  readonly root1: string
  readonly root2: string
  readonly proof: readonly string[] | null
  readonly wantErr: boolean
}

interface KeyCase {
  readonly name: string
  readonly key: string
  readonly note?: string
  readonly wantErr: boolean
}

/** The key of the specification's own example. */
const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'

const folder = outsideVectors ?? ''

function casesOf<Case>(kind: string): readonly (readonly [string, Case])[] {
  const root = join(folder, 'tlog-merkle/testdata', kind)
  const files = globSync('**/*.json', { cwd: root }).sort()
  return files.map((file) => [file, JSON.parse(readFileSync(join(root, file), 'utf8'))])
}

/** Hashes that JSON has as null are of no bytes. */
function bytesOf(text: string | null): Uint8Array {
  return Buffer.from(text ?? '', 'base64')
}

describe.skipIf(outsideVectors === undefined)('tlog-merkle', () => {
  test('98 cases of inclusion', () => {
    const cases = casesOf<InclusionCase>('inclusion')
    expect(cases).toHaveLength(98)
    for (const [name, { leafIdx: index, treeSize: size, proof, ...one }] of cases) {
      const path = (proof ?? []).map(bytesOf)
      const check = (): void =>
        assertInclusion(bytesOf(one.leafHash), { index, size, path }, bytesOf(one.root))
      expect(codeOf(check) !== undefined, name).toBe(one.wantErr)
    }
  })

  test('98 cases of consistency', () => {
    const cases = casesOf<ConsistencyCase>('consistency')
    expect(cases).toHaveLength(98)
    for (const [name, { size1, size2, proof, ...one }] of cases) {
      const path = (proof ?? []).map(bytesOf)
      const check = (): void =>
        assertConsistency({ size1, size2, path }, bytesOf(one.root1), bytesOf(one.root2))
      // One good case has a root of 12 bytes.
      const wantErr = one.wantErr || bytesOf(one.root1).length !== HASH_BYTES
      expect(codeOf(check) !== undefined, name).toBe(wantErr)
    }
  })
})

describe.skipIf(outsideVectors === undefined)('tlog-notes', () => {
  const formats = outsideVectors === undefined ? undefined : readJson('transparency-dev-formats')
  const groups: Readonly<Record<string, readonly KeyCase[]>> = formats?.groups ?? {}
  const examples: readonly { readonly what: string; readonly text: string }[] =
    outsideVectors === undefined ? [] : readJson('c2sp-spec-examples').examples

  test('keys of ours are read, all others and all broken ones refused', () => {
    const { ed25519_signer_keys: _signers, ...verifiers } = groups
    const cases = Object.values(verifiers)
      .flat()
      .filter(({ key, note }) => key !== undefined && note === undefined)
    expect(cases.length).toBeGreaterThan(15)
    for (const { name, key, wantErr } of cases) {
      const isOurs = /^[^+]+\+[0-9a-f]{8}\+(A[Q-Za-f]|B[A-P])/.test(key)
      const code = codeOf(() => parseVerifierKey(key))
      expect(code === undefined, name).toBe(isOurs && !wantErr)
    }
  })

  test('the example of the specification verifies', async () => {
    const text = (what: string): string => examples.find((one) => one.what === what)?.text ?? ''
    const key = parseVerifierKey(text('verifier key (vkey)'))
    const note = utf8Encode(text('signed note of the verifier key example'))
    expect((await openNote(note, [key])).text).toBe('This is an example message.\n')
    const changed = utf8Encode(
      text('signed note of the verifier key example').replace('This', 'That'),
    )
    await expect(openNote(changed, [key])).rejects.toThrow('note/signature')
  })

  test('checkpoints of the specification are read, signatures of other kinds passed over', async () => {
    const checkpoints = examples.filter(({ what }) => /^checkpoint (signed|with)/.test(what))
    expect(checkpoints).toHaveLength(2)
    for (const { text } of checkpoints) {
      const { origin, size } = readUnverifiedCheckpoint(utf8Encode(text))
      expect([origin, size]).toEqual(['example.com/behind-the-sofa', 20_852_163])
    }
    const foreign = (groups['ecdsa_notes'] ?? []).filter(({ wantErr }) => !wantErr)
    expect(foreign.length).toBeGreaterThan(0)
    const known = parseVerifierKey(examples.find(({ what }) => /vkey/.test(what))?.text ?? '')
    for (const { note = '' } of foreign) {
      await expect(openNote(utf8Encode(note), [known])).rejects.toThrow('note/unsigned')
    }
  })

  function readJson(name: string) {
    return JSON.parse(readFileSync(join(folder, 'tlog-notes', `${name}.json`), 'utf8'))
  }
})

describe.skipIf(outsideVectors === undefined)('cose-receipts', () => {
  test('the inclusion is read up to its signature, whose key was not published; the other is none', async () => {
    const { publicKey } = parseVerifierKey(VKEY)
    const log = verifierKey('https://transparency-service.example.com', 'note', publicKey)
    const receipt = (name: string): Uint8Array =>
      readFileSync(join(folder, 'cose-receipts/examples', `${name}-receipt.cbor`))
    const leaf = leafHash(utf8Encode('not known'))
    // ES256, and the key at hand is Ed25519.
    await expect(openReceipt(receipt('inclusion'), leaf, log)).rejects.toThrow(
      'algorithm/not-allowed',
    )
    await expect(openReceipt(receipt('consistency'), leaf, log)).rejects.toThrow('log/receipt')
  })
})

function codeOf(act: () => unknown): string | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    return error instanceof Fault ? error.code : 'no fault'
  }
}
