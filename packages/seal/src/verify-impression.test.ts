import { type ErrorCode, Fault, sha256 } from '@onetrip/codec'
import type { SealMaker } from '@onetrip/trust'
import { describe, expect, test } from 'vitest'
import {
  flipBit,
  impressionBytes,
  impressionFacts,
  KEEPER,
  LETTER_FACTS,
  MAKER,
  MAKER_ID,
  SEALED_AT,
  STRANGER,
  sealBytes,
  sealFacts,
  trustOf,
} from '../samples/sample-seals.ts'
import { SEAL_CHECKS, type SealCheckId } from './seal-checks.ts'
import { encodeSealFile, type ImpressionBytes, parseSealFile, type SealBytes } from './seal-file.ts'
import { type VerifySealOptions, verifyImpressions } from './verify-impression.ts'

const seal = await sealBytes()
const FACTS = impressionFacts(seal)
const first = await impressionBytes(FACTS)

/** What failed, by name, and what could not be asked. */
interface Answer {
  readonly failed: Partial<Record<SealCheckId, ErrorCode>>
  readonly notRun: readonly SealCheckId[]
}

async function judge(
  content: { readonly seal?: SealBytes; readonly impressions?: readonly ImpressionBytes[] } = {},
  options: Partial<VerifySealOptions> = {},
) {
  const { seal: used = seal, impressions = [first] } = content
  const file = parseSealFile(encodeSealFile({ seals: [used], impressions }))
  const trust = trustOf()
  return verifyImpressions(file, { file: LETTER_FACTS, trust, now: SEALED_AT, ...options })
}

async function answer(...given: Parameters<typeof judge>): Promise<Answer> {
  const judged = await judge(...given)
  const { findings = [], passed } = judged.at(-1) ?? {}
  expect(findings.map(({ id }) => id)).toEqual(SEAL_CHECKS.map(({ id }) => id))
  expect(passed).toBe(findings.every(({ outcome }) => outcome === 'passed'))
  return {
    failed: Object.fromEntries(
      findings.flatMap(({ id, code }) => (code === undefined ? [] : [[id, code]])),
    ),
    notRun: findings.filter(({ outcome }) => outcome === 'not-run').map(({ id }) => id),
  }
}

const SIGNED: readonly SealCheckId[] = [
  ...(['seal-key', 'impression-signature', 'seal-period', 'sealing-time', 'covers'] as const),
]

describe('a good impression', () => {
  test('passes every check, each with its clause, and names the maker', async () => {
    const [judged] = await judge()
    expect(judged?.passed).toBe(true)
    expect(judged?.maker?.name['zh-CN']).toBe('虚构市样例印章制作中心')
    expect(judged?.findings.every(({ clause }) => clause.length > 0)).toBe(true)
    expect(await answer()).toEqual({ failed: {}, notRun: [] })
  })

  test('also when maker and keeper sign both forms with one key', async () => {
    const one = { cose: MAKER.jws, jws: MAKER.jws }
    const made = await sealBytes(sealFacts(), { signers: one })
    const signers = { cose: KEEPER.jws, jws: KEEPER.jws }
    const impressions = [await impressionBytes(impressionFacts(made), { signers })]
    expect(await answer({ seal: made, impressions })).toEqual({ failed: {}, notRun: [] })
  })

  test('and one that covers it passes too', async () => {
    const covers = [sha256(first.cose)]
    const second = await impressionBytes(impressionFacts(seal, { covers, approval: 'b' }))
    const judged = await judge({ impressions: [first, second] })
    expect(judged.map(({ passed }) => passed)).toEqual([true, true])
  })

  test('shown otherwise, as in a PDF', async () => {
    const appearance = sha256(Uint8Array.of(1))
    const impressions = [await impressionBytes({ ...FACTS, appearance })]
    expect((await answer({ impressions }, { appearance })).failed).toEqual({})
    expect((await answer({ impressions })).failed).toEqual({
      appearance: 'seal/appearance-mismatch',
    })
  })
})

describe('the file', () => {
  test.each<readonly [string, Partial<typeof LETTER_FACTS>, Answer['failed']]>([
    [
      'with a byte changed',
      { sha256: sha256(Uint8Array.of(1)) },
      { digest: 'seal/digest-mismatch' },
    ],
    ['of another length', { length: 1 }, { length: 'seal/length-mismatch' }],
    ['of another type', { mediaType: 'text/html' }, { 'media-type': 'seal/media-type-mismatch' }],
  ])('%s', async (_name, changes, failed) => {
    const file = { ...LETTER_FACTS, ...changes }
    expect(await answer({}, { file })).toEqual({ failed, notRun: [] })
  })

  test('with a byte appended is of another digest and another length', async () => {
    const longer = { sha256: sha256(Uint8Array.of(2)), length: LETTER_FACTS.length + 1 }
    expect((await answer({}, { file: { ...LETTER_FACTS, ...longer } })).failed).toEqual({
      digest: 'seal/digest-mismatch',
      length: 'seal/length-mismatch',
    })
  })
})

