/** The counter: one of four screens, and the ears for scanner, paste and drop on all of them. */

import {
  AppShell,
  afterQuiet,
  applyUpdate,
  Button,
  contentOf,
  EmptyScreen,
  filesOf,
  listenForWedge,
  Place,
  type TrustState,
  updateReady,
} from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { isAnswerJudged } from './ask/ask-signal.ts'
import {
  asking,
  checker,
  documents,
  face,
  isChecking,
  later,
  loadAsking,
  loadDocuments,
  loadLater,
  shownVerdict,
  trustStore,
} from './counter-state.ts'
import { takeContent, takeFiles, takeScan } from './intake-state.ts'
import { useKiosk } from './kiosk-frame.ts'
import { kiosk } from './kiosk-state.ts'
import { type CounterMessage, tc } from './messages.ts'
import { type PlaceName, place, placeAddress } from './places.ts'
import { ReadyScreen } from './screens/ready.tsx'
import { settings } from './settings.ts'
import { troubleText } from './trust-panel.tsx'

/** A counter takes a new version by itself when nobody is there. */
const UPDATE_QUIET_SECONDS = 300

const TITLES: Readonly<Record<PlaceName, CounterMessage>> = {
  ready: 'ready.title',
  verdict: 'verdict.title',
  ask: 'ask.title',
  document: 'document.title',
  recent: 'recent.title',
  settings: 'settings.title',
  note: 'note.title',
  help: 'help.title',
}

/** The whole counter. */
export function CounterApp(): VNode {
  const [inputMethod, setInputMethod] = useState(false)
  const at = place.value
  const { wedgeGapMs } = settings.value
  useKiosk()

  useEffect(
    () =>
      listenForWedge({
        onScan(text) {
          setInputMethod(false)
          void takeScan(text)
        },
        onInputMethod: () => setInputMethod(true),
        gapMs: wedgeGapMs,
      }),
    [wedgeGapMs],
  )
  useEffect(() => listenForTransfers(), [])
  const updating = updateReady.value && at === 'ready'
  useEffect(
    () => (updating ? afterQuiet(UPDATE_QUIET_SECONDS, applyUpdate) : undefined),
    [updating],
  )

  return (
    <AppShell
      name={tc('name')}
      title={tc(TITLES[at])}
      demonstration={face.environment === 'demo'}
      bare={
        at === 'verdict' ||
        (at === 'document' && isDocumentJudged()) ||
        (at === 'ask' && isAnswerJudged())
      }
      busy={isChecking.value || kiosk.value !== undefined}
      {...(kiosk.value === undefined ? { places: <Places at={at} /> } : { actions: <Exit /> })}
    >
      <Screen inputMethod={inputMethod} />
    </AppShell>
  )
}

type LaterPlace = Exclude<PlaceName, 'ready' | 'verdict' | 'ask' | 'document'>

function isDocumentJudged(): boolean {
  return documents.value?.documentSession.state.value.phase === 'done'
}

function Places({ at }: { readonly at: PlaceName }): VNode {
  return (
    <>
      {(['ready', 'recent', 'settings', 'help'] as const).map((name) => (
        <Place key={name} href={placeAddress(name)} current={at === name} testId={`place-${name}`}>
          {tc(`place.${name}`)}
        </Place>
      ))}
    </>
  )
}

/** The way out of a kiosk, as soon as it is loaded. */
function Exit(): VNode | null {
  useEffect(() => {
    loadLater().catch(() => undefined)
  }, [])
  const loaded = later.value
  return loaded === undefined ? null : <loaded.KioskExit />
}

interface ScreenProps {
  readonly inputMethod: boolean
}

function Screen(props: ScreenProps): VNode {
  const state = trustStore.state.value
  const shown = shownVerdict.value
  const at = place.value
  if (at !== 'ready' && at !== 'verdict' && at !== 'ask' && at !== 'document') {
    return <LaterScreen at={at} />
  }
  if (state.phase !== 'ready') return <NoTrustScreen />
  if (at === 'ask') return <AskPlace state={state} {...props} />
  if (at === 'document') return <DocumentPlace state={state} />
  if (place.value === 'verdict' && shown !== undefined && checker.value !== undefined) {
    const { VerdictScreen } = checker.value
    return <VerdictScreen shown={shown} state={state} />
  }
  return <ReadyScreen state={state} {...props} />
}

