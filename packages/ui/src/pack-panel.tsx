/** Trust data by file: import with progress and what came of it, export for others. */

import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from './button.tsx'
import { FileButton } from './file-button.tsx'
import { formatAge, formatMoment } from './formatters.ts'
import { language } from './language.ts'
import { Notice } from './notice.tsx'
import type { PackImporter, PackState } from './pack-importer.ts'
import { packTroubleText, tp } from './pack-messages.ts'

/** Properties of {@link PackPanel}. */
export interface PackPanelProps {
  readonly importer: PackImporter
  /** Unix seconds. */
  readonly now: number
  /** Gives the kept data to the person as a file; left out, nothing can be exported. */
  readonly onExport?: () => Promise<void>
}

/** The panel. */
export function PackPanel({ importer, now, onExport }: PackPanelProps): VNode {
  const state = importer.state.value
  const busy = state.phase === 'working'
  return (
    <section class="panel stack pack-panel" aria-labelledby="pack-title" data-testid="pack-panel">
      <h2 id="pack-title" class="panel-title">
        {tp('title')}
      </h2>
      <p class="hint">{tp('text')}</p>
      <PackResult state={state} now={now} />
      {busy ? (
        <PackProgress state={state} onCancel={importer.cancel} />
      ) : (
        <FileButton
          accept=".otpack"
          onFiles={([file]) => void importer.take(file)}
          testId="pack-input"
        >
          {tp('choose')}
        </FileButton>
      )}
      {onExport === undefined || busy ? null : <PackExport onExport={onExport} />}
    </section>
  )
}

function PackProgress(props: {
  readonly state: Extract<PackState, { readonly phase: 'working' }>
  readonly onCancel: () => void
}): VNode {
  const { doneBytes, totalBytes } = props.state
  return (
    <div class="pack-progress stack" data-testid="pack-progress">
      <p role="status">{tp('working')}</p>
      <progress aria-label={tp('working')} value={doneBytes} max={Math.max(1, totalBytes)} />
      <div class="pack-line">
        <span class="hint" data-testid="pack-bytes">
          {tp('bytes', { done: size(doneBytes), total: size(totalBytes) })}
        </span>
        <Button onPress={props.onCancel} testId="pack-cancel">
          {tp('cancel')}
        </Button>
      </div>
    </div>
  )
}

function PackResult({
  state,
  now,
}: {
  readonly state: PackState
  readonly now: number
}): VNode | null {
  if (state.phase === 'done') {
    const { version, signedAt } = state
    const at = Math.max(now, signedAt)
    return (
      <Notice tone="good" live="status" title={tp('done', { version })} testId="pack-done">
        {tp('done-text', { moment: formatMoment(signedAt, at), age: formatAge(at - signedAt) })}
      </Notice>
    )
  }
  if (state.phase === 'cancelled') {
    return (
      <Notice live="status" title={tp('cancelled')} testId="pack-cancelled">
        {tp('cancelled-text')}
      </Notice>
    )
  }
  if (state.phase !== 'refused') return null
  return (
    <Notice tone="caution" live="alert" title={tp('refused')} testId="pack-refused">
      <p>{packTroubleText(state.code)}</p>
      {state.kept ? <p>{tp('kept')}</p> : null}
      <p class="hint">{state.code}</p>
    </Notice>
  )
}

function PackExport({ onExport }: { readonly onExport: () => Promise<void> }): VNode {
  const [failed, setFailed] = useState(false)
  return (
    <div class="stack">
      <div class="actions">
        <Button
          testId="pack-export"
          describedBy="pack-export-hint"
          onPress={() => {
            setFailed(false)
            onExport().catch(() => setFailed(true))
          }}
        >
          {tp('export')}
        </Button>
      </div>
      <p id="pack-export-hint" class="hint" role="status">
        {tp(failed ? 'export-failed' : 'export-hint')}
      </p>
    </div>
  )
}

/** Bytes for people. */
function size(bytes: number): string {
  const format = (value: number, unit: string): string =>
    new Intl.NumberFormat(language.value, {
      style: 'unit',
      unit,
      maximumFractionDigits: 1,
    }).format(value)
  return bytes < 1_000_000 ? format(bytes / 1000, 'kilobyte') : format(bytes / 1e6, 'megabyte')
}
