import { generateKeyPairSync } from 'node:crypto'
import {
  type Signer,
  signerFromPrivateJwk,
  toBase64url,
  toHex,
  utf8Decode,
  utf8Encode,
} from '@onetrip/codec'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Checkpoint,
  checkpointText,
  openCheckpoint,
  readUnverifiedCheckpoint,
  signCheckpoint,
} from './checkpoint.ts'
import { leafHash, nodeHash } from './hashing.ts'
import { digestOfJwt, encodeEntry } from './log-entry.ts'
import { addSignatures, cosign, openNote, signNote } from './note.ts'
import { formatProofFile, openProofFile } from './proof-file.ts'
import { openReceipt, signReceipt } from './receipt.ts'
import { hashOfRange, proveInclusion, type ReadNode } from './tree.ts'
import { formatVerifierKey, parseVerifierKey, verifierKey } from './verifier-key.ts'

const ORIGIN = 'log.yunxi.example'
const NOW = 1_790_000_000

const logSigner = makeSigner()
const witnessSigners = [makeSigner(), makeSigner(), makeSigner()]
const log = verifierKey(ORIGIN, 'note', logSigner.publicKey)
const witnesses = witnessSigners.map((signer, at) =>
  verifierKey(`witness-${at}.example`, 'cosignature', signer.publicKey),
)

function makeSigner(): Signer {
  const { privateKey } = generateKeyPairSync('ed25519')
  const { x = '', d = '' } = privateKey.export({ format: 'jwk' })
  return signerFromPrivateJwk({ kty: 'OKP', crv: 'Ed25519', x, d })
}

const ENTRIES = Array.from({ length: 21 }, (_, at) =>
  encodeEntry({
    kind: 'issuance',
    issuer: '11339901XYN000014M',
    type: 'urn:onetrip:type:food',
    issuedAt: NOW + at,
    digest: digestOfJwt(`jwt ${at}`),
  }),
)
const LEAVES = ENTRIES.map(leafHash)
const read: ReadNode = ({ level, index }) => {
  if (level === 0) return LEAVES[index] ?? new Uint8Array(0)
  const [left, right] = [0, 1].map((at) => read({ level: level - 1, index: 2 * index + at }))
  return nodeHash(left ?? new Uint8Array(0), right ?? new Uint8Array(0))
}

const checkpoint: Checkpoint = {
  origin: ORIGIN,
  size: LEAVES.length,
  root: hashOfRange({ start: 0, end: LEAVES.length }, read),
}
const signed = await signCheckpoint(checkpoint, logSigner)

async function cosignedBy(...places: readonly number[]): Promise<Uint8Array> {
  const lines = places.map((at) => {
    const signer = witnessSigners[at]
    if (signer === undefined) throw new Error('no such witness')
    return cosign(checkpointText(checkpoint), { name: `witness-${at}.example`, signer }, NOW + at)
  })
  return addSignatures(signed, await Promise.all(lines))
}

const codeOf = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => undefined,
    (error: { readonly code?: string }) => error.code ?? error,
  )

