/** A request that the wallet does not answer: who asked, why not in plain words, and nothing to be waved through. */
import type { Trust } from '@onetrip/trust'
import { Button, Data, localised, Notice, Row, reasonFor } from '@onetrip/ui'
import { ReportButton, reportOf } from '@onetrip/ui/reports'
import {
  newestType,
  type OverAsking,
  type RequestVerdict,
  type StatedRequest,
  shownOption,
} from '@onetrip/verifier'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { askedRequest } from '../asked/asked-state.ts'
import { reports } from '../reports.ts'
import { goTo, now } from '../wallet-state.ts'
import { wa } from '../words-asked.ts'
import { RefreshTrust } from './no-trust-data.tsx'

/** Properties of {@link RequestRefused}. */
export interface RequestRefusedProps {
  readonly verdict: RequestVerdict
  readonly trust: Trust
}

/** The refusal; what exceeds the rules is named item by item. */
export function RequestRefused({ verdict, trust }: RequestRefusedProps): VNode {
  const { outcome, reason, request } = verdict
  const [judged] = useState(() => ({ id: crypto.randomUUID(), at: now() }))
  const isOverAsking = reason === 'request/over-asking' && request !== undefined
  return (
    <div class="stack" data-testid="request-refused" data-code={reason ?? ''}>
      <h1>{wa('refused.title')}</h1>
      <Notice
        tone={outcome === 'invalid' ? 'bad' : 'unknown'}
        live="alert"
        {...(isOverAsking ? { title: wa('refused.over-asking') } : {})}
        {...(outcome === 'unverifiable' ? { action: <RefreshTrust /> } : {})}
      >
        {isOverAsking ? wa('refused.over-text') : reason === undefined ? '' : reasonFor(reason)}
      </Notice>
      {isOverAsking ? <Beyond request={request} trust={trust} /> : null}
      {request === undefined ? null : <WhoAsked request={request} />}
      <p>{wa('refused.nothing')}</p>
      <div class="actions">
        <Button kind="primary" onPress={leave} testId="refused-back">
          {wa('refused.back')}
        </Button>
        <ReportButton outbox={reports} report={reportOf({ ...judged, verdict, place: 'wallet' })} />
      </div>
    </div>
  )
}

interface BeyondProps {
  readonly request: StatedRequest
  readonly trust: Trust
}

function Beyond({ request, trust }: BeyondProps): VNode {
  return (
    <div class="panel stack">
      <ul class="beyond" data-testid="over-asking">
        {request.overAsking.map((over) => (
          <li key={`${over.material} ${over.type}`}>
            <Data>{beyondText(over, trust)}</Data>
          </li>
        ))}
      </ul>
      <p>{wa('refused.over-next')}</p>
    </div>
  )
}

function beyondText(over: OverAsking, trust: Trust): string {
  const { type, claims } = shownOption(newestType(trust, over.type), over.type, over.claims)
  const texts = { type: nameOf(type), claims: claims.map(nameOf).join(wa('want.join')) }
  return wa(over.isWhole ? 'refused.over-whole' : 'refused.over-claims', texts)
}

function nameOf({ code, name }: StatedRequest['matter']): string {
  return name === undefined ? code : localised(name)
}

function WhoAsked({ request }: { readonly request: StatedRequest }): VNode {
  const { office, device, matter, purpose } = request
  return (
    <dl class="rows">
      <Row term={wa('refused.by')}>
        <Data>{`${localised(office.name)} · ${device.name}（${device.number}）`}</Data>
      </Row>
      <Row term={wa('request.matter')}>{nameOf(matter)}</Row>
      <Row term={wa('request.purpose')}>
        <Data>{purpose}</Data>
      </Row>
    </dl>
  )
}

function leave(): void {
  askedRequest.value = undefined
  goTo({ screen: 'home' })
}
