/** Starting kiosk mode, in the settings. */

import { Button, SelectField, TextField } from '@onetrip/ui'
import type { TargetedSubmitEvent, VNode } from 'preact'
import { useState } from 'preact/hooks'
import { isExitCode } from './kiosk-code.ts'
import { IDLE_CHOICES, startKiosk } from './kiosk-state.ts'
import { goTo } from './places.ts'
import { tk } from './words-kiosk.ts'

/** The form that starts kiosk mode. */
export function KioskPanel(): VNode {
  const [code, setCode] = useState('')
  const [idle, setIdle] = useState('60')
  const [trouble, setTrouble] = useState<'code-wrong' | 'not-kept' | undefined>(undefined)
  const [busy, setBusy] = useState(false)

  async function start(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    if (!isExitCode(code)) {
      setTrouble('code-wrong')
      return
    }
    // The full screen has to be asked for while the press counts.
    void document.documentElement.requestFullscreen?.().catch(() => undefined)
    setBusy(true)
    const started = await startKiosk({ code, idleSeconds: Number(idle) })
    setBusy(false)
    if (started) goTo('ready')
    else setTrouble('not-kept')
  }

  return (
    <form class="panel stack" onSubmit={(event) => void start(event)} noValidate>
      <h2>{tk('title')}</h2>
      <p>{tk('text')}</p>
      <TextField
        label={tk('code')}
        name="kiosk-code"
        testId="kiosk-code"
        hint={tk('code-hint')}
        error={trouble === undefined ? undefined : tk(trouble)}
        inputMode="numeric"
        maxLength={12}
        value={code}
        onInput={(text) => {
          setCode(text)
          setTrouble(undefined)
        }}
      />
      <SelectField
        label={tk('idle')}
        hint={tk('idle-hint')}
        name="kiosk-idle"
        testId="kiosk-idle"
        value={idle}
        choices={IDLE_CHOICES.map((seconds) => ({
          value: String(seconds),
          text: tk('seconds', { seconds }),
        }))}
        onChange={setIdle}
      />
      <p class="hint">{tk('limits')}</p>
      <div class="actions">
        <Button type="submit" busy={busy} testId="kiosk-start">
          {tk(busy ? 'starting' : 'start')}
        </Button>
      </div>
    </form>
  )
}