describe('a checkpoint', () => {
  test('its log signs, two of three witnesses cosign', async () => {
    const note = await cosignedBy(0, 2)
    const opened = await openCheckpoint(note, { log, witnesses, threshold: 2 })
    expect(opened).toEqual({
      ...checkpoint,
      cosigned: [
        { key: witnesses[0], time: NOW },
        { key: witnesses[2], time: NOW + 2 },
      ],
    })
    expect(await codeOf(openCheckpoint(note, { log, witnesses, threshold: 3 }))).toBe(
      'checkpoint/witnesses',
    )
    expect(readUnverifiedCheckpoint(note)).toEqual(checkpoint)
  })

  test('one witness twice is one witness', async () => {
    const note = addSignatures(await cosignedBy(0), [
      `${utf8Decode(await cosignedBy(0))
        .split('\n')
        .at(-2)}\n`,
    ])
    expect(await codeOf(openCheckpoint(note, { log, witnesses, threshold: 2 }))).toBe(
      'checkpoint/witnesses',
    )
  })

  test('a known witness whose signature fails refuses it, though enough others hold', async () => {
    const note = utf8Decode(await cosignedBy(0, 1))
    const forged = utf8Encode(
      note.replace(checkpointText(checkpoint), checkpointText({ ...checkpoint, size: 20 })),
    )
    expect(await codeOf(openCheckpoint(forged, { log, witnesses, threshold: 0 }))).toBe(
      'note/signature',
    )
    const [line = ''] = note.split('\n').filter((one) => one.includes('witness-0'))
    const other = line.replace(/ [^ ]+$/, ` ${note.split('\n').at(-2)?.split(' ').at(-1)}`)
    // The id of another's key: a key that is not known.
    expect(
      await codeOf(
        openCheckpoint(utf8Encode(note.replace(line, other)), { log, witnesses, threshold: 1 }),
      ),
    ).toBeUndefined()
    const bytes = Buffer.from(line.split(' ').at(-1) ?? '', 'base64')
    bytes[20] = (bytes[20] ?? 0) ^ 1
    const broken = note.replace(line, line.replace(/ [^ ]+$/, ` ${bytes.toString('base64')}`))
    expect(await codeOf(openCheckpoint(utf8Encode(broken), { log, witnesses, threshold: 1 }))).toBe(
      'note/signature',
    )
  })

  test('signed by witnesses alone, by another log, under another name', async () => {
    const [first] = witnessSigners
    if (first === undefined) throw new Error('no witness')
    const text = checkpointText(checkpoint)
    const line = await cosign(text, { name: 'witness-0.example', signer: first }, NOW)
    expect(
      await codeOf(
        openCheckpoint(utf8Encode(`${text}\n${line}`), { log, witnesses, threshold: 1 }),
      ),
    ).toBe('note/unsigned')
    const stranger = await signCheckpoint({ ...checkpoint, origin: 'log.other.example' }, first)
    expect(await codeOf(openCheckpoint(stranger, { log, witnesses: [], threshold: 0 }))).toBe(
      'note/unsigned',
    )
    const renamed = await signNote(checkpointText({ ...checkpoint, origin: 'log.other.example' }), {
      name: ORIGIN,
      signer: logSigner,
    })
    expect(await codeOf(openCheckpoint(renamed, { log, witnesses: [], threshold: 0 }))).toBe(
      'checkpoint/origin',
    )
  })

  test.each([
    ['no root', `${ORIGIN}\n21\n`],
    ['a short root', `${ORIGIN}\n21\nAAAA\n`],
    ['a size with a leading zero', checkpointText(checkpoint).replace('\n21', '\n021')],
    ['a negative size', checkpointText(checkpoint).replace('\n21', '\n-1')],
    ['a size beyond 2^53', checkpointText(checkpoint).replace('\n21', '\n9007199254740993')],
  ])('%s', async (_, text) => {
    const note = await signNote(text, { name: ORIGIN, signer: logSigner })
    expect(await codeOf(openCheckpoint(note, { log, witnesses: [], threshold: 0 }))).toBe(
      'checkpoint/format',
    )
  })

  test('lines of extensions are passed over', async () => {
    const note = await signNote(`${checkpointText(checkpoint)}more\n`, {
      name: ORIGIN,
      signer: logSigner,
    })
    expect(await openCheckpoint(note, { log, witnesses: [], threshold: 0 })).toMatchObject(
      checkpoint,
    )
  })
})

describe('a note', () => {
  test('any byte changed is refused, or the same note', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(signed.length - 1), fc.nat(7), async (at, bit) => {
        const changed = signed.with(at, (signed[at] ?? 0) ^ (1 << bit))
        expect(await codeOf(openNote(changed, [log]))).toMatch(/^note\//)
      }),
    )
  })

  test.each([
    ['', 'note/format'],
    ['text\n', 'note/format'],
    ['text\n\n', 'note/format'],
    ['text\n\n— a AAAAAAA=', 'note/format'],
    ['text\n\n— a AAAAAA==\n', 'note/format'],
    ['text\n\n- a AAAAAAA=\n', 'note/format'],
    ['te\u0001xt\n\n— a AAAAAAA=\n', 'note/format'],
    ['text\n\n— a+b AAAAAAA=\n', 'note/format'],
    ['text\n\n— a AAAAAAA=\n', 'note/unsigned'],
    [`text\n\n${'— a AAAAAAA=\n'.repeat(65)}`, 'note/format'],
    [`${'x'.repeat(70_000)}\n\n— a AAAAAAA=\n`, 'note/format'],
  ])('%#', async (text, code) => {
    expect(await codeOf(openNote(utf8Encode(text), [log]))).toBe(code)
  })

  test('text that is no UTF-8', async () => {
    expect(await codeOf(openNote(Uint8Array.of(0xff, 10, 10), [log]))).toBe('note/format')
  })

  test('may have empty lines within', async () => {
    const note = await signNote('one\n\ntwo\n', { name: ORIGIN, signer: logSigner })
    expect((await openNote(note, [log])).text).toBe('one\n\ntwo\n')
  })
})

