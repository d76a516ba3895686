import { type ErrorCode, jwkThumbprint, sha256, toHex, utf8Encode } from '@onetrip/codec'
import { encodeSealFile, parseSealFile } from '@onetrip/seal'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  IMAGE,
  impressionBytes,
  impressionFacts,
  KEEPER,
  LETTER,
  LETTER_FACTS,
  MAKER,
  MAKER_ID,
  SEALED_AT,
  STRANGER,
  sealBytes,
  sealFacts,
} from '../../seal/samples/sample-seals.ts'
import {
  MAKER_NAME,
  type SealedLetterChanges,
  type SealTrustChanges,
  sealedLetter,
  sealTrust,
} from '../../seal/samples/sealed-letter.ts'
import { failedOf, judgeLetter as judge, trust } from '../samples/judge-letter.ts'
import type { DocumentOptions } from './options.ts'
import { severityOf } from './severity.ts'
import type { Outcome } from './verdict.ts'
import { verifyDocument } from './verify-document.ts'

const HOUR = 3600
const DAY = 86_400
/** A number that verifies and is not assigned. */
const OTHER_MAKER = '11339901XYN000014M'
const sealFile = await sealedLetter()

describe('a sealed letter', () => {
  test('is valid, and tells the seal as its maker stated it', async () => {
    const verdict = await judge()
    expect(verdict).toMatchObject({ outcome: 'valid', evidence: { mode: 'document' } })
    expect(verdict).not.toHaveProperty('reason')
    const [impression] = verdict.impressions
    expect(impression).toMatchObject({
      outcome: 'valid',
      seal: {
        maker: { id: MAKER_ID, name: MAKER_NAME },
        id: '33990100000017',
        name: '虚构市云栖区市场监督管理局电子证照专用章',
        kind: '99',
        owner: sealFacts().owner,
        hasEnded: false,
        image: { mediaType: 'image/svg+xml', widthMm: 42, heightMm: 42, bytes: IMAGE },
      },
      stated: {
        issuedAt: SEALED_AT,
        proofOfTime: { kind: 'none' },
        purpose: '出具样例事项的函',
        approval: '5f0c2b1e9a7d4c3380e6b1f2a4d5c6e7',
        mediaType: 'text/plain',
        coveredBytes: { start: 0, end: LETTER.length },
        covers: [],
      },
      status: { uri: sealFacts().status.uri, value: 'valid', asOf: SEALED_AT, ageSeconds: HOUR },
    })
    expect(impression?.digest).toBe(toHex(parseSealFile(sealFile).impressions[0]?.digest ?? IMAGE))
  })

  test('passes every check, each with its clause', async () => {
    const { checks, impressions } = await judge()
    const all = [...checks, ...impressions.flatMap((impression) => impression.checks)]
    expect(all).toHaveLength(6 + 14 + 4)
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    for (const { outcome, clause } of all) expect([outcome, clause]).toEqual(['passed', clause])
  })

  test('rests on the trust data, the clock and the office as every verdict does', async () => {
    const { evidence } = await judge({ options: { office: '12339901XYN0000570' } })
    expect(evidence).toMatchObject({
      trustVersion: 3,
      trustAgeSeconds: HOUR,
      parts: [{ name: 'timestamp', version: 5, signedAt: SEALED_AT }],
      clock: { deviceTime: SEALED_AT + HOUR, signedTime: SEALED_AT, differs: false },
      office: '12339901XYN0000570',
      speaksFor: { kind: 'none' },
    })
  })

  test('stays valid when the seal has ended since, and says that it has', async () => {
    const ended = await sealedLetter({ seal: { validTo: SEALED_AT + 1 } })
    const verdict = await judge({ sealFile: ended })
    expect(verdict).toMatchObject({
      outcome: 'valid',
      impressions: [{ seal: { validTo: SEALED_AT + 1, hasEnded: true } }],
    })
  })

  test('stays valid when the key of the maker was revoked after it stated the seal', async () => {
    const later = await sealTrust({ keys: { revokedFrom: SEALED_AT } })
    expect((await judge({ options: { trust: later } })).outcome).toBe('valid')
  })
})