describe('the forms', () => {
  test('of an impression differ', async () => {
    const jws = { ...FACTS, purpose: '别的' }
    const impressions = [await impressionBytes(FACTS, { jws })]
    expect((await answer({ impressions })).failed).toEqual({ forms: 'seal/forms-differ' })
  })

  test('of a seal differ', async () => {
    const made = await sealBytes(sealFacts(), { jws: sealFacts({ kind: '01' }) })
    const impressions = [await impressionBytes(impressionFacts(made))]
    const { failed } = await answer({ seal: made, impressions })
    expect(failed).toEqual({ forms: 'seal/forms-differ' })
  })
})

describe('the maker', () => {
  test('is not in the trust list', async () => {
    const trust = { sealMaker: () => undefined }
    expect(await answer({}, { trust })).toEqual({
      failed: { 'seal-maker': 'seal/maker-unknown' },
      notRun: ['maker-key', 'maker-key-life', 'maker-signature', ...SIGNED],
    })
  })

  test('has no such key', async () => {
    expect(await answer({}, { trust: trustOf({}, STRANGER) })).toEqual({
      failed: { 'maker-key': 'key/unknown' },
      notRun: ['maker-key-life', 'maker-signature', ...SIGNED],
    })
  })

  test('has that key for status lists only, an online one', async () => {
    expect(await answer({}, { trust: trustOf({ use: 'status' }) })).toEqual({
      failed: { 'maker-key': 'key/unknown' },
      notRun: ['maker-key-life', 'maker-signature', ...SIGNED],
    })
  })

  test.each<readonly [string, Readonly<Record<string, number>>, ErrorCode]>([
    ['begins after the seal', { notBefore: SEALED_AT }, 'key/outside-validity'],
    ['ended before the seal', { notAfter: SEALED_AT - 40 * 86_400 }, 'key/outside-validity'],
    ['was revoked before the seal', { revokedFrom: SEALED_AT - 31 * 86_400 }, 'key/revoked'],
  ])('has a key that %s', async (_name, life, code) => {
    const { failed } = await answer({}, { trust: trustOf(life) })
    expect(failed).toEqual({ 'maker-key-life': code })
  })

  test('has a key that was revoked after the seal', async () => {
    const { failed } = await answer({}, { trust: trustOf({ revokedFrom: SEALED_AT }) })
    expect(failed).toEqual({})
  })

  test('has a key with which only one form was signed', async () => {
    for (const [signers, code] of [
      [{ cose: MAKER.cose, jws: STRANGER.jws }, 'key/unknown'],
      [{ cose: STRANGER.cose, jws: MAKER.jws }, 'key/unknown'],
    ] as const) {
      const made = await sealBytes(sealFacts(), { signers })
      const impressions = [await impressionBytes(impressionFacts(made))]
      const { failed } = await answer({ seal: made, impressions })
      expect(failed).toEqual({ 'maker-key': code })
    }
  })

  test('did not sign, though its key is named', async () => {
    for (const form of ['cose', 'jws'] as const) {
      const signers = { ...MAKER, [form]: namedAs(STRANGER[form], MAKER[form]) }
      const made = await sealBytes(sealFacts(), { signers })
      const impressions = [await impressionBytes(impressionFacts(made))]
      expect(await answer({ seal: made, impressions })).toEqual({
        failed: { 'maker-signature': 'signature/invalid' },
        notRun: SIGNED,
      })
    }
  })

  test('has two keys by that name, and each is tried', async () => {
    const maker = trustOf().sealMaker(MAKER_ID)
    if (maker === undefined) throw new TypeError('no maker')
    const doubles = [STRANGER.cose, STRANGER.jws].map((signer, index) => {
      const named = namedAs(signer, index === 0 ? MAKER.cose : MAKER.jws)
      return { ...life(maker), key: named.publicKey }
    })
    const trust = { sealMaker: () => ({ ...maker, keys: [...doubles, ...maker.keys] }) }
    expect(await answer({}, { trust })).toEqual({ failed: {}, notRun: [] })
  })

  test('has a key of another algorithm by that name', async () => {
    const signers = { ...MAKER, cose: namedAs(STRANGER.jws, MAKER.cose) }
    const made = await sealBytes(sealFacts(), { signers })
    const impressions = [await impressionBytes(impressionFacts(made))]
    const { failed } = await answer({ seal: made, impressions })
    expect(failed).toEqual({ 'maker-key': 'algorithm/not-allowed' })
  })
})

