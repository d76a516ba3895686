/** Asks for the passcode that wraps holder keys; only in browsers that cannot store CryptoKeys. */
import { fault } from '@onetrip/codec'
import { Button, Dialog } from '@onetrip/ui'
import { signal } from '@preact/signals'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { w } from './words.ts'
import { MIN_PASSCODE_CHARS } from './wrapped-key.ts'

/** The same act (receiving makes and uses two keys) asks once. */
const REMEMBER_MS = 60_000

interface Question {
  readonly why: 'create' | 'use'
  readonly answer: (passcode: string) => void
  readonly decline: () => void
}

const question = signal<Question | undefined>(undefined)
let remembered: { readonly passcode: string; readonly until: number } | undefined

/** Asks for the passcode; rejects with `key/passcode` when the holder declines. */
export async function askPasscode(why: 'create' | 'use'): Promise<string> {
  if (why === 'use' && remembered !== undefined && remembered.until > Date.now()) {
    return remembered.passcode
  }
  try {
    const passcode = await new Promise<string>((answer, reject) => {
      question.value = { why, answer, decline: () => reject(fault('key/passcode')) }
    })
    remembered = { passcode, until: Date.now() + REMEMBER_MS }
    return passcode
  } finally {
    question.value = undefined
  }
}

/** Forgets the passcode at once, after it proved wrong or the wallet went to the background. */
export function forgetPasscode(): void {
  remembered = undefined
}

/** The dialog that {@link askPasscode} opens; render it once. */
export function PasscodePrompt(): VNode {
  const [typed, setTyped] = useState('')
  const asked = question.value
  const why = asked?.why ?? 'use'
  const answer = (): void => {
    asked?.answer(typed)
    setTyped('')
  }
  return (
    <Dialog
      open={asked !== undefined}
      title={w(`passcode.${why}.title`)}
      onClose={() => asked?.decline()}
      testId="passcode-dialog"
      actions={
        <>
          <Button onPress={() => asked?.decline()}>{w('common.cancel')}</Button>
          <Button
            kind="primary"
            disabled={[...typed].length < MIN_PASSCODE_CHARS}
            onPress={answer}
            testId="passcode-confirm"
          >
            {w('passcode.confirm')}
          </Button>
        </>
      }
    >
      <p>{w(`passcode.${why}.text`)}</p>
      <label class="field">
        <span class="field-label">{w('passcode.label')}</span>
        <input
          class="control"
          type="password"
          name="passcode"
          autoComplete={why === 'create' ? 'new-password' : 'current-password'}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          data-testid="passcode-input"
        />
      </label>
    </Dialog>
  )
}
