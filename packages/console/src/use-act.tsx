/** A button's act: once at a time, its refusal in words beside it. */

import { Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { faultWords } from './error-words.ts'
import type { Answer } from './request.ts'

/** The state of an act. */
export interface Act {
  readonly isBusy: boolean
  /** Why the last try came to nothing. */
  readonly refused: string | undefined
  /** Runs it, unless one is under way; `then` follows only where it was done, and until it is over the act is under way. */
  readonly run: (make: () => Promise<Answer<unknown>>, then: () => void | Promise<void>) => void
  /** Says no more why the last try came to nothing. */
  readonly clear: () => void
}

/** Makes the state of an act; `onRefused` follows a try that came to nothing. */
export function useAct(onRefused?: () => void): Act {
  const [isBusy, setBusy] = useState(false)
  const [refused, setRefused] = useState<string>()
  const run: Act['run'] = (make, then) => {
    if (isBusy) return
    setBusy(true)
    setRefused(undefined)
    void make().then(async (answer) => {
      if (answer.kind === 'done') await then()
      else {
        setRefused(answer.code)
        onRefused?.()
      }
      setBusy(false)
    })
  }
  return { isBusy, refused, run, clear: () => setRefused(undefined) }
}

/** Why an act was refused; nothing where it was not. */
export function Refusal({ of }: { readonly of: Act }): VNode | null {
  if (of.refused === undefined) return null
  return (
    <Notice tone="bad" live="alert" testId="refusal">
      {faultWords(of.refused)}
    </Notice>
  )
}
