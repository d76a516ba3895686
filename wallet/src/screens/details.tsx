/** A licence's own page: it looks like the licence; under it its state, its history and what to do. */

import { today } from '@onetrip/credential'
import {
  Button,
  Checks,
  Data,
  formatDay,
  formatMoment,
  LicenceSealRow,
  ReadAloudButton,
  Row,
  wasSealInUse,
  withNodes,
} from '@onetrip/ui'
import type { VNode } from 'preact'
import { explain } from '../error-words.ts'
import { type CopyRecord, type HeldLicence, isUnbound } from '../held-licence.ts'
import { licenceContent } from '../licence-content.ts'
import { nextVersion } from '../licence-end.ts'
import { BackLink } from '../parts/back-link.tsx'
import { ClaimRows } from '../parts/claim-rows.tsx'
import { Delegations } from '../parts/delegations.tsx'
import { DeleteLicence } from '../parts/delete-licence.tsx'
import { HeldCard } from '../parts/held-card.tsx'
import { MissingLicence } from '../parts/missing-licence.tsx'
import { NoTrustData } from '../parts/no-trust-data.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { TrustAge } from '../parts/trust-age.tsx'
import { UnboundNotice } from '../parts/unbound-notice.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { hrefOf } from '../routes.ts'
import { stateNow } from '../state-now.ts'
import { goTo, licences, now, trust, verdicts } from '../wallet-state.ts'
import { wl } from '../words-licence.ts'

/** Properties of {@link DetailsScreen}. */
export interface DetailsScreenProps {
  readonly id: string
}

/** The page of one licence. */
export function DetailsScreen({ id }: DetailsScreenProps): VNode {
  const licence = licences.value.find((one) => one.id === id)
  if (licence === undefined) {
    return <MissingLicence />
  }
  const { summary } = licence
  const state = stateNow(licence)
  const isShown = !isUnbound(licence)
  return (
    <WalletShell title={wl('details.title')} places="elsewhere">
      <div class="page details-page" data-testid="details-screen">
        <BackLink to={{ screen: 'home' }}>{wl('back.home')}</BackLink>
        <div class="licence-page">
          <HeldCard licence={licence} state={state} headingLevel={1} sealed testId="licence">
            <Facts licence={licence} />
          </HeldCard>
        </div>
        <StatusLine state={state} summary={summary} />
        <p class="only-print" data-testid="print-notice">
          {wl('details.printed', { moment: formatMoment(now(), 0) })}
        </p>
        <NextVersion licence={licence} />
        {state.code === undefined ? null : <p>{explain(state.code)}</p>}
        {isShown ? null : <UnboundNotice licence={licence} />}
        <div class="actions">
          <ReadAloudButton part="[data-testid=licence]" />
          <Button onPress={() => print()} testId="print-licence">
            {wl('details.print')}
          </Button>
          {isShown ? (
            <>
              <Button onPress={() => goTo({ screen: 'copy', id })} testId="copy-button">
                {wl('details.copy')}
              </Button>
              <Button
                kind="primary"
                onPress={() => goTo({ screen: 'show', id })}
                testId="show-button"
              >
                {wl('details.show')}
              </Button>
            </>
          ) : null}
        </div>
        <Copies licence={licence} />
        <Delegations licence={licence} />
        <History licence={licence} />
        <TrustAge />
        <DeleteLicence licence={licence} />
      </div>
    </WalletShell>
  )
}

/** The way to the one that took its place. */
function NextVersion({ licence }: { readonly licence: HeldLicence }): VNode | null {
  const next = nextVersion(licence, licences.value)
  return next === undefined ? null : (
    <a
      class="link-alone"
      href={hrefOf({ screen: 'details', id: next.id })}
      data-testid="next-version"
    >
      {wl('details.next')}
    </a>
  )
}

function Facts({ licence }: { readonly licence: HeldLicence }): VNode | null {
  const content = licenceContent(licence, trust.value)
  if (content === undefined) {
    return trust.value === undefined ? null : <NoTrustData />
  }
  const { claims, pictures, choice, type } = content
  const selectable = new Set(choice.selectable.map(({ name }) => name))
  const fixed = claims.filter(({ name }) => !selectable.has(name) && name !== type.holder.name)
  return (
    <>
      {fixed.length === 0 ? null : (
        <dl class="licence-rows">
          <ClaimRows claims={fixed} pictures={pictures} />
        </dl>
      )}
      {selectable.size === 0 ? null : (
        <section>
          <h2 class="facts-title">{wl('details.selectable')}</h2>
          <dl class="licence-rows">
            <ClaimRows
              claims={claims.filter(({ name }) => selectable.has(name))}
              pictures={pictures}
            />
          </dl>
        </section>
      )}
    </>
  )
}

function Copies({ licence }: { readonly licence: HeldLicence }): VNode {
  return (
    <section>
      <h2>{wl('details.copies')}</h2>
      {licence.copies.length === 0 ? (
        <p class="hint">{wl('details.noCopies')}</p>
      ) : (
        <ul class="copies" data-testid="copies">
          {licence.copies.map((copy) => (
            <li key={copy.id}>
              <a href={hrefOf({ screen: 'sheet', id: licence.id, copyId: copy.id })}>
                {withNodes(wl('copy.list.open'), {
                  recipient: <Data>{copy.recipient.name}</Data>,
                  purpose: <Data>{copy.purpose}</Data>,
                })}
              </a>
              <span class="hint">{untilWords(copy)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function untilWords(copy: CopyRecord): string {
  const ended = copy.endDay < today(now())
  return wl(ended ? 'copy.list.ended' : 'copy.list.until', { day: formatDay(copy.endDay) })
}

function History({ licence }: { readonly licence: HeldLicence }): VNode {
  const { summary, shownCount, lastShownAt, receivedAt, keys } = licence
  const moment = (time: number): string => formatMoment(time, now())
  const verdict = verdicts.value.get(licence.id)
  const seal = verdict?.licences[0]?.seal
  return (
    <section>
      <h2>{wl('details.more')}</h2>
      <dl class="rows">
        {summary.identifier === undefined ? null : (
          <Row term={wl('details.identifier')}>
            <span class="identifier">
              <Data>{summary.identifier}</Data>
            </span>
          </Row>
        )}
        {verdict === undefined || seal === undefined ? null : (
          <LicenceSealRow seal={seal} wasInUse={wasSealInUse(verdict)} now={now()} />
        )}
        <Row term={wl('details.use')}>
          {lastShownAt === undefined
            ? wl('details.neverShown')
            : wl('details.shown', { count: shownCount, moment: moment(lastShownAt) })}
        </Row>
        <Row term={wl('details.receipt')}>{moment(receivedAt)}</Row>
        <Row term={wl('details.key')}>
          {keys.cbor.algorithm} · {wl(`details.key.${keys.cbor.secret.kind}`)}
        </Row>
      </dl>
      {verdict === undefined ? null : (
        <Checks
          checks={verdict.checks}
          place={verdict.evidence.statusPlace}
          testId="licence-checks"
        />
      )}
    </section>
  )
}
