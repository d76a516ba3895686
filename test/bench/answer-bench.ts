/**
 * What verifying an answer of two licences costs, from its bytes to the verdict, beside its raw Ed25519 verifications: four,
 * and six where a delegate answers (what is raw, says verify-bench.ts; the key of a holder, whose two licences are bound to it, is
 * imported once). Both are measured in turns, one answer at a time; many holders take turns, so that no key of theirs is met twice in a
 * row.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import {
  decodeSign1,
  type PublicKey,
  type Signer,
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
import {
  bothDelegated,
  DELEGATE,
  delegatesAnswer,
} from '../../packages/verifier/samples/delegates.ts'
import { testSigner } from '../vectors/forge-signers.ts'
import { type BenchResult, median, timed } from './measure.ts'
import { loadedKey, type RawSignature, rawSignature, verifyRawly } from './verify-bench.ts'

const HOLDERS = 32
const WARM_ROUNDS = 32
const ROUNDS = 41

interface BenchAnswer {
  readonly answer: Uint8Array
  readonly raw: readonly RawSignature[]
}

/** Measures verifying answers of two licences, a holder's and a delegate's; throws when one of them is not valid. */
export async function benchAnswers(): Promise<readonly BenchResult[]> {
  const request = await askedRequest()
  const by = { request, trust: await askingTrust() }
  const kinds = [
    ['verify an answer of two licences', 1.35, (holder: Signer) => ofHolder(holder, request)],
    ['verify a delegate’s answer of two licences', 1.35, ofDelegate],
  ] as const
  const results: BenchResult[] = []
  for (const [name, aim, make] of kinds) {
    const answers = await Promise.all(
      Array.from({ length: HOLDERS }, (_, number) => make(holderOf(number))),
    )
    results.push({ name, aim, ...(await measured(answers, by)) })
  }
  return results
}

async function measured(
  answers: readonly BenchAnswer[],
  by: { readonly request: OfficeRequest; readonly trust: Trust },
): Promise<Pick<BenchResult, 'rawMicroseconds' | 'microseconds'>> {
  const rawTimes: number[] = []
  const times: number[] = []
  for (let round = -WARM_ROUNDS; round < ROUNDS; round++) {
    for (const { answer, raw } of answers) {
      const rawTime = await timed(() => verifyRawly(raw))
      const time = await timed(() => verifyOne(answer, by))
      if (round < 0) continue
      rawTimes.push(rawTime)
      times.push(time)
    }
  }
  return { rawMicroseconds: median(rawTimes), microseconds: median(times) }
}

async function verifyOne(
  answer: Uint8Array,
  by: { readonly request: OfficeRequest; readonly trust: Trust },
): Promise<void> {
  const { outcome } = await verifyAnswer(answer, { ...by, now: NOW + 30, office: CENTRE })
  if (outcome !== 'valid') throw new Error('an answer to be measured is not valid')
}

function holderOf(number: number): Signer {
  const seed = sha256(utf8Encode(`onetrip bench holder ${number}`))
  const x = toBase64url(ed25519.getPublicKey(seed))
  return testSigner({ kty: 'OKP', crv: 'Ed25519', x, d: toBase64url(seed) })
}

async function ofHolder(holder: Signer, request: OfficeRequest): Promise<BenchAnswer> {
  const choices = await heldChoices({ holder })
  const answer = await answerRequest({ request, choices, now: NOW + 20 })
  return { answer, raw: partsRaw(answer, holder) }
}

async function ofDelegate(holder: Signer): Promise<BenchAnswer> {
  const answer = await delegatesAnswer({ delegations: await bothDelegated({ holder }) })
  const own = boundRaw(answer, {
    issuer: SIGNERS.police.publicKey,
    key: Uint8Array.from(DELEGATE.publicKey.raw),
  })
  return { answer, raw: [...own, ...partsRaw(answer, holder)] }
}

function partsRaw(answer: Uint8Array, holder: Signer): readonly RawSignature[] {
  const issuers = [SIGNERS.market.publicKey, SIGNERS.police.publicKey]
  const key = Uint8Array.from(holder.publicKey.raw)
  return parseAnswer(answer).flatMap(({ presentation }, at) => {
    const issuer = issuers[at]
    if (issuer === undefined || typeof presentation === 'string')
      throw new TypeError('two licences')
    return boundRaw(presentation, { issuer, key })
  })
}

/** The signatures of a licence and of the key that it is bound to. */
function boundRaw(
  presentation: Uint8Array,
  by: { readonly issuer: PublicKey; readonly key: RawSignature['key'] },
): readonly RawSignature[] {
  const outer = decodeSign1(presentation, { tags: [18] })
  const inner = sign1FromValue(outer.protectedHeader.get(HEADER.kcwt) ?? null)
  return [rawSignature(loadedKey(by.issuer), inner), rawSignature(by.key, outer)]
}