describe('the key of the seal', () => {
  test('is not listed', async () => {
    for (const form of ['cose', 'jws'] as const) {
      const signers = { ...KEEPER, [form]: STRANGER[form] }
      const impressions = [await impressionBytes(FACTS, { signers })]
      expect(await answer({ impressions })).toEqual({
        failed: { 'seal-key': 'seal/key-not-listed' },
        notRun: SIGNED.slice(1),
      })
    }
  })

  test('is of another algorithm than the one that signed', async () => {
    const signers = { ...KEEPER, cose: namedAs(STRANGER.jws, KEEPER.cose) }
    const impressions = [await impressionBytes(FACTS, { signers })]
    const { failed } = await answer({ impressions })
    expect(failed).toEqual({ 'impression-signature': 'algorithm/not-allowed' })
  })

  test('did not sign, though it is named', async () => {
    for (const form of ['cose', 'jws'] as const) {
      const signers = { ...KEEPER, [form]: namedAs(STRANGER[form], KEEPER[form]) }
      const impressions = [await impressionBytes(FACTS, { signers })]
      expect(await answer({ impressions })).toEqual({
        failed: { 'impression-signature': 'signature/invalid' },
        notRun: SIGNED.slice(2),
      })
    }
  })
})

describe('the time', () => {
  test.each<readonly [string, Partial<ReturnType<typeof sealFacts>>, ErrorCode]>([
    ['before the seal counts', { validFrom: SEALED_AT + 1 }, 'seal/not-yet-valid'],
    [
      'before the seal was stated',
      { issuedAt: SEALED_AT + 1, validFrom: SEALED_AT - 1 },
      'seal/not-yet-valid',
    ],
    ['after the seal ended', { validTo: SEALED_AT - 1 }, 'seal/expired'],
  ])('lies %s', async (_name, changes, code) => {
    const made = await sealBytes(sealFacts(changes))
    const impressions = [await impressionBytes(impressionFacts(made))]
    expect((await answer({ seal: made, impressions })).failed).toEqual({ 'seal-period': code })
  })

  test('is the first or the last second', async () => {
    for (const changes of [{ validFrom: SEALED_AT }, { validTo: SEALED_AT }]) {
      const made = await sealBytes(sealFacts(changes))
      const impressions = [await impressionBytes(impressionFacts(made))]
      expect((await answer({ seal: made, impressions })).failed).toEqual({})
    }
  })

  test('is ten minutes ahead, not more', async () => {
    expect((await answer({}, { now: SEALED_AT - 600 })).failed).toEqual({})
    expect((await answer({}, { now: SEALED_AT - 601 })).failed).toEqual({
      'sealing-time': 'seal/from-future',
    })
  })
})

test('what covers a bad impression says so', async () => {
  const bad = await impressionBytes(FACTS, { signers: STRANGER })
  const covers = [sha256(bad.cose)]
  const second = await impressionBytes(impressionFacts(seal, { covers }))
  const { failed } = await answer({ impressions: [bad, second] })
  expect(failed).toEqual({ covers: 'seal/covered-invalid' })
})

test('what covers a bad impression outside says so too', async () => {
  const outside = await impressionBytes(FACTS, { signers: STRANGER })
  const covers = [sha256(outside.cose)]
  const second = await impressionBytes(impressionFacts(seal, { covers }))
  const bytes = encodeSealFile({ seals: [seal], impressions: [second] }, covers)
  const options = { file: LETTER_FACTS, trust: trustOf(), now: SEALED_AT }
  const file = parseSealFile(bytes, covers)
  const [good] = await verifyImpressions(file, options)
  expect(good?.passed).toBe(true)
  const [bad] = await verifyImpressions(file, { ...options, bad: covers })
  const codes = bad?.findings.flatMap(({ code }) => code ?? [])
  expect(codes).toEqual(['seal/covered-invalid'])
})

test('no bit of a .seal file can be turned and all of it still pass', async () => {
  const bytes = encodeSealFile({ seals: [seal], impressions: [first] })
  const options = { file: LETTER_FACTS, trust: trustOf(), now: SEALED_AT }
  for (let bit = 0; bit < bytes.length * 8; bit += 11) {
    const file = parseOrNothing(flipBit(bytes, bit))
    if (file === undefined) continue
    const judged = await verifyImpressions(file, options)
    expect(judged.map(({ passed }) => passed)).toEqual([false])
  }
})

function parseOrNothing(bytes: Uint8Array) {
  try {
    return parseSealFile(bytes)
  } catch (error) {
    expect(error).toBeInstanceOf(Fault)
    return undefined
  }
}

function life(maker: SealMaker): Omit<SealMaker['keys'][number], 'key'> {
  const [first] = maker.keys
  if (first === undefined) throw new TypeError('no key')
  const { key: _, ...rest } = first
  return rest
}

/** A signer that names another's key as its own. */
function namedAs(signer: typeof KEEPER.cose, other: typeof KEEPER.cose): typeof KEEPER.cose {
  return { ...signer, publicKey: { ...signer.publicKey, kid: other.publicKey.kid } }
}