describe('a verifier key', () => {
  test('comes back from its text', () => {
    for (const key of [log, ...witnesses]) {
      expect(parseVerifierKey(formatVerifierKey(key))).toEqual(key)
    }
  })

  test('another id, name, type or alphabet', () => {
    const text = formatVerifierKey(log)
    const type2 = Buffer.of(2, ...logSigner.publicKey.raw).toString('base64')
    for (const changed of [
      text.replace('log', 'lag'),
      text.replace(/\+[0-9a-f]{8}\+/, '+00000000+'),
      text.replace(/\+[^+]+$/, `+${type2}`),
      text.slice(0, -1),
      `${text}=`,
      text.replace(/\+[^+]+$/, `+${toBase64url(Uint8Array.of(1, ...logSigner.publicKey.raw))}`),
      '++',
      'x'.repeat(2_000),
    ]) {
      if (changed !== text) expect(() => parseVerifierKey(changed)).toThrow('note/key')
    }
  })
})

describe('a proof', () => {
  const index = 13
  const leaf = LEAVES[index] ?? new Uint8Array(0)
  const proof = proveInclusion(index, LEAVES.length, read)

  test('as a file', async () => {
    const file = formatProofFile({ index, path: proof.path, checkpoint: await cosignedBy(1) })
    const policy = { log, witnesses, threshold: 1 }
    const opened = await openProofFile(file, leaf, policy)
    expect(opened.proof).toEqual(proof)
    const extra = utf8Encode(utf8Decode(file).replace('\nindex', '\nextra AAAA\nindex'))
    expect((await openProofFile(extra, leaf, policy)).proof).toEqual(proof)
    const [other = leaf] = LEAVES
    expect(await codeOf(openProofFile(file, other, policy))).toBe('log/other-root')
    for (const [from, to, code] of [
      ['@v1', '@v2', 'log/proof-file'],
      ['index 13', 'index 013', 'log/proof-file'],
      ['index 13', 'index 21', 'log/proof'],
      ['index 13', 'extra', 'log/proof-file'],
      ['index 13\n', 'index 13\nAAAA\n', 'log/proof'],
      ['index 13\n', 'index 13\n?\n', 'log/proof-file'],
    ] as const) {
      const changed = utf8Encode(utf8Decode(file).replace(from, to))
      expect(await codeOf(openProofFile(changed, leaf, policy)), `${from} → ${to}`).toBe(code)
    }
    expect(await codeOf(openProofFile(new Uint8Array(90_000), leaf, policy))).toBe('log/proof-file')
    expect(await codeOf(openProofFile(Uint8Array.of(0xff), leaf, policy))).toBe('log/proof-file')
  })

  test('as a COSE receipt', async () => {
    const { root } = checkpoint
    const receipt = await signReceipt({ proof, root, log: ORIGIN, signer: logSigner })
    expect(await openReceipt(receipt, leaf, log)).toEqual(root)
    const [other = leaf] = LEAVES
    expect(await codeOf(openReceipt(receipt, other, log))).toBe('signature/invalid')
    const elsewhere = verifierKey('log.other.example', 'note', logSigner.publicKey)
    expect(await codeOf(openReceipt(receipt, leaf, elsewhere))).toBe('log/other-log')
    const [first] = witnessSigners
    if (first === undefined) throw new Error('no witness')
    const stranger = verifierKey(ORIGIN, 'note', first.publicKey)
    expect(await codeOf(openReceipt(receipt, leaf, stranger))).toBe('signature/invalid')
  })

  test('of a log of one entry', async () => {
    const alone = proveInclusion(0, 1, read)
    const [only = leaf] = LEAVES
    const receipt = await signReceipt({ proof: alone, root: only, log: ORIGIN, signer: logSigner })
    expect(await openReceipt(receipt, only, log)).toEqual(only)
  })

  test('any byte changed is refused, or leads to the same root', async () => {
    const receipt = await signReceipt({
      proof,
      root: checkpoint.root,
      log: ORIGIN,
      signer: logSigner,
    })
    await fc.assert(
      fc.asyncProperty(fc.nat(receipt.length - 1), fc.nat(7), async (at, bit) => {
        const changed = receipt.with(at, (receipt[at] ?? 0) ^ (1 << bit))
        // Size and index are not signed, so another of them may do as well.
        const opened = await openReceipt(changed, leaf, log).then(toHex, ({ code }) => code)
        if (opened !== toHex(checkpoint.root)) {
          expect(opened).toMatch(
            /^(log\/(receipt|proof|other-log)|signature\/(invalid|format)|algorithm\/not-allowed)$/,
          )
        }
      }),
      { numRuns: 300 },
    )
    expect(await codeOf(openReceipt(new Uint8Array(5_000), leaf, log))).toBe('log/receipt')
  })
})