/** A screen of the later chunk; until it is there, a word. */
function LaterScreen({ at }: { readonly at: LaterPlace }): VNode {
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    loadLater().catch(() => setFailed(true))
  }, [])
  const loaded = later.value
  if (loaded === undefined) {
    return <p class="hint loading">{tc(failed ? 'later.failed' : 'trust.loading')}</p>
  }
  if (at === 'recent') return <loaded.RecentScreen />
  if (at === 'note') return <loaded.NoteScreen />
  if (at === 'help') return <loaded.HelpScreen />
  return <loaded.SettingsScreen />
}

interface DocumentPlaceProps {
  readonly state: Extract<TrustState, { readonly phase: 'ready' }>
}

/** Asking for licences; until its chunk is there, a word. */
function AskPlace(props: DocumentPlaceProps & ScreenProps): VNode {
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    loadAsking().catch(() => setFailed(true))
  }, [])
  const loaded = asking.value
  if (loaded !== undefined) return <loaded.AskScreen {...props} />
  return <p class="hint loading">{tc(failed ? 'later.failed' : 'trust.loading')}</p>
}

/** Sealed files; until their chunk is there, a word. */
function DocumentPlace({ state }: DocumentPlaceProps): VNode {
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    loadDocuments().catch(() => setFailed(true))
  }, [])
  const loaded = documents.value
  if (loaded !== undefined) return <loaded.DocumentScreen state={state} />
  return <p class="hint loading">{tc(failed ? 'later.failed' : 'trust.loading')}</p>
}

/** Before the first trust data: what is missing, and one next step. */
function NoTrustScreen(): VNode {
  const state = trustStore.state.value
  if (state.phase !== 'empty' || (state.refreshing && state.trouble === undefined)) {
    return <p class="hint loading">{tc('trust.loading')}</p>
  }
  const { trouble } = state
  return (
    <EmptyScreen
      title={tc('trust.empty')}
      sign="shield"
      testId="no-trust"
      action={
        <Button
          kind="primary"
          busy={state.refreshing}
          onPress={() => void trustStore.refresh()}
          testId="trust-refresh"
        >
          {tc(state.refreshing ? 'trust.refreshing' : 'trust.retry')}
        </Button>
      }
    >
      <p>
        {trouble === undefined || trouble === 'network'
          ? tc('trust.empty-text')
          : troubleText(trouble)}
      </p>
      {kiosk.value === undefined ? <ImportInstead /> : null}
    </EmptyScreen>
  )
}

/** The way to trust data without a network, as soon as it is loaded. */
function ImportInstead(): VNode | null {
  useEffect(() => {
    loadLater().catch(() => undefined)
  }, [])
  const loaded = later.value
  return loaded === undefined ? null : <loaded.CounterPackPanel />
}

/** Takes pasted and dropped codes on every screen; a paste into the scan field is the field's. */
function listenForTransfers(): () => void {
  const onPaste = (event: ClipboardEvent) => {
    const inField = event.target instanceof HTMLInputElement
    if (inField && (event.clipboardData?.files.length ?? 0) === 0) return
    event.preventDefault()
    takeTransfer(event.clipboardData)
  }
  const onDragOver = (event: DragEvent) => event.preventDefault()
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    takeTransfer(event.dataTransfer)
  }
  window.addEventListener('paste', onPaste)
  window.addEventListener('dragover', onDragOver)
  window.addEventListener('drop', onDrop)
  return () => {
    window.removeEventListener('paste', onPaste)
    window.removeEventListener('dragover', onDragOver)
    window.removeEventListener('drop', onDrop)
  }
}

function takeTransfer(transfer: DataTransfer | null): void {
  const [first, ...others] = filesOf(transfer)
  void (first === undefined ? takeContent(contentOf(transfer)) : takeFiles([first, ...others]))
}
