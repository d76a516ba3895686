/** The locked wallet: the passcode, or fingerprint and face where they were turned on. */
import { Button, Notice, SignIcon } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { codeOf, explain } from '../error-words.ts'
import { unlock, unlockByPrf } from '../lock-acts.ts'
import { ForgottenPasscode } from '../parts/forgotten-passcode.tsx'
import { PasscodeField } from '../parts/passcode-field.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { MIN_PASSCODE_CHARS } from '../passcode-key.ts'
import { useWait } from '../use-wait.ts'
import { lockRecord } from '../wallet-state.ts'
import { triedWords, waitWords, wk } from '../words-lock.ts'

/** The lock screen. */
export function LockScreen(): VNode {
  return (
    <WalletShell title={wk('lock.title')}>
      <div class="lock" data-testid="lock-screen">
        <SignIcon sign="shield" />
        <h1>{wk('lock.title')}</h1>
        <Unlocking />
        <ForgottenPasscode />
      </div>
    </WalletShell>
  )
}

function Unlocking(): VNode {
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const { secondsLeft, start } = useWait()
  const record = lockRecord.value

  const attempt = async (work: () => Promise<string | undefined>): Promise<void> => {
    setBusy(true)
    setTrouble(undefined)
    try {
      setTrouble(await work())
    } catch (error) {
      setTrouble(explain(codeOf(error)))
    }
    setBusy(false)
  }
  const byPasscode = async (): Promise<string | undefined> => {
    const tried = await unlock(typed)
    if (tried.outcome === 'right') {
      return undefined
    }
    setTyped('')
    start(tried.waitSeconds)
    return triedWords(tried)
  }
  const byPrf = async (): Promise<string | undefined> =>
    (await unlockByPrf()) ? undefined : wk('lock.prf.failed')

  const waits = secondsLeft > 0
  const hasPasskey = record?.prf !== undefined
  return (
    <form
      class="stack lock-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy && !waits && [...typed].length >= MIN_PASSCODE_CHARS) {
          void attempt(byPasscode)
        }
      }}
    >
      {trouble === undefined ? null : (
        <Notice tone="bad" live="alert" testId="lock-trouble">
          {trouble}
        </Notice>
      )}
      {waits ? (
        <Notice tone="caution" testId="lock-wait">
          {wk('lock.wait', { time: waitWords(secondsLeft) })}
        </Notice>
      ) : null}
      {hasPasskey ? (
        <Button kind="primary" wide onPress={() => void attempt(byPrf)} testId="unlock-prf">
          {wk('lock.prf')}
        </Button>
      ) : null}
      <PasscodeField
        label={wk('lock.passcode')}
        kind="current"
        value={typed}
        onInput={setTyped}
        digits={record?.digits ?? false}
        focused={!hasPasskey}
        revealable
        testId="lock-passcode"
      />
      <div class="actions">
        <Button
          kind={hasPasskey ? 'secondary' : 'primary'}
          type="submit"
          wide
          busy={busy}
          disabled={waits || [...typed].length < MIN_PASSCODE_CHARS}
          testId="unlock"
        >
          {wk(busy ? 'lock.unlocking' : 'lock.unlock')}
        </Button>
      </div>
    </form>
  )
}
