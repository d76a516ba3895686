import { describe, expect, test } from 'vitest'
import { LETTER, SEALED_AT, sealBytes } from '../../../seal/samples/sample-seals.ts'
import { sealedLetter, sealTrust } from '../../../seal/samples/sealed-letter.ts'
import { areSealed } from '../claims-seals.ts'
import { readLoneSeal } from './document-files.ts'
import { createDocumentSession, type DocumentState } from './document-session.ts'

const trust = await sealTrust()
const revoking = await sealTrust({ list: { value: 1 } })
const { cose, jws } = await sealBytes()
const letter = named('letter.txt', LETTER)
const sealFile = await sealedLetter()
const seal = named('letter.txt.seal', sealFile)
const renamed = named('letter.txt.seal.bin', sealFile)

function named(name: string, content: Uint8Array | string): File {
  return new File([typeof content === 'string' ? content : new Uint8Array(content)], name)
}

/** What comes of files that are given one after the other, each time some. */
async function give(
  times: readonly (readonly File[])[],
  judgedBy: typeof trust | 'none' = trust,
): Promise<DocumentState> {
  const now = SEALED_AT + 60
  const session = createDocumentSession({
    now: () => now,
    optionsAt: async () =>
      judgedBy === 'none' ? undefined : { trust: judgedBy, now, accept: ['document'] },
  })
  for (const files of times) await session.take(files)
  return session.state.value
}

describe('a file and its .seal', () => {
  test.each([
    ['together', [[letter, seal]]],
    ['in the other order', [[seal, letter]]],
    ['one after the other', [[letter], [seal]]],
    ['the seal first', [[seal], [letter]]],
    ['under a name that a messenger gave', [[letter, renamed]]],
  ])('%s are judged', async (_how, times) => {
    const state = await give(times)
    expect(state).toMatchObject({
      phase: 'done',
      shown: { document: { kind: 'file' }, verdict: { outcome: 'valid' } },
    })
  })

  test('of another file are not genuine', async () => {
    expect(await give([[named('letter.txt', 'another letter'), seal]])).toMatchObject({
      shown: { verdict: { outcome: 'invalid', reason: 'seal/digest-mismatch' } },
    })
  })

  test('one without the other waits, and a .seal says what it claims', async () => {
    expect(await give([[letter]])).toMatchObject({ phase: 'waiting', files: { file: letter } })
    expect(await give([[seal]])).toMatchObject({
      phase: 'waiting',
      files: { sealFile: seal },
      claims: [{ length: LETTER.length }],
    })
    expect(await give([[named('a.seal', 'no seal')]])).toMatchObject({ claims: [] })
    expect(await give([[named('a.pdf', '%PDF-1.7')]])).toMatchObject({ isBarePdf: true })
  })

  test('are one pair at a time', async () => {
    for (const many of [
      [letter, letter],
      [letter, letter, letter],
      [seal, letter, seal],
    ]) {
      expect(await give([many])).toMatchObject({ phase: 'waiting', trouble: 'too-many' })
    }
  })

  test('wait for trust data', async () => {
    expect(await give([[letter, seal]], 'none')).toMatchObject({ trouble: 'no-trust' })
  })
})

describe('a seal by itself', () => {
  test.each([
    ['COSE', cose],
    ['JWS', jws],
    ['JWS with the line end of an editor', `${jws}\r\n`],
  ])('as %s is judged as what it is', async (_form, content) => {
    expect(await give([[named('seal', content)]])).toMatchObject({
      shown: {
        document: { kind: 'seal' },
        verdict: { outcome: 'valid', seal: { id: '33990100000017' } },
      },
    })
  })

  test('that is suspended or revoked is so', async () => {
    expect(await give([[named('seal.cbor', cose)]], revoking)).toMatchObject({
      shown: { verdict: { outcome: 'invalid', reason: 'seal/revoked' } },
    })
  })

  test('beside its own .seal is a file like any other', async () => {
    expect(await give([[named('seal.cbor', cose), seal]])).toMatchObject({
      shown: { document: { kind: 'file' }, verdict: { reason: 'seal/digest-mismatch' } },
    })
  })
})

describe('what is dropped anywhere', () => {
  const reader = async () => ({ readLoneSeal })
  const absent = () => Promise.reject(new Error('not loaded'))

  test.each([
    ['a .seal among files', [letter, seal], true],
    ['a seal by itself', [named('seal.cbor', cose)], true],
    ['a PDF with seals', [named('a.pdf', '%PDF-1.7 application#2Fonetrip-seal+cbor')], true],
    ['a PDF without', [named('a.pdf', '%PDF-1.7')], false],
    ['a letter', [letter], false],
    ['another token', [named('a.txt', 'OT1:ABC')], false],
    ['a large file', [named('a.bin', 'x'.repeat(5000))], false],
  ])('%s: %#', async (_what, files, isSealed) => {
    const [first, ...others] = files
    if (first === undefined) throw new Error('no file')
    expect(await areSealed([first, ...others], reader)).toBe(isSealed)
  })

  test('is not asked of what could not be loaded', async () => {
    expect(await areSealed([named('seal.cbor', cose)], absent)).toBe(false)
    expect(await areSealed([seal], absent)).toBe(true)
  })
})
