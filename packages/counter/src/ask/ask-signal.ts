/** Where the asking of this counter stands, as every screen may ask it; what acts on it is loaded later. */

import type { ErrorCode } from '@onetrip/codec'
import type { Material, Matter } from '@onetrip/trust'
import type { AnswerVerdict } from '@onetrip/verifier'
import { type ReadonlySignal, signal } from '@preact/signals'
import { place } from '../places.ts'
import type { OnlineRequest } from './online-requests.ts'
import type { OpenRequest, Question } from './open-requests.ts'

/** What the clerk chose to ask. */
export interface AskPlan extends Question {
  readonly of: Matter
  /** Code of the part that it is for; left out: the whole matter. */
  readonly part?: string
  readonly materials: readonly Material[]
  /** Whether it is asked over the network; else by a code that stands on the screen. */
  readonly isOnline: boolean
}

/** Texts by which the answer can be judged again: for the office's file of the case. */
export interface ProofTexts {
  readonly request: string
  readonly answer: string
  readonly receipt?: string
}

/** Why no request could be made. */
export type AskTrouble = 'not-enrolled' | 'failed' | 'no-network' | 'refused'

/** How a request over the network ended without an answer. */
export type OnlineEnd = 'declined' | 'expired' | 'failed'

/** How far a request over the network is; `unreached`: the server was not, and is asked again. */
export type OnlineProgress = 'waiting' | 'unreached' | 'checking' | OnlineEnd

/** Where the asking stands. */
export type AskState =
  | {
      readonly phase: 'choosing'
      readonly last?: AskPlan
      readonly trouble?: AskTrouble
      /** What the server said, where it refused. */
      readonly code?: ErrorCode
    }
  /** The newest request is on the screen. */
  | {
      readonly phase: 'asking'
      readonly plan: AskPlan
      readonly known: readonly OpenRequest[]
      readonly checking: boolean
    }
  /** A request over the network waits for its answer. */
  | {
      readonly phase: 'online'
      readonly plan: AskPlan
      readonly request: OnlineRequest
      readonly progress: OnlineProgress
    }
  | {
      readonly phase: 'judged'
      readonly plan: AskPlan
      readonly id: string
      /** Unix seconds. */
      readonly at: number
      readonly verdict: AnswerVerdict
      readonly proof: ProofTexts
      /** Origin of our wallet, where it was asked over the network: a wallet on this device takes the receipt by a link. */
      readonly walletOrigin?: string
      /** The receipt is on the screen, in place of the verdict. */
      readonly isReceiptShown: boolean
    }

const current = signal<AskState>({ phase: 'choosing' })

/** Where the asking stands. */
export const askState: ReadonlySignal<AskState> = current

/** Says where it stands. */
export function setAskState(next: AskState): void {
  current.value = next
}

/** Whether what is scanned is an answer to the request on the screen. */
export function awaitsAnswer(): boolean {
  return place.value === 'ask' && current.value.phase === 'asking'
}

/** Whether a verdict on an answer fills the screen. */
export function isAnswerJudged(): boolean {
  return current.value.phase === 'judged' && !current.value.isReceiptShown
}
