/** Ready: the camera large, hand scanner and upload under it, office and trust data beside it. */

import {
  type CodeInput,
  DocumentLink,
  FileButton,
  Notice,
  ScannerView,
  SignIcon,
  type TrustState,
  t,
} from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { tick } from '../clock.ts'
import {
  checkCode,
  isChecking,
  lastCodes,
  later,
  recentScans,
  scanTrouble,
} from '../counter-state.ts'
import { intake, stopIntake, takeFiles, takeScan } from '../intake-state.ts'
import { kiosk } from '../kiosk-state.ts'
import { isLicenceCode } from '../licence-code.ts'
import { tc } from '../messages.ts'
import { OfficePicker } from '../office-picker.tsx'
import { placeAddress } from '../places.ts'
import { RecentList } from '../recent-list.tsx'
import { countToday } from '../scan-counts.ts'
import { settings } from '../settings.ts'
import { TrustPanel } from '../trust-panel.tsx'
import { WedgeField } from '../wedge-field.tsx'

/** What {@link takeFiles} looks through; what a `.seal` is for may be anything, and has a screen of its own. */
const FILES = 'image/*,application/pdf,.pdf,text/plain,.txt,.sdjwt,.sdcwt,.otpack,.seal'

/** Properties of {@link ReadyScreen}. */
export interface ReadyScreenProps {
  readonly state: Extract<TrustState, { readonly phase: 'ready' }>
  readonly inputMethod: boolean
}

/** The screen a clerk sees between two people. */
export function ReadyScreen({ state, inputMethod }: ReadyScreenProps): VNode {
  const [paused, setPaused] = useState(false)
  const { continuous, continuousSeconds } = settings.value
  const isKiosk = kiosk.value !== undefined
  async function pausedFor(work: () => Promise<void>): Promise<void> {
    setPaused(true)
    await work().finally(() => setPaused(false))
  }
  function take(input: CodeInput): Promise<void> {
    stopIntake()
    return pausedFor(() => checkCode(input))
  }
  return (
    <div class={isKiosk ? 'ready ready-kiosk' : 'ready'} data-testid="ready-screen">
      <div class="ready-scan stack">
        <h1>{title()}</h1>
        <ScannerView
          onCode={(text) => void take(text)}
          onMessage={(message) => void take(message)}
          isOurs={isLicenceCode}
          paused={paused}
          known={lastCodes.value}
          keepOn={isKiosk}
        />
        <div class="ready-intake">
          <WedgeField
            onCode={(text) => void pausedFor(() => takeScan(text))}
            inputMethod={inputMethod}
          />
          {isKiosk ? null : (
            <FileButton
              accept={FILES}
              multiple
              onFiles={(files) => void takeFiles(files)}
              hint={tc('ready.drop')}
              testId="upload-input"
            >
              {tc('ready.upload')}
            </FileButton>
          )}
        </div>
        {isKiosk ? null : <DocumentLink href={placeAddress('document')} />}
        {continuous ? (
          <p class="hint" data-testid="continuous-on">
            {tc('ready.continuous', { seconds: continuousSeconds })}
          </p>
        ) : null}
        <ScanTrouble />
        <Intake />
      </div>
      {isKiosk ? null : <ReadySide state={state} />}
    </div>
  )
}

/** The way to asking, beside the office in whose name it is done. */
function AskLink(): VNode {
  return (
    <a class="document-link" href={placeAddress('ask')} data-testid="ask-link">
      <SignIcon sign="person" />
      <span class="document-link-words">
        <strong>{tc('ask.title')}</strong>
        <span class="hint">{tc('ask.hint')}</span>
      </span>
    </a>
  )
}

/** What is asked for, or how far that is: where nothing else moves for it. */
function title(): string {
  if (isChecking.value) return tc('ready.checking')
  const state = intake.value
  return state.phase === 'frames' ? t('frames.read', state) : tc('ready.title')
}

/** What a clerk has beside the camera and a visitor has not. */
function ReadySide({ state }: Pick<ReadyScreenProps, 'state'>): VNode {
  return (
    <div class="ready-side stack">
      <section class="panel">
        <OfficePicker trust={state.trust} />
      </section>
      <AskLink />
      <TrustPanel state={state} />
      {recentScans.value.length === 0 ? null : (
        <section class="panel ready-recent" aria-labelledby="ready-recent">
          <div class="ready-recent-head">
            <h2 id="ready-recent" class="panel-title">
              {tc('recent.title')}
            </h2>
            <span class="hint" data-testid="ready-today">
              {tc('ready.today', { count: countToday(recentScans.value, tick.value).total })}
            </span>
          </div>
          <RecentList records={recentScans.value.slice(0, 4)} />
        </section>
      )}
    </div>
  )
}

function ScanTrouble(): VNode | null {
  const trouble = scanTrouble.value
  if (trouble === undefined) return null
  return (
    <Notice tone="caution" live="alert" testId={`scan-trouble-${trouble}`}>
      {tc(trouble === 'check' ? 'ready.check-failed' : 'ready.storage-failed')}
    </Notice>
  )
}

/** How far a file is; its words come with the later chunk, but for the one that says it is missing. */
function Intake(): VNode | null {
  const state = intake.value
  const loaded = later.value
  if (loaded !== undefined) return <loaded.IntakeStatus state={state} />
  if (state.phase !== 'trouble') return null
  return (
    <Notice tone="caution" live="alert" testId="intake-trouble">
      {tc('ready.reader-failed')}
    </Notice>
  )
}
