/** The dialog in which the holder types the passcode of their keys. */
import { Button, Dialog, t } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { MIN_PASSCODE_CHARS } from './passcode-key.ts'
import { question } from './passcode-question.ts'
import { wo } from './words-offer.ts'

/** The dialog that `askPasscode` opens; render it once. */
export function PasscodeDialog(): VNode {
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
      title={wo(`passcode.${why}.title`)}
      onClose={() => asked?.decline()}
      testId="passcode-dialog"
      actions={
        <>
          <Button onPress={() => asked?.decline()}>{t('dialog.cancel')}</Button>
          <Button
            kind="primary"
            disabled={[...typed].length < MIN_PASSCODE_CHARS}
            onPress={answer}
            testId="passcode-confirm"
          >
            {wo('passcode.confirm')}
          </Button>
        </>
      }
    >
      <p>{wo(`passcode.${why}.text`)}</p>
      <label class="field">
        <span class="field-label">{wo('passcode.label')}</span>
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