describe('the file is not the one that was sealed', () => {
  const other = utf8Encode('别的文件\n')
  test.each<readonly [string, Uint8Array, readonly ErrorCode[]]>([
    ['a byte changed', LETTER.with(0, 0x20), ['seal/digest-mismatch']],
    [
      'a byte appended',
      Uint8Array.of(...LETTER, 0x0a),
      ['seal/digest-mismatch', 'seal/length-mismatch'],
    ],
    ['another file', other, ['seal/digest-mismatch', 'seal/length-mismatch']],
  ])('%s', async (_name, bytes, failed) => {
    const file = { ...LETTER_FACTS, sha256: sha256(bytes), length: bytes.length }
    const verdict = await judge({ file })
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: failed[0] })
    expect(failedOf(verdict)).toEqual(failed)
    // The seal and the impression are genuine all the same, and so are told of.
    expect(verdict.impressions[0]?.stated?.purpose).toBe('出具样例事项的函')
  })

  test('a file of another type', async () => {
    const verdict = await judge({ file: { ...LETTER_FACTS, mediaType: 'application/pdf' } })
    expect(failedOf(verdict)).toEqual(['seal/media-type-mismatch'])
    expect(verdict.outcome).toBe('invalid')
  })
})

describe('a .seal that cannot be read', () => {
  const { seals, impressions } = filed(sealFile)
  const swapped = seals.map((seal) => ({ ...seal, image: utf8Encode('<svg>别样</svg>') }))
  test.each<readonly [string, () => Uint8Array, Outcome, ErrorCode]>([
    ['nothing', () => new Uint8Array(), 'unverifiable', 'format/unsupported'],
    ['a PDF', () => utf8Encode('%PDF-1.7'), 'unverifiable', 'format/unsupported'],
    ['too long', () => new Uint8Array(2 ** 22 + 1), 'unverifiable', 'seal/too-large'],
    ['cut', () => sealFile.subarray(0, -1), 'invalid', 'cbor/truncated'],
    ['longer', () => Uint8Array.of(...sealFile, 0), 'invalid', 'cbor/trailing-bytes'],
    ['of no map', () => Uint8Array.of(0x80), 'invalid', 'seal/format'],
    [
      'with the image swapped',
      () => replaced(sealFile, seals[0]?.image ?? IMAGE, swapped[0]?.image ?? IMAGE),
      'invalid',
      'seal/image-mismatch',
    ],
    [
      'with a credential for an impression',
      () => replaced(sealFile, impressions[0]?.cose ?? IMAGE, seals[0]?.cose ?? IMAGE),
      'invalid',
      'seal/wrong-type',
    ],
  ])('%s', async (_name, make, outcome, reason) => {
    const verdict = await judge({ sealFile: make() })
    expect(verdict).toMatchObject({ outcome, reason, impressions: [] })
    expect(verdict.checks.filter((check) => check.outcome === 'not-run').length).toBeGreaterThan(3)
  })
})

describe('the maker', () => {
  test.each<readonly [string, SealTrustChanges, Outcome, ErrorCode]>([
    ['is not in the trust list', { makerId: OTHER_MAKER }, 'unverifiable', 'seal/maker-unknown'],
    ['has no such key', { makers: STRANGER }, 'unverifiable', 'key/unknown'],
    [
      'had its key revoked before',
      { keys: { revokedFrom: SEALED_AT - 31 * DAY } },
      'invalid',
      'key/revoked',
    ],
    ['has a denied key', { denied: deniedFrom(SEALED_AT - 31 * DAY) }, 'invalid', 'key/revoked'],
    [
      'has a key that began later',
      { keys: { notBefore: SEALED_AT } },
      'invalid',
      'key/outside-validity',
    ],
  ])('%s', async (_name, changes, outcome, reason) => {
    const verdict = await judge({ options: { trust: await sealTrust(changes) } })
    expect(verdict).toMatchObject({ outcome, reason })
    expect(failedOf(verdict)).toEqual([reason])
    const [impression] = verdict.impressions
    expect(impression).toMatchObject({ outcome, reason })
    for (const told of ['seal', 'stated', 'status']) expect(impression).not.toHaveProperty(told)
  })

  test('did not sign', async () => {
    const makers = { cose: as(STRANGER.cose, MAKER.cose), jws: MAKER.jws }
    const verdict = await judge({ sealFile: await sealedLetter({ makers }) })
    expect(failedOf(verdict)).toEqual(['signature/invalid'])
    expect(verdict.impressions[0]).not.toHaveProperty('seal')
  })
})

