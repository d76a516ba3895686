/** An answer that was judged: told on the screen, and kept by names and digests, however it came. */

import { sha256 } from '@onetrip/codec'
import type { ReceiptMaterial } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { announce, headOf, wordOf } from '@onetrip/ui'
import type { AnswerVerdict, LicenceVerdict } from '@onetrip/verifier'
import { keepResult } from '../counter-state.ts'
import { type AskPlan, type ProofTexts, setAskState } from './ask-signal.ts'
import { askedRecord } from './asked-record.ts'

/** What there is to tell. */
export interface JudgedAnswer {
  readonly plan: AskPlan
  /** When it was judged, Unix seconds. */
  readonly at: number
  readonly verdict: AnswerVerdict
  readonly bytes: Uint8Array
  /** What it discloses, where that can be told. */
  readonly shown: readonly ReceiptMaterial[]
  readonly trust: Trust
  readonly proof: ProofTexts
  /** Of our wallet, where it was asked over the network. */
  readonly walletOrigin?: string
}

/** Shows a verdict and keeps the record; what was taken counts once. */
export function tellAnswer(judged: JudgedAnswer): void {
  const { plan, at, verdict, bytes, shown, trust, proof, walletOrigin } = judged
  const id = crypto.randomUUID()
  const wallet = walletOrigin === undefined ? {} : { walletOrigin }
  setAskState({ phase: 'judged', plan, id, at, verdict, proof, ...wallet, isReceiptShown: false })
  const { matter, purpose, of } = plan
  const { answer: _notKept, ...kept } = proof
  const record = askedRecord({
    id,
    at,
    verdict,
    asked: { matter: { code: matter, name: of.name }, purpose, ...kept },
    digest: sha256(bytes),
    shown,
    types: trust.types,
  })
  announce(wordOf(headOf({ ...verdict, licences: licencesOf(verdict) }, at)))
  keepResult(record, isTaken(verdict) ? verdict.presentationIds : [])
}

/** The licences that were shown, each at its material. */
export function licencesOf({ materials }: AnswerVerdict): readonly LicenceVerdict[] {
  return materials.flatMap(({ licence }) => licence ?? [])
}

/** Whether an answer is of use to the office. */
export function isTaken({ outcome }: AnswerVerdict): boolean {
  return outcome === 'valid' || outcome === 'caution'
}
