/** Setting a passcode, and once there is one: when to lock, fingerprint or face, change, removal. */
import { Button, Notice, SelectField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { codeOf, explain } from '../error-words.ts'
import { chooseLockAfter, dropPasskey, setPasscode } from '../lock-acts.ts'
import { LOCK_AFTER_SECONDS, toLockAfter } from '../lock-record.ts'
import { BackLink } from '../parts/back-link.tsx'
import { type LockAct, LockActDialog } from '../parts/lock-act-dialog.tsx'
import { NewPasscode, NOTHING_TYPED, typedProblem } from '../parts/new-passcode.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { hasPrf } from '../prf.ts'
import { lockEverywhere } from '../privacy-watch.ts'
import { lockRecord, phase } from '../wallet-state.ts'
import { type LockMessage, wk } from '../words-lock.ts'

type Done = Extract<LockMessage, `act.done.${string}` | 'lock-settings.done'>

/** The screen of passcode and locking. */
export function LockSettingsScreen(): VNode {
  const [done, setDone] = useState<Done | undefined>(undefined)
  return (
    <WalletShell title={wk('lock-settings.title')} places="elsewhere">
      <div class="page" data-testid="lock-settings-screen">
        <BackLink to={{ screen: 'settings' }}>{wk('lock-settings.back')}</BackLink>
        <h1>{wk('lock-settings.title')}</h1>
        {done === undefined ? null : (
          <Notice tone="good" live="status" testId="lock-done">
            {wk(done)}
          </Notice>
        )}
        {phase.value !== 'ready' ? null : lockRecord.value === undefined ? (
          <SetPasscode onDone={() => setDone('lock-settings.done')} />
        ) : (
          <Lock onDone={setDone} />
        )}
      </div>
    </WalletShell>
  )
}

function SetPasscode({ onDone }: { readonly onDone: () => void }): VNode {
  const [typed, setTyped] = useState(NOTHING_TYPED)
  const [checked, setChecked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const set = async (): Promise<void> => {
    setChecked(true)
    if (busy || typedProblem(typed) !== undefined) {
      return
    }
    setBusy(true)
    try {
      await setPasscode(typed.passcode)
      onDone()
    } catch (error) {
      setTrouble(explain(codeOf(error)))
      setBusy(false)
    }
  }
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void set()
      }}
    >
      <p>{wk('lock-settings.intro')}</p>
      {trouble === undefined ? null : (
        <Notice tone="bad" live="alert" testId="lock-trouble">
          {trouble}
        </Notice>
      )}
      <NewPasscode typed={typed} onType={setTyped} checked={checked} focused />
      <div class="actions">
        <Button kind="primary" type="submit" busy={busy} testId="set-passcode">
          {wk(busy ? 'lock-settings.working' : 'lock-settings.set')}
        </Button>
      </div>
    </form>
  )
}

function Lock({ onDone }: { readonly onDone: (done: Done) => void }): VNode | null {
  const [act, setAct] = useState<LockAct | undefined>(undefined)
  const record = lockRecord.value
  if (record === undefined) {
    return null
  }
  return (
    <>
      {record.deviceKey === undefined ? (
        <Notice tone="caution">{wk('lock-settings.unbound')}</Notice>
      ) : null}
      <div class="actions">
        <Button kind="primary" onPress={lockEverywhere} testId="lock-now">
          {wk('lock-settings.now')}
        </Button>
      </div>
      <SelectField
        label={wk('lock-settings.after')}
        name="lock-after"
        value={String(record.lockAfterSeconds)}
        choices={LOCK_AFTER_SECONDS.map((seconds) => ({
          value: String(seconds),
          text: wk(`lock-settings.after.${seconds}`),
        }))}
        onChange={(value) => void chooseLockAfter(toLockAfter(Number(value)))}
        testId="lock-after"
      />
      <Prf onAsk={() => setAct('prf')} onDone={onDone} />
      <div class="actions">
        <Button onPress={() => setAct('change')} testId="act-change">
          {wk('act.change')}
        </Button>
        <Button kind="danger" onPress={() => setAct('remove')} testId="act-remove">
          {wk('act.remove')}
        </Button>
      </div>
      {act === undefined ? null : (
        <LockActDialog
          act={act}
          onClose={() => setAct(undefined)}
          onDone={(made) => {
            setAct(undefined)
            onDone(`act.done.${made}`)
          }}
        />
      )}
    </>
  )
}

interface PrfProps {
  readonly onAsk: () => void
  readonly onDone: (done: Done) => void
}

function Prf({ onAsk, onDone }: PrfProps): VNode | null {
  const [offered, setOffered] = useState(false)
  const isOn = lockRecord.value?.prf !== undefined
  useEffect(() => {
    void hasPrf().then(setOffered)
  }, [])
  if (!offered && !isOn) {
    return null
  }
  const turnOff = async (): Promise<void> => {
    await dropPasskey()
    onDone('act.done.prf-off')
  }
  return (
    <section>
      <h2>{wk('lock-settings.prf')}</h2>
      <p>{wk('lock-settings.prf.text')}</p>
      <div class="actions">
        {isOn ? (
          <Button onPress={() => void turnOff()} testId="act-prf-off">
            {wk('act.prf.off')}
          </Button>
        ) : (
          <Button onPress={onAsk} testId="act-prf">
            {wk('act.prf')}
          </Button>
        )}
      </div>
    </section>
  )
}
