/** Where a person gives a sealed file: what is wanted, what is here, what is still missing, how far it is. */

import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { Button } from '../button.tsx'
import { Data } from '../data-text.tsx'
import { FileButton } from '../file-button.tsx'
import { withNodes } from '../language.ts'
import { announce } from '../live-region.ts'
import { Notice } from '../notice.tsx'
import { SignIcon } from '../sign-icon.tsx'
import type { DocumentSession, DocumentState } from './document-session.ts'
import { td } from './document-words.ts'
import { formatBytes } from './format-bytes.ts'
import { formatSealingTime } from './format-sealing-time.ts'
import { focusMainIfLost } from './kept-focus.ts'
import type { SealClaims } from './seal-claims.ts'

/** Properties of {@link DocumentIntake}. */
export interface DocumentIntakeProps {
  readonly session: DocumentSession
}

type Waiting = Extract<DocumentState, { readonly phase: 'waiting' }>
type Reading = Extract<DocumentState, { readonly phase: 'reading' }>

/** The intake, until there is a verdict. */
export function DocumentIntake({ session }: DocumentIntakeProps): VNode | null {
  const state = session.state.value
  const said = wordsFor(state)
  useEffect(() => {
    announce(said)
    return () => announce('')
  }, [said])
  useEffect(() => focusMainIfLost, [state.phase])
  if (state.phase === 'done') return null
  return (
    <div class="document-intake stack" data-testid="document-intake">
      <h1>{td('title')}</h1>
      <p>{td('intro')}</p>
      <p class="document-stays">
        <SignIcon sign="shield" />
        <span>{td('stays')}</span>
      </p>
      {state.phase === 'reading' ? (
        <ReadingPanel state={state} onCancel={session.clear} />
      ) : (
        <WaitingPanel state={state} session={session} />
      )}
    </div>
  )
}

/** What a screen reader is told; troubles are alerts of their own. */
function wordsFor(state: DocumentState): string {
  if (state.phase === 'reading') return state.slow ? td('reading') : ''
  const missing = state.phase === 'waiting' ? missingOf(state) : undefined
  return missing === undefined ? '' : td(`missing.${missing}`)
}

interface WaitingProps extends DocumentIntakeProps {
  readonly state: Waiting
}

function WaitingPanel({ state, session }: WaitingProps): VNode {
  const { files, trouble } = state
  const isEmpty = files.file === undefined && files.sealFile === undefined
  return (
    <div class="document-drop panel stack">
      {trouble === undefined ? null : (
        <Notice tone="caution" live="alert" testId={`document-trouble-${trouble}`}>
          {td(`trouble.${trouble}`)}
        </Notice>
      )}
      {isEmpty ? <p>{td('intro.files')}</p> : <Missing state={state} />}
      <Claims state={state} />
      <div class="actions">
        <FileButton
          accept=""
          multiple
          onFiles={(chosen) => void session.take(chosen)}
          testId="document-input"
        >
          {td(chooseWhat(state))}
        </FileButton>
        {isEmpty ? null : (
          <Button onPress={session.clear} testId="document-clear">
            {td('start')}
          </Button>
        )}
      </div>
      <p class="hint">{td('drop')}</p>
    </div>
  )
}

function chooseWhat(state: Waiting): 'choose' | 'choose.file' | 'choose.seal' {
  const missing = missingOf(state)
  return missing === undefined ? 'choose' : `choose.${missing}`
}

/** Which of the two is missing, when one is here. */
function missingOf({ files: { file, sealFile } }: Waiting): 'file' | 'seal' | undefined {
  if ((file === undefined) === (sealFile === undefined)) return undefined
  return file === undefined ? 'file' : 'seal'
}

/** Which of the two is still missing, and what it is likely to be called. */
function Missing({ state }: { readonly state: Waiting }): VNode | null {
  const { file, sealFile } = state.files
  const missing = missingOf(state)
  if (missing === undefined) return null
  const names =
    sealFile === undefined
      ? { file: file?.name ?? '', seal: `${file?.name ?? ''}.seal` }
      : { file: sealFile.name.replace(/\.seal$/i, ''), seal: sealFile.name }
  return (
    <Notice tone="plain" title={td(`missing.${missing}`)} testId={`document-missing-${missing}`}>
      {state.isBarePdf ? <p>{td('missing.bare-pdf')}</p> : null}
      <p>
        {withNodes(td(`missing.${missing}-text`), {
          file: <Data>{names.file}</Data>,
          seal: <Data>{names.seal}</Data>,
        })}
      </p>
    </Notice>
  )
}

/** What a `.seal` alone says; never in a verdict's colours. */
function Claims({ state: { claims } }: { readonly state: Waiting }): VNode | null {
  if (claims === undefined) return null
  if (claims.length === 0) {
    return (
      <Notice tone="caution" live="alert" testId="document-claims-none">
        {td('claims.none')}
      </Notice>
    )
  }
  return (
    <section class="document-claims" data-testid="document-claims">
      <h2 class="panel-title">{td('claims.title')}</h2>
      <ul>
        {claims.map((claim, index) => (
          <li key={index}>
            <Claim claim={claim} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Claim({ claim }: { readonly claim: SealClaims }): VNode {
  return (
    <>
      <strong>
        <Data>{claim.sealName}</Data>
      </strong>
      <br />
      {withNodes(td('claims.sealed'), {
        owner: <Data>{claim.ownerName}</Data>,
        time: formatSealingTime(claim.issuedAt),
        purpose: <Data>{claim.purpose}</Data>,
        bytes: formatBytes(claim.length),
      })}
    </>
  )
}

interface ReadingProps {
  readonly state: Reading
  readonly onCancel: () => void
}

/** Words at once, and after a second how far it is, with a way to stop. */
function ReadingPanel({ state, onCancel }: ReadingProps): VNode {
  const { slow, done, total } = state
  return (
    <div class="document-drop panel stack" data-testid="document-reading">
      <p>{td('reading')}</p>
      {slow ? (
        <>
          <progress aria-label={td('reading')} value={done} max={total} />
          <div class="pack-line">
            <span>{td('read', { done: formatBytes(done), total: formatBytes(total) })}</span>
            <Button onPress={onCancel} testId="document-cancel">
              {td('cancel')}
            </Button>
          </div>
        </>
      ) : null}
    </div>
  )
}
