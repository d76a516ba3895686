/**
 * The answer to a request: one key-bound presentation as it is, or several in a CBOR array `[1, [material, presentation]…]` in
 * the order of the wants. Nothing but the presentations is signed: each is bound to the office and the whole request. What a
 * delegate answers is a form of its own (delegated-answer.ts), and so is what comes over the network (openid4vp-response.ts).
 */
import {
  decodeCbor,
  decodeCodeText,
  encodeCbor,
  encodeFrameLines,
  fault,
  isArray,
  isFrameText,
  type Signer,
  utf8Encode,
} from '@onetrip/codec'
import { type NamedAnswerPart, partsFromCbor, partsToCbor } from './answer-parts.ts'
import { codeText } from './budgets.ts'
import { delegatedAnswerIn, openDelegatedAnswer } from './delegated-answer.ts'
import { materialOfQuery } from './openid4vp-query.ts'
import { isVpTokenText, parseVpTokenText, vpTokenText } from './openid4vp-response.ts'
import { type CborChoice, presentRequested } from './present.ts'
import type { Presentation } from './presentation.ts'
import type { OfficeRequest } from './request.ts'
import { WANT_LIMITS, type Want } from './request-wants.ts'

/** Largest answer in bytes. */
export const MAX_ANSWER_BYTES = 32_768

const FORMAT = 1
const MAX_DEPTH = 4
const QR_PREFIX = 'OT1:'
const MAJOR_TYPE = 0xe0
const ARRAY = 0x80

/** One presentation of an answer, not parsed further. */
export interface AnswerPart {
  /** Code of the material that it serves as; a presentation by itself names none. */
  readonly material?: string
  /** Bytes (COSE), or a foreign wallet's SD-JWT VC, which is always by itself. */
  readonly presentation: Uint8Array | string
}

/** An answer taken apart. */
export interface OpenedAnswer {
  readonly parts: readonly AnswerPart[]
  /** Of a delegate's answer: the delegate's own licence, bound to the request; `parts` are delegations. */
  readonly delegate?: Presentation
}

/** A licence that the holder shows. */
export interface AnswerChoice extends CborChoice {
  /** Code of the material that it serves as. */
  readonly material: string
  /** The key that the credential is bound to. */
  readonly signer: Signer
}

/** What an answer is made from. */
export interface AnswerInput {
  readonly request: Pick<OfficeRequest, 'office' | 'digest' | 'wants'>
  /** One for each material that is answered. */
  readonly choices: readonly AnswerChoice[]
  /** Unix seconds. */
  readonly now: number
}

/**
 * Makes the answer, each presentation with its own key, in the order of the request's wants. Throws `claim/unknown`, and what
 * parsing a credential throws; `TypeError` for nothing, or for more than the request asks.
 */
export async function answerRequest(input: AnswerInput): Promise<Uint8Array> {
  const { request, choices, now } = input
  assertAsked(input)
  const answered = request.wants.flatMap((want) => {
    const choice = choices.find(({ material }) => material === want.material)
    return choice === undefined ? [] : [choice]
  })
  const parts = await Promise.all(
    answered.map(async (choice) => {
      const bound = { ...choice, audience: request.office, nonce: request.digest, now }
      return { material: choice.material, presentation: await presentRequested(bound) }
    }),
  )
  const [first, ...others] = parts
  const choice = answered[0]
  if (first === undefined || choice === undefined) throw new TypeError('nothing is answered')
  const known = wantServedBy(request.wants, choice.type.typeCode)
  if (others.length === 0 && known?.material === first.material) return first.presentation
  return encodeAnswer(parts)
}

/** The want that a presentation by itself answers: the first that takes its licence type. */
export function wantServedBy(wants: readonly Want[], typeCode: string): Want | undefined {
  return wants.find(({ options }) => options.some(({ type }) => type === typeCode))
}

/** The text of an answer's code: several presentations, and what is over 1,352 characters, are an animated one. */
export function answerText(answer: Uint8Array): string {
  return isAnswerArray(answer) ? encodeFrameLines(answer) : codeText('requested', answer)
}

/** Whether bytes begin as an answer of several presentations does. */
export function isAnswerArray(bytes: Uint8Array): boolean {
  return ((bytes[0] ?? 0) & MAJOR_TYPE) === ARRAY
}

/** The bytes of an answer of several presentations; nothing is looked over. */
export function encodeAnswer(parts: readonly NamedAnswerPart[]): Uint8Array {
  return encodeCbor([FORMAT, ...partsToCbor(parts)])
}

/**
 * The bytes of an answer as received: those inside the text of a code, else those of the text, of a `vp_token` in its one form. Throws
 * `qr/*`, and for a `vp_token` `answer/format`, `json/*`.
 */
export function answerBytes(input: Uint8Array | string): Uint8Array {
  if (input instanceof Uint8Array) return input
  if (isVpTokenText(input)) return utf8Encode(vpTokenText(parseVpTokenText(input)))
  return isCodeText(input) ? decodeCodeText(input) : utf8Encode(input)
}

/** The presentations of an answer; throws as {@link openAnswer} does. */
export function parseAnswer(input: Uint8Array | string): readonly AnswerPart[] {
  return openAnswer(input).parts
}

/**
 * Takes an answer apart: bytes, the text of a code, an SD-JWT VC, or a `vp_token`. A presentation by itself is not looked at. Throws
 * `cbor/limit` (more than 32,768 bytes), `answer/format` (another version or shape, more than eight presentations, a material
 * twice), `qr/*`, `json/*`, what decoding throws, and what `openDelegatedAnswer` throws.
 */
export function openAnswer(input: Uint8Array | string): OpenedAnswer {
  if (typeof input === 'string' && isVpTokenText(input)) return { parts: tokenParts(input) }
  const bytes = answerBytes(input)
  if (bytes.length > MAX_ANSWER_BYTES) throw fault('cbor/limit')
  const isText = typeof input === 'string' && !isCodeText(input)
  if (isText) return { parts: [{ presentation: input }] }
  if (!isAnswerArray(bytes)) {
    const delegated = delegatedAnswerIn(bytes)
    if (delegated !== undefined) return openDelegatedAnswer(delegated)
    return { parts: [{ presentation: bytes }] }
  }
  const answer = decodeCbor(bytes, { maxBytes: MAX_ANSWER_BYTES, maxDepth: MAX_DEPTH })
  if (!isArray(answer) || answer[0] !== FORMAT) throw fault('answer/format')
  return { parts: partsFromCbor(answer.slice(1)) }
}

function tokenParts(text: string): readonly AnswerPart[] {
  const parts = parseVpTokenText(text).map(({ queryId, presentation }) => ({
    material: materialOfQuery(queryId),
    presentation,
  }))
  const isEachOnce = new Set(parts.map(({ material }) => material)).size === parts.length
  if (!isEachOnce || parts.length > WANT_LIMITS.wants) throw fault('answer/format')
  return parts
}

function isCodeText(text: string): boolean {
  return text.startsWith(QR_PREFIX) || isFrameText(text)
}

function assertAsked({ request, choices }: AnswerInput): void {
  for (const [at, { material, type, disclose }] of choices.entries()) {
    const want = request.wants.find((each) => each.material === material)
    const option = want?.options.find((each) => each.type === type.typeCode)
    const isFirst = choices.findIndex((each) => each.material === material) === at
    const asked = new Set(option?.claims)
    for (const claim of type.claims) if (claim.sd === 'never') asked.add(claim.name)
    if (!isFirst || option === undefined || !disclose.every((name) => asked.has(name))) {
      throw new TypeError('an answer shows no more than is asked')
    }
  }
}
