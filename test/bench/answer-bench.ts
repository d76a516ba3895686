/**
 * What verifying an answer of two licences costs, from its bytes to the verdict, beside its four raw Ed25519 verifications. Both
 * are measured in turns, one answer at a time; many holders take turns, so that no key is met twice in a row.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import {
  decodeSign1,
  publicKeyToJwk,
  sha256,
  sign1FromValue,
  toBase64url,
  utf8Encode,
} from '@onetrip/codec'
import { answerRequest, HEADER, type OfficeRequest, parseAnswer } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { verifyAnswer } from '@onetrip/verifier'
import {
  askedRequest,
  askingTrust,
  CENTRE,
  heldChoices,
  NOW,
  SIGNERS,
} from '../../packages/verifier/samples/asking-world.ts'
import { testSigner } from '../vectors/forge-signers.ts'
import { type BenchResult, median, timed } from './measure.ts'
import { rawSignature, verifyRawly } from './verify-bench.ts'

const HOLDERS = 32
const WARM_ROUNDS = 16
const ROUNDS = 41

/** Measures verifying the answer of two licences; throws when one of them is not valid. */
export async function benchAnswer(): Promise<BenchResult> {
  const request = await askedRequest()
  const answers = await Promise.all(
    Array.from({ length: HOLDERS }, (_, number) => answerOfHolder(number, request)),
  )
  const trust = await askingTrust()
  const rawTimes: number[] = []
  const times: number[] = []
  for (let round = -WARM_ROUNDS; round < ROUNDS; round++) {
    for (const { answer, raw } of answers) {
      const rawTime = await timed(async () => verifyRawly(raw))
      const time = await timed(() => verifyOne(answer, { request, trust }))
      if (round < 0) continue
      rawTimes.push(rawTime)
      times.push(time)
    }
  }
  return {
    name: 'verify an answer of two licences',
    rawMicroseconds: median(rawTimes),
    microseconds: median(times),
    aim: 1.35,
  }
}

async function verifyOne(
  answer: Uint8Array,
  by: { readonly request: OfficeRequest; readonly trust: Trust },
): Promise<void> {
  const { outcome } = await verifyAnswer(answer, { ...by, now: NOW + 30, office: CENTRE })
  if (outcome !== 'valid') throw new Error('an answer to be measured is not valid')
}

async function answerOfHolder(number: number, request: OfficeRequest) {
  const seed = sha256(utf8Encode(`onetrip bench holder ${number}`))
  const x = toBase64url(ed25519.getPublicKey(seed))
  const holder = testSigner({ kty: 'OKP', crv: 'Ed25519', x, d: toBase64url(seed) })
  const choices = await heldChoices({ holder })
  const answer = await answerRequest({ request, choices, now: NOW + 20 })
  const issuers = [SIGNERS.market.publicKey, SIGNERS.police.publicKey]
  const raw = parseAnswer(answer).flatMap(({ presentation }, at) => {
    const outer = decodeSign1(
      presentation instanceof Uint8Array ? presentation : new Uint8Array(0),
      {
        tags: [18],
      },
    )
    const inner = sign1FromValue(outer.protectedHeader.get(HEADER.kcwt) ?? null)
    const issuer = issuers[at]
    if (issuer === undefined) throw new TypeError('two licences')
    return [
      rawSignature(publicKeyToJwk(issuer), inner),
      rawSignature(publicKeyToJwk(holder.publicKey), outer),
    ]
  })
  return { answer, raw }
}
