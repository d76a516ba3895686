/**
 * What a delegate (代办人) answers to a request: one COSE_Sign1 with `typ` of its own, around the delegate's own licence, whose
 * holder's key signs the office, the whole request and the delegations, each with its material. So the delegate is known by a
 * licence and their key by its issuer, and a delegation is never wrapped twice.
 */
import { decodeCbor, Fault, fault, isArray, isMap, type Sign1, type Signer } from '@onetrip/codec'
import { type NamedAnswerPart, partsFromCbor, partsToCbor } from './answer-parts.ts'
import { delegateCode } from './delegation.ts'
import { decodeOuterSign1, isDelegatedAnswer, readCwtKeyBinding } from './kb-cwt.ts'
import { CLAIM } from './labels.ts'
import { type CborChoice, presentSdCwt } from './present.ts'
import { cwtPresentation, type Presentation, parsePresentation } from './presentation.ts'
import type { OfficeRequest } from './request.ts'
import { parseSdCwt } from './sd-cwt.ts'

/** Neither more nor less stands in it. */
const CLAIMS: readonly number[] = [CLAIM.aud, CLAIM.iat, CLAIM.cnonce, CLAIM.mode, CLAIM.delegated]

/** What a delegate's answer is made from. */
export interface DelegateAnswerInput {
  readonly request: Pick<OfficeRequest, 'office' | 'digest' | 'matter' | 'wants'>
  /** The delegate's own licence, with at least their name, under the key that the delegations name. */
  readonly own: CborChoice & { readonly signer: Signer }
  /** One for each material that is answered; put in the order of the request's wants. */
  readonly delegations: readonly NamedAnswerPart[]
  /** Unix seconds. */
  readonly now: number
}

/** A delegate's answer taken apart; nothing is verified by that. */
export interface DelegatedAnswer {
  /** The delegate's own licence, bound to office and request in mode `requested`. */
  readonly delegate: Presentation
  /** Delegations, not parsed further. */
  readonly parts: readonly NamedAnswerPart[]
}

/**
 * Makes a delegate's answer. Throws `delegation/delegate` (made out to another key), `delegation/matter` (for another matter),
 * `claim/unknown`, and what parsing throws; `TypeError` for nothing, or for what the request does not ask.
 */
export async function answerAsDelegate(input: DelegateAnswerInput): Promise<Uint8Array> {
  const { request, own, delegations, now } = input
  const parts = request.wants.flatMap(({ material }) =>
    delegations.filter((delegation) => delegation.material === material),
  )
  const isEachAsked = parts.length > 0 && parts.length === delegations.length
  if (!isEachAsked) throw new TypeError('a delegate answers what is asked')
  for (const { presentation } of parts) {
    const { keyBinding } = parsePresentation(presentation)
    if (keyBinding?.audience !== delegateCode(own.signer.publicKey)) {
      throw fault('delegation/delegate')
    }
    if (keyBinding.matter !== request.matter) throw fault('delegation/matter')
  }
  return presentSdCwt({
    ...own,
    mode: 'requested',
    audience: request.office,
    nonce: request.digest,
    issuedAt: now,
    delegated: partsToCbor(parts),
  })
}

/** Bytes that say that they are a delegate's answer; nothing for anything else. */
export function delegatedAnswerIn(bytes: Uint8Array): Sign1 | undefined {
  try {
    const sign1 = decodeOuterSign1(bytes)
    return isDelegatedAnswer(sign1) ? sign1 : undefined
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

/**
 * Takes a delegate's answer apart. Throws `answer/format` (a claim missing, of a wrong form or not named here; no delegation, more
 * than eight, a material twice), `delegation/chained` (a delegate's answer in it, or around something that is no licence of the
 * delegate's own), `key-binding/format`, and what parsing an SD-CWT throws.
 */
export function openDelegatedAnswer(sign1: Sign1): DelegatedAnswer {
  const { sdCwt, keyBinding } = readCwtKeyBinding(sign1)
  const claims = decodeCbor(sign1.payload)
  const delegated = isMap(claims) ? claims.get(CLAIM.delegated) : undefined
  const isWhole =
    isMap(claims) && claims.size === CLAIMS.length && CLAIMS.every((key) => claims.has(key))
  if (!isWhole || !isArray(delegated) || keyBinding.mode !== 'requested')
    throw fault('answer/format')
  const parts = partsFromCbor(delegated)
  const isChained = parts.some(({ presentation }) => delegatedAnswerIn(presentation) !== undefined)
  if (isChained) throw fault('delegation/chained')
  return {
    delegate: { ...cwtPresentation('sd-cwt', sdCwt, parseSdCwt(sdCwt).claims), keyBinding },
    parts,
  }
}
