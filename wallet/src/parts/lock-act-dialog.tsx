/** An act on the lock that asks for the passcode first. */
import { Button, Dialog, Notice, t } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { codeOf, explain } from '../error-words.ts'
import { addPasskey, removeLock, replacePasscode, type TryOutcome } from '../lock-acts.ts'
import { MIN_PASSCODE_CHARS } from '../passcode-key.ts'
import { useWait } from '../use-wait.ts'
import { triedWords, waitWords, wk } from '../words-lock.ts'
import { NewPasscode, NOTHING_TYPED, typedProblem } from './new-passcode.tsx'
import { PasscodeField } from './passcode-field.tsx'

/** What the passcode is asked for. */
export type LockAct = 'change' | 'prf' | 'remove'

/** Properties of {@link LockActDialog}. */
export interface LockActDialogProps {
  readonly act: LockAct
  readonly onClose: () => void
  readonly onDone: (act: LockAct) => void
}

/** The dialog; mount it when the act is asked for. */
export function LockActDialog({ act, onClose, onDone }: LockActDialogProps): VNode {
  const [passcode, setPasscode] = useState('')
  const [next, setNext] = useState(NOTHING_TYPED)
  const [checked, setChecked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const { secondsLeft, start } = useWait()
  const isReady = secondsLeft === 0 && [...passcode].length >= MIN_PASSCODE_CHARS

  const work = (): Promise<TryOutcome | undefined> => {
    if (act === 'change') {
      return replacePasscode(passcode, next.passcode)
    }
    return act === 'remove'
      ? removeLock(passcode)
      : addPasskey(passcode, wk('lock-settings.prf.name'))
  }
  const go = async (): Promise<void> => {
    setChecked(true)
    if (!isReady || (act === 'change' && typedProblem(next) !== undefined)) {
      return
    }
    setBusy(true)
    setTrouble(undefined)
    try {
      const tried = await work()
      if (tried === undefined) {
        setTrouble(wk('lock-settings.prf.failed'))
      } else if (tried.outcome === 'right') {
        onDone(act)
      } else {
        setPasscode('')
        start(tried.waitSeconds)
        setTrouble(triedWords(tried))
      }
    } catch (error) {
      setTrouble(explain(codeOf(error)))
    }
    setBusy(false)
  }
  return (
    <Dialog
      open
      title={wk(`act.${act}`)}
      onClose={onClose}
      testId="lock-act"
      actions={
        <>
          <Button onPress={onClose} testId="lock-act-cancel">
            {t('dialog.cancel')}
          </Button>
          <Button
            kind={act === 'remove' ? 'danger' : 'primary'}
            busy={busy}
            disabled={!isReady}
            onPress={() => void go()}
            testId="lock-act-confirm"
          >
            {wk('act.confirm')}
          </Button>
        </>
      }
    >
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        {act === 'remove' ? <p>{wk('act.remove.text')}</p> : null}
        {trouble === undefined ? null : (
          <Notice tone="bad" live="alert" testId="lock-trouble">
            {trouble}
          </Notice>
        )}
        {secondsLeft > 0 ? (
          <Notice tone="caution" testId="lock-wait">
            {wk('lock.wait', { time: waitWords(secondsLeft) })}
          </Notice>
        ) : null}
        <PasscodeField
          label={wk('act.current')}
          kind="current"
          value={passcode}
          onInput={setPasscode}
          revealable={act !== 'change'}
          testId="passcode-current"
        />
        {act === 'change' ? <NewPasscode typed={next} onType={setNext} checked={checked} /> : null}
      </form>
    </Dialog>
  )
}
