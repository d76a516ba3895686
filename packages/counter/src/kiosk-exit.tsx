/** The way out of kiosk mode: a button, and a dialog that asks for the code. */

import { Button, Dialog } from '@onetrip/ui'
import type { TargetedSubmitEvent, VNode } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import { leaveKiosk } from './kiosk-state.ts'
import { tk } from './words-kiosk.ts'

/** The button and its dialog. */
export function KioskExit(): VNode {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [open, setOpen] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState('')

  function close(): void {
    setOpen(false)
    setError('')
    if (field.current !== null) field.current.value = ''
  }

  async function leave(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    const answer = await leaveKiosk(field.current?.value ?? '')
    setBusy(false)
    if (field.current !== null) field.current.value = ''
    if (answer.left) return
    setError(answer.wait > 0 ? tk('wait', { seconds: answer.wait }) : tk('wrong'))
  }

  return (
    <>
      <Button kind="quiet" onPress={() => setOpen(true)} testId="kiosk-exit">
        {tk('exit')}
      </Button>
      <Dialog
        open={open}
        title={tk('exit')}
        onClose={close}
        testId="kiosk-dialog"
        actions={
          <>
            <Button onPress={close}>{tk('cancel')}</Button>
            <button class="button button-primary" type="submit" form={`${id}-form`}>
              {tk(busy ? 'checking' : 'exit')}
            </button>
          </>
        }
      >
        <form id={`${id}-form`} class="field" onSubmit={(event) => void leave(event)}>
          <label class="field-label" for={id}>
            {tk('exit-code')}
          </label>
          <input
            ref={field}
            id={id}
            class="control"
            type="password"
            inputMode="numeric"
            autoComplete="off"
            maxLength={12}
            aria-describedby={`${id}-error`}
            aria-invalid={error === '' ? undefined : true}
            data-testid="kiosk-exit-code"
          />
          <p class="field-error" id={`${id}-error`} role="alert" data-testid="kiosk-error">
            {error}
          </p>
        </form>
      </Dialog>
    </>
  )
}
