/** One of one's own cases: filled in and handed in from home, corrected, followed, received, rated. */
import type { JsonObject } from '@onetrip/codec'
import { Data, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { agencySession } from '../agency/agency-session.ts'
import type { AgencySession } from '../agency/sign-in.ts'
import { asMine } from '../cases/case-access.ts'
import { changeMyCase, fetchCase } from '../cases/case-api.ts'
import type { MyCase } from '../cases/case-data.ts'
import { CaseDeclined } from '../cases/case-declined.tsx'
import { CaseEditing } from '../cases/case-editing.tsx'
import { CaseHistory } from '../cases/case-history.tsx'
import { CaseProgress } from '../cases/case-progress.tsx'
import { CaseReceipt } from '../cases/case-receipt.tsx'
import { CaseSignIn } from '../cases/case-sign-in.tsx'
import { caseStateWords } from '../cases/case-words.ts'
import { DeferredMaterials } from '../cases/deferred-materials.tsx'
import { LoadNotice } from '../cases/load-notice.tsx'
import type { OpenedCase } from '../cases/opened-case.ts'
import { asked } from '../cases/shown-code.ts'
import { useLoaded } from '../cases/use-loaded.ts'
import { useWork } from '../cases/use-work.ts'
import { WithdrawCase } from '../cases/withdraw-case.tsx'
import { WorkNotice } from '../cases/work-notice.tsx'
import { BackLink } from '../parts/back-link.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { wc } from '../words-cases.ts'

/** Properties of {@link CaseScreen}. */
export interface CaseScreenProps {
  readonly id: string
}

/** The screen. */
export function CaseScreen({ id }: CaseScreenProps): VNode {
  const session = agencySession.value
  return (
    <WalletShell title={wc('title')} places="elsewhere">
      <div class="page" data-testid="case-screen">
        <BackLink to={{ screen: 'cases' }}>{wc('back')}</BackLink>
        {session === undefined ? (
          <CaseSignIn place={{ screen: 'case', id }} why={wc('intro')} />
        ) : (
          <Opened key={`${session.bearer} ${id}`} id={id} session={session} />
        )}
      </div>
    </WalletShell>
  )
}

interface OpenedProps extends CaseScreenProps {
  readonly session: AgencySession
}

function Opened({ id, session }: OpenedProps): VNode {
  const latest = useRef<MyCase>(undefined)
  const loaded = useLoaded(id, async () => {
    const read = await asMine(session, (access) => fetchCase(access, id))
    // An answer that was overtaken is no later one.
    const { version = 0 } = latest.current ?? {}
    if (read.version >= version) latest.current = read
    return read
  })
  // What was refused was often refused because something changed.
  const work = useWork(loaded.again)
  const known = loaded.value
  const of: OpenedCase = {
    session,
    work,
    latest: () => {
      if (latest.current === undefined) throw new TypeError('no case was read')
      return latest.current
    },
    act: work.run,
    change: (path, body) => change(session, { id, path, body }),
  }
  const code = asked.value?.caseId === id ? asked.value.code : undefined
  useEffect(() => {
    if (known === undefined || code === undefined) return
    asked.value = undefined
    void of.act(async () => {
      const { version } = of.latest()
      const taken = await of.change('verification/result', { version, responseCode: code })
      const count = Array.isArray(taken['proved']) ? taken['proved'].length : 0
      return wc('materials.taken', { count })
    })
  }, [known === undefined, code])
  return (
    <>
      <LoadNotice of={loaded} />
      {known === undefined ? null : <Shown key={known.id} known={known} of={of} />}
    </>
  )
}

interface ShownProps {
  readonly known: MyCase
  readonly of: OpenedCase
}

function Shown({ known, of }: ShownProps): VNode {
  const { name, state, number } = known
  const isFilled = state === 'draft' || state === 'returned'
  const isCorrected = known.parts.some(({ actions }) => actions.includes('correct'))
  return (
    <>
      <header class="stack">
        <h1>{localised(name)}</h1>
        <p class="lead" data-testid="case-state" data-state={state}>
          {caseStateWords(state)}
        </p>
        {number === undefined ? null : (
          <p>
            {wc('number')}{' '}
            <strong data-testid="case-number">
              <Data>{number}</Data>
            </strong>
          </p>
        )}
      </header>
      <WorkNotice of={of.work} />
      <CaseDeclined known={known} />
      {isFilled || isCorrected ? (
        <CaseEditing known={known} of={of} />
      ) : (
        <DeferredMaterials known={known} of={of} />
      )}
      {known.acceptedAt === undefined ? null : <CaseProgress known={known} of={of} />}
      {known.acceptedAt === undefined ? null : <CaseReceipt known={known} />}
      <CaseHistory known={known} />
      {known.actions.includes('withdraw') ? <WithdrawCase of={of} /> : null}
    </>
  )
}

function change(
  session: AgencySession,
  of: { readonly id: string; readonly path: string; readonly body: JsonObject },
): Promise<JsonObject> {
  return asMine(session, (access) => changeMyCase(access, of))
}
