import { answerRequest, answerText, presentLive } from '@onetrip/credential'
import { describe, expect, test } from 'vitest'
import {
  DEVICE,
  heldChoices,
  MATTER,
  NOW,
  sampleCertificate,
  WANTS,
} from '../../../verifier/samples/asking-world.ts'
import {
  answeredRequest,
  type OpenRequest,
  SHOWN_SECONDS,
  secondsShown,
  withNewRequest,
} from './open-requests.ts'

const question = { matter: MATTER, purpose: '办理开餐馆一件事', wants: WANTS }

/** The requests of an asking that was renewed so many times. */
async function asking(times: number): Promise<readonly OpenRequest[]> {
  const device = { certificate: await sampleCertificate(NOW), signer: DEVICE }
  const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length))
  let known: readonly OpenRequest[] = []
  for (let at = 0; at <= times; at += 1) {
    known = await withNewRequest(known, { question, device, now: NOW + at * SHOWN_SECONDS, random })
  }
  return known
}

describe('the requests of an asking', () => {
  test('the newest comes first, each with a nonce of its own; old ones are forgotten', async () => {
    const known = await asking(3)
    expect(known.map(({ request }) => request.issuedAt - NOW)).toEqual([
      3 * SHOWN_SECONDS,
      2 * SHOWN_SECONDS,
      SHOWN_SECONDS,
    ])
    expect(new Set(known.map(({ request }) => request.nonce.join())).size).toBe(known.length)
    expect(known[0]?.text).toMatch(/^OT1:/)
  })

  test('whoever scans the last of a code has a minute left', async () => {
    const [open] = await asking(0)
    const { issuedAt, expiresAt } = open?.request ?? { issuedAt: 0, expiresAt: 0 }
    expect(expiresAt - issuedAt - SHOWN_SECONDS).toBe(60)
  })

  test.each([
    [0, SHOWN_SECONDS],
    [1500, SHOWN_SECONDS - 1],
    [(SHOWN_SECONDS - 0.5) * 1000, 1],
    [SHOWN_SECONDS * 1000, 0],
    [-1, 0],
  ])('after %d ms its code stands %d s more', async (ms, seconds) => {
    const [open] = await asking(0)
    expect(open && secondsShown(open, NOW * 1000 + ms)).toBe(seconds)
  })
})

describe('an answer is judged by the request that it answers', () => {
  test('the one before, scanned shortly before it was renewed', async () => {
    const known = await asking(1)
    const before = known[1]
    if (before === undefined) throw new TypeError('there is one request only')
    const choices = await heldChoices()
    const two = await answerRequest({ request: before.request, choices, now: NOW })
    const one = await answerRequest({ request: before.request, choices: [choices[0]], now: NOW })
    expect(answeredRequest(known, two)).toBe(before)
    expect(answeredRequest(known, answerText(two))).toBe(before)
    expect(answeredRequest(known, one)).toBe(before)
  })

  test('what answers none of them, or is no answer, is held against the newest', async () => {
    const known = await asking(1)
    const [choice] = await heldChoices()
    const live = await presentLive({ ...choice, now: NOW })
    for (const input of [live, 'OT1:', 'hello', new Uint8Array([0x80])]) {
      expect(answeredRequest(known, input)).toBe(known[0])
    }
    expect(answeredRequest([], live)).toBeUndefined()
  })
})