describe('the impression', () => {
  test.each<readonly [string, SealedLetterChanges, Outcome, ErrorCode]>([
    [
      'by a key that the seal does not list',
      { keepers: STRANGER },
      'invalid',
      'seal/key-not-listed',
    ],
    [
      'by another key under that name',
      { keepers: { ...KEEPER, jws: as(STRANGER.jws, KEEPER.jws) } },
      'invalid',
      'signature/invalid',
    ],
  ])('%s is not told of, the seal is', async (_name, changes, outcome, reason) => {
    const verdict = await judge({ sealFile: await sealedLetter(changes) })
    expect(verdict).toMatchObject({ outcome, reason, impressions: [{ seal: { kind: '99' } }] })
    expect(verdict.impressions[0]).not.toHaveProperty('stated')
  })

  test.each<readonly [string, SealedLetterChanges, Outcome, ErrorCode]>([
    ['after the seal ended', { seal: { validTo: SEALED_AT - 1 } }, 'invalid', 'seal/expired'],
    [
      'before the seal began',
      { seal: { validFrom: SEALED_AT + 1 } },
      'invalid',
      'seal/not-yet-valid',
    ],
    [
      'ahead of the clock',
      { impression: { issuedAt: SEALED_AT + 2 * HOUR } },
      'unverifiable',
      'seal/from-future',
    ],
    [
      'with another picture',
      { impression: { appearance: sha256(LETTER) } },
      'invalid',
      'seal/appearance-mismatch',
    ],
  ])('%s', async (_name, changes, outcome, reason) => {
    const verdict = await judge({ sealFile: await sealedLetter(changes) })
    expect(verdict).toMatchObject({ outcome, reason })
    expect(failedOf(verdict)).toEqual([reason])
    expect(verdict.impressions[0]?.stated).toBeDefined()
  })

  test('whose two forms differ tells nothing', async () => {
    const seal = await sealBytes()
    const facts = impressionFacts(seal)
    const jws = { ...facts, purpose: '别的' }
    const impressions = [await impressionBytes(facts, { jws })]
    const verdict = await judge({ sealFile: encodeSealFile({ seals: [seal], impressions }) })
    expect(verdict.reason).toBe('seal/forms-differ')
    for (const told of ['seal', 'stated']) expect(verdict.impressions[0]).not.toHaveProperty(told)
  })
})

describe('the status of the seal', () => {
  test.each<readonly [string, SealTrustChanges['list'], Outcome, ErrorCode]>([
    ['suspended', { value: 2 }, 'invalid', 'seal/suspended'],
    ['revoked', { value: 1 }, 'invalid', 'seal/revoked'],
    ['of an unknown value', { value: 3 }, 'unverifiable', 'status/unknown-value'],
    ['not in the list', { size: 16 }, 'unverifiable', 'status/index'],
    ['nowhere', { uri: 'https://seals.onetrip.example/s/2' }, 'unverifiable', 'status/unavailable'],
    ['told by another', { ownerId: OTHER_MAKER }, 'unverifiable', 'status/issuer-mismatch'],
    ['old', { issuedAt: SEALED_AT - 3 * DAY }, 'caution', 'status/stale'],
    ['too old', { issuedAt: SEALED_AT - 31 * DAY }, 'unverifiable', 'status/expired'],
    ['over', { expiresAt: SEALED_AT + HOUR }, 'unverifiable', 'status/expired'],
    ['old, and revoked', { value: 1, issuedAt: SEALED_AT - 3 * DAY }, 'invalid', 'seal/revoked'],
  ])('%s', async (_name, list = {}, outcome, reason) => {
    const verdict = await judge({ options: { trust: await sealTrust({ list }) } })
    expect(verdict).toMatchObject({ outcome, reason, impressions: [{ outcome, reason }] })
    expect(verdict.impressions[0]?.stated?.issuedAt).toBe(SEALED_AT)
  })

  test('may have to be fresher, by the caller’s policy, and never older', async () => {
    const strict = { options: { policy: { staleAfterSeconds: HOUR - 1 } } }
    expect((await judge(strict)).reason).toBe('status/stale')
    const list = { issuedAt: SEALED_AT - 31 * DAY }
    const lax = { trust: await sealTrust({ list }), policy: { unusableAfterSeconds: 400 * DAY } }
    expect((await judge({ options: lax })).reason).toBe('status/expired')
  })
})

