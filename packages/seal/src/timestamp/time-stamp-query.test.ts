/** Queries that openssl answers, and answers that are none. */
import {
  derInteger,
  derOctets,
  derSequence,
  derUtf8,
  Fault,
  sha256,
  utf8Encode,
} from '@onetrip/codec'
import { afterAll, describe, expect, test } from 'vitest'
import { codeOfAsync } from '../../samples/code-of.ts'
import { HAS_OPENSSL, opensslTsa } from '../../samples/openssl-tsa.ts'
import { STAMPER_NAME, sampleTsa } from '../../samples/sample-tsa.ts'
import { buildTimeStampQuery, openTimeStampAnswer } from './time-stamp-query.ts'
import { verifyTimestamp } from './verify-timestamp.ts'

const DIGEST = sha256(utf8Encode('impression'))
const time = 1_795_406_400
const tsa = await sampleTsa()
const timeStampers = [tsa.stamper]
const query = buildTimeStampQuery(DIGEST, (length) => new Uint8Array(length).fill(0xa5))

function codeOf(answer: Uint8Array): Promise<string> {
  return codeOfAsync(() => openTimeStampAnswer(answer, { query, timeStampers }))
}

describe('an answer', () => {
  test('gives the token as it came, which verifies by itself', async () => {
    const answer = await tsa.answer(query.bytes, { time })
    const { token, stamp } = await openTimeStampAnswer(answer, { query, timeStampers })
    expect(stamp).toEqual({ time, by: { id: tsa.stamper.id, name: STAMPER_NAME } })
    expect(await verifyTimestamp(token, { digest: DIGEST, timeStampers })).toEqual(stamp)
  })

  test.each([
    ['to another query', { nonce: Uint8Array.of(1) }, 'timestamp/nonce'],
    ['over something else', { digest: sha256(DIGEST) }, 'timestamp/imprint'],
    ['of no accuracy', { accuracySeconds: 61 }, 'timestamp/accuracy'],
  ])('%s is refused', async (_name, wish, code) => {
    expect(await codeOf(await tsa.answer(query.bytes, { time, ...wish }))).toBe(code)
  })

  test('without a nonce is to no query', async () => {
    const token = await tsa.stamp(DIGEST, { time })
    const answer = derSequence(derSequence(derInteger(0)), token)
    expect(await codeOf(answer)).toBe('timestamp/nonce')
  })

  test('of nobody that is trusted is refused', async () => {
    const answer = await tsa.answer(query.bytes, { time })
    const code = await codeOfAsync(() => openTimeStampAnswer(answer, { query, timeStampers: [] }))
    expect(code).toBe('timestamp/signer-unknown')
  })

  const status = (value: number) => derSequence(derInteger(value))
  const text = derSequence(derUtf8('no'))
  test.each([
    ['granted with changes, without a token', derSequence(status(1)), 'timestamp/format'],
    ['rejected', derSequence(status(2)), 'timestamp/refused'],
    [
      'rejected, with words and why',
      derSequence(derSequence(derInteger(2), text, Uint8Array.of(3, 2, 5, 0x20))),
      'timestamp/refused',
    ],
    ['waiting, with a token', derSequence(status(3), derSequence()), 'timestamp/refused'],
    ['with a number of two bytes', derSequence(status(256)), 'timestamp/format'],
    [
      'with more behind its status',
      derSequence(derSequence(derInteger(0), derOctets(text))),
      'timestamp/format',
    ],
    ['with more behind its token', derSequence(status(0), text, text), 'timestamp/format'],
    ['with another token', derSequence(status(0), text), 'timestamp/format'],
    ['empty', new Uint8Array(), 'timestamp/format'],
    ['of nothing', derSequence(), 'timestamp/format'],
    ['a page', utf8Encode('<!doctype html><title>sign in</title>'), 'timestamp/format'],
    ['huge', derSequence(new Uint8Array(65_536)), 'timestamp/format'],
  ])('%s is refused', async (_name, answer, code) => {
    expect(await codeOf(answer)).toBe(code)
  })

  test('no byte of it can be altered and it give another token', async () => {
    const answer = await tsa.answer(query.bytes, { time })
    const good = await openTimeStampAnswer(answer, { query, timeStampers })
    // What is around the token byte by byte; the token itself has its own test.
    const around = answer.length - good.token.length
    for (let at = 0; at < answer.length; at += at < around ? 1 : 29) {
      const altered = answer.with(at, (answer[at] ?? 0) ^ (1 << (at & 7)))
      const said = await openTimeStampAnswer(altered, { query, timeStampers }).catch(
        (error: unknown) => (error instanceof Fault ? 'refused' : error),
      )
      if (said !== 'refused') expect(said).toMatchObject({ stamp: good.stamp })
    }
  })
})

test('a query is of a SHA-256 only', () => {
  expect(() => buildTimeStampQuery(new Uint8Array(20), () => new Uint8Array(16))).toThrow(TypeError)
})

test.skipIf(HAS_OPENSSL)('openssl is missing: it answers no query', ({ skip }) => skip())

describe.skipIf(!HAS_OPENSSL)('openssl', () => {
  if (!HAS_OPENSSL) return
  const other = opensslTsa()
  afterAll(other.close)

  test('answers our query, and verifies its own answer against it', async () => {
    const answer = other.reply(query.bytes)
    const stamper = { ...tsa.stamper, certificates: [other.certificate('ca')] }
    const { stamp } = await openTimeStampAnswer(answer, { query, timeStampers: [stamper] })
    expect(Math.abs(stamp.time - Date.now() / 1000)).toBeLessThan(60)
    other.run('ts -verify -queryfile query -in answer -CAfile ca.pem')
    other.run('ts -query -in query -text -out query.txt')
    expect(new TextDecoder().decode(other.read('query.txt'))).toContain('Certificate required: yes')
  })

  test('verifies a token of our writing', async () => {
    const answer = await tsa.answer(query.bytes, { time })
    other.write('ours', answer)
    other.write('ours.der', tsa.stamper.certificates[0] ?? new Uint8Array())
    other.run('x509 -inform DER -in ours.der -out ours.pem')
    other.write('query', query.bytes)
    other.run(`ts -verify -queryfile query -in ours -CAfile ours.pem -attime ${time}`)
  })
})
