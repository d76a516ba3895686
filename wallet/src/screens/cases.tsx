/** One's own cases (我的办件), and what can be applied for from home (零上门). */
import { formatDate, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import { agencySession } from '../agency/agency-session.ts'
import type { AgencySession } from '../agency/sign-in.ts'
import { asMine, guideAccess } from '../cases/case-access.ts'
import { fetchMatters, fetchMyCases } from '../cases/case-api.ts'
import type { ListedCase, Matter } from '../cases/case-data.ts'
import { CaseSignIn } from '../cases/case-sign-in.tsx'
import { caseStateWords } from '../cases/case-words.ts'
import { LoadNotice } from '../cases/load-notice.tsx'
import { useLoaded } from '../cases/use-loaded.ts'
import { kioskSeconds } from '../kiosk.ts'
import { BackLink } from '../parts/back-link.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { hrefOf } from '../routes.ts'
import { w } from '../words.ts'
import { wc } from '../words-cases.ts'

/** The screen. */
export function CasesScreen(): VNode {
  const session = agencySession.value
  const matters = useLoaded('matters', () => fetchMatters(guideAccess))
  return (
    <WalletShell title={wc('title')} places="elsewhere">
      <div class="page" data-testid="cases-screen">
        {kioskSeconds === undefined ? (
          <BackLink to={{ screen: 'home' }}>{w('home.title')}</BackLink>
        ) : null}
        <h1>{wc('title')}</h1>
        {session === undefined ? (
          <CaseSignIn
            place={{ screen: 'cases' }}
            why={wc(kioskSeconds === undefined ? 'intro' : 'kiosk.intro')}
          />
        ) : (
          <Mine key={session.bearer} session={session} matters={matters.value ?? []} />
        )}
        <section>
          <h2>{wc('matters')}</h2>
          <LoadNotice of={matters} />
          <Matters matters={matters.value} />
        </section>
      </div>
    </WalletShell>
  )
}

interface MineProps {
  readonly session: AgencySession
  readonly matters: readonly Matter[]
}

function Mine({ session, matters }: MineProps): VNode {
  const list = useLoaded(session.bearer, () => asMine(session, fetchMyCases))
  return (
    <section>
      <LoadNotice of={list} />
      {list.value === undefined ? null : list.value.length === 0 ? (
        <p class="hint">{wc('none')}</p>
      ) : (
        <ul class="licence-list" data-testid="my-cases">
          {list.value.map((one) => (
            <CaseLine key={one.id} one={one} matters={matters} />
          ))}
        </ul>
      )}
    </section>
  )
}

interface CaseLineProps {
  readonly one: ListedCase
  readonly matters: readonly Matter[]
}

function CaseLine({ one, matters }: CaseLineProps): VNode {
  const { id, matter, state, number, createdAt } = one
  const name = matters.find(({ code }) => code === matter)?.name
  return (
    <li data-testid={`case-${id}`}>
      <div>
        <a href={hrefOf({ screen: 'case', id })}>{name === undefined ? matter : localised(name)}</a>
        <p class="hint">
          {caseStateWords(state)} · {number ?? wc('begun', { day: formatDate(createdAt) })}
        </p>
      </div>
    </li>
  )
}

function Matters({ matters }: { readonly matters: readonly Matter[] | undefined }): VNode | null {
  if (matters === undefined) return null
  if (matters.length === 0) return <p class="hint">{wc('matters.none')}</p>
  return (
    <ul class="licence-list" data-testid="matters">
      {matters.map(({ code, name }) => (
        <li key={code}>
          <a href={hrefOf({ screen: 'apply', id: code })} data-testid={`matter-${code}`}>
            {localised(name)}
          </a>
        </li>
      ))}
    </ul>
  )
}