describe('the whole', () => {
  test.each<readonly [string, Partial<DocumentOptions>, Outcome, ErrorCode]>([
    ['a clock set back', { now: SEALED_AT - 61 }, 'unverifiable', 'clock/rolled-back'],
    ['trust data of two days', { now: SEALED_AT + 2 * DAY + 1 }, 'caution', 'trust/stale'],
    ['trust data of a month', { now: SEALED_AT + 30 * DAY + 1 }, 'unverifiable', 'trust/expired'],
    [
      'test keys in production',
      { environment: 'production' },
      'unverifiable',
      'trust/wrong-environment',
    ],
    ['no files accepted', { accept: ['live'] }, 'invalid', 'presentation/mode'],
  ])('%s', async (_name, options, outcome, reason) => {
    const verdict = await judge({ options })
    expect(verdict).toMatchObject({ outcome, reason, impressions: [{ outcome, reason }] })
  })

  test('a clock that is known to be wrong does not call a seal too early or a list old', async () => {
    const { checks } = (await judge({ options: { now: SEALED_AT - DAY } })).impressions[0] ?? {}
    const notRun = checks?.filter(({ outcome }) => outcome === 'not-run').map(({ id }) => id)
    expect(notRun).toEqual(['sealing-time', 'seal-status-freshness'])
    const evidence = (await judge({ options: { now: SEALED_AT - DAY } })).evidence
    expect(evidence.clock.differs).toBe(true)
  })

  test('leaving everything out accepts nothing', async () => {
    const options = { trust, now: SEALED_AT } as DocumentOptions
    const verdict = await verifyDocument({ file: LETTER_FACTS, sealFile }, options)
    expect(verdict.reason).toBe('presentation/mode')
  })
})

test('no byte of a .seal can be altered and the verdict still be valid', async () => {
  for (let at = 0; at < sealFile.length; at += 7) {
    const altered = sealFile.with(at, (sealFile[at] ?? 0) ^ (1 << (at & 7)))
    const verdict = await judge({ sealFile: altered })
    const { outcome, reason } = verdict
    expect([at, outcome === 'valid', reason && severityOf(reason)]).toEqual([at, false, outcome])
  }
})

test('any bytes give a verdict, and none of them is valid', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const verdict = await judge({ sealFile: bytes })
      expect(verdict.outcome).not.toBe('valid')
      expect(verdict.impressions).toEqual([])
    }),
  )
})

function filed(bytes: Uint8Array) {
  const { seals, impressions } = parseSealFile(bytes)
  return {
    seals: seals.map((seal) => seal.bytes),
    impressions: impressions.map((impression) => impression.bytes),
  }
}

/** The file with one byte string exchanged for another, its head for that of the new length. */
function replaced(bytes: Uint8Array, old: Uint8Array, fresh: Uint8Array): Uint8Array {
  const hex = toHex(bytes).replace(withHead(old), withHead(fresh))
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function withHead(bytes: Uint8Array): string {
  const { length } = bytes
  const head = length < 24 ? [0x40 + length] : [0x59, length >> 8, length & 0xff]
  return toHex(Uint8Array.of(...(length > 23 && length < 256 ? [0x58, length] : head), ...bytes))
}

function deniedFrom(from: number) {
  const keys = [MAKER.cose, MAKER.jws].map(({ publicKey }) => ({
    thumbprint: jwkThumbprint(publicKey),
    from,
  }))
  return { keys, devices: [] }
}

/** A signer that names another's key as its own. */
function as(signer: typeof KEEPER.cose, other: typeof KEEPER.cose): typeof KEEPER.cose {
  return { ...signer, publicKey: { ...signer.publicKey, kid: other.publicKey.kid } }
}
