/**
 * Asking at a kiosk for what lies on a phone: the phone scans the request, its holder agrees there, and the code that it gets for that
 * is held before the kiosk's camera or scanner. Whoever only saw the request gets nothing of what was shown.
 */
import { Button, listenForWedge, QrView, ScannerView } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { wc } from '../words-cases.ts'
import type { OpenedCase } from './opened-case.ts'
import { textIn } from './read-answer.ts'
import { asked, kioskReturn } from './shown-code.ts'
import { shownCodeIn } from './shown-code-text.ts'

/** Properties of {@link KioskAsk}. */
export interface KioskAskProps {
  readonly caseId: string
  /** Materials that a licence may serve as. */
  readonly count: number
  readonly of: OpenedCase
  /** Saves what was typed. */
  readonly saved: () => Promise<number>
}

/** The button, then the request and the camera. */
export function KioskAsk({ caseId, count, of, saved }: KioskAskProps): VNode {
  const [uri, setUri] = useState<string | undefined>(undefined)
  const ask = (): Promise<boolean> =>
    of.act(async () => {
      await saved()
      const redirectUri = kioskReturn(location.origin)
      const opened = await of.change('verification', { redirectUri })
      asked.value = { caseId }
      setUri(textIn(opened['uri']))
    })
  const close = (): void => {
    asked.value = undefined
    setUri(undefined)
  }
  const take = (text: string): void => {
    const code = shownCodeIn(text)
    if (code === undefined) return
    setUri(undefined)
    asked.value = { caseId, code }
  }
  return (
    <div class="panel stack" data-testid="kiosk-ask">
      <p>{wc('kiosk.show-text', { count })}</p>
      {uri === undefined ? null : <Opened uri={uri} onText={take} />}
      <div class="actions">
        {uri === undefined ? null : <Button onPress={close}>{wc('kiosk.close')}</Button>}
        <Button
          kind={uri === undefined ? 'primary' : 'quiet'}
          busy={of.work.busy}
          onPress={() => void ask()}
          testId="kiosk-show"
        >
          {wc(uri === undefined ? 'kiosk.show' : 'kiosk.another')}
        </Button>
      </div>
    </div>
  )
}

interface OpenedProps {
  readonly uri: string
  readonly onText: (text: string) => void
}

function Opened({ uri, onText }: OpenedProps): VNode {
  useEffect(() => listenForWedge({ onScan: onText }), [uri])
  // A case that is left, or read anew by somebody else, waits for no code.
  useEffect(
    () => () => {
      if (asked.value?.code === undefined) asked.value = undefined
    },
    [],
  )
  return (
    <>
      <ol>
        <li>{wc('kiosk.step-scan')}</li>
        <li>{wc('kiosk.step-agree')}</li>
        <li>{wc('kiosk.step-back')}</li>
      </ol>
      <div class="kiosk-code" data-testid="kiosk-request" data-text={uri}>
        <QrView text={uri} errorCorrection="M" label={wc('kiosk.code')} />
      </div>
      <ScannerView
        onCode={onText}
        isOurs={(text) => shownCodeIn(text) !== undefined}
        foreignText={wc('kiosk.foreign')}
      />
    </>
  )
}
