/** A request over the network (OpenID4VP): first where it lies, then who asks and the one consent, then where to go on. */
import { Fault } from '@onetrip/codec'
import type { Trust } from '@onetrip/trust'
import { Button, Data, EmptyScreen, localised, Notice, Row } from '@onetrip/ui'
import type { VpRequestVerdict } from '@onetrip/verifier'
import type { ComponentChildren, VNode } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { REACHED_ORIGINS } from '../asked/reached-origins.ts'
import { takeForKiosk } from '../cases/shown-code.ts'
import { codeOf, explain } from '../error-words.ts'
import { declineRequest, type FetchedRequest, fetchVpRequest, verifyFetched } from '../openid4vp.ts'
import { parseVpLink, type VpLink } from '../openid4vp-link.ts'
import { NoTrustData } from '../parts/no-trust-data.tsx'
import { OnlineConsentForm } from '../parts/online-consent.tsx'
import { RequestRefused } from '../parts/request-refused.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { platformRandom } from '../platform-random.ts'
import { goTo, now, onlineLink, settings, trust } from '../wallet-state.ts'
import { wa } from '../words-asked.ts'
import { wv } from '../words-online.ts'

/** The screen of a link that was opened. */
export function OnlineRequestScreen(): VNode {
  const text = onlineLink.value
  const known = trust.value
  const link = useMemo(() => (text === undefined ? undefined : readLink(text)), [text])
  return (
    <WalletShell title={wv('online.title')} busy>
      <div class="page" data-testid="online-screen">
        {link === undefined ? (
          <NoLink />
        ) : link instanceof Fault ? (
          <Refused reason={explain(link.code)} />
        ) : known === undefined ? (
          <NoTrustData />
        ) : (
          <Opened key={text} link={link} trust={known} />
        )}
      </div>
    </WalletShell>
  )
}

interface Judged {
  readonly fetched: FetchedRequest
  readonly verdict: VpRequestVerdict
}

/** Nobody is spoken to before the person says so. */
function Opened({ link, trust: known }: { readonly link: VpLink; readonly trust: Trust }): VNode {
  const [judged, setJudged] = useState<Judged | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const open = async (): Promise<void> => {
    setBusy(true)
    setTrouble(undefined)
    try {
      const http = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)
      const fetched = await fetchVpRequest({ link, http, random: platformRandom })
      const of = { trust: known, now: now(), origins: REACHED_ORIGINS }
      setJudged({ fetched, verdict: await verifyFetched(fetched, of) })
    } catch (error) {
      setTrouble(explain(codeOf(error)))
    }
    setBusy(false)
  }
  if (judged !== undefined) return <Told judged={judged} trust={known} />
  return (
    <div class="stack">
      <h1>{wv('online.ask')}</h1>
      <p>{wv('online.first')}</p>
      <dl class="rows">
        <Row term={wv('online.where')}>
          <span data-testid="online-origin">
            <Data>{link.origin}</Data>
          </span>
        </Row>
      </dl>
      {trouble === undefined ? null : (
        <Notice tone="bad" live="alert" title={wv('online.failed')} testId="online-trouble">
          {trouble}
        </Notice>
      )}
      <p role="status">{busy ? wv('online.fetching') : ''}</p>
      <div class="actions">
        <Button onPress={leave}>{wa('consent.decline')}</Button>
        <Button kind="primary" busy={busy} onPress={() => void open()} testId="fetch-request">
          {wv('online.fetch')}
        </Button>
      </div>
    </div>
  )
}

/** The verdict decides: only what is green or amber can be agreed to. */
function Told({ judged, trust: known }: { readonly judged: Judged; readonly trust: Trust }): VNode {
  const [given, setGiven] = useState<{ readonly redirectUri?: string } | undefined>(undefined)
  const { verdict, fetched } = judged
  const { outcome, request, ...rest } = verdict
  const device = { name: request?.host ?? '', number: wv('online.device') }
  const shown = {
    ...rest,
    outcome,
    ...(request === undefined ? {} : { request: { ...request, device } }),
  }
  const mayAnswer = outcome === 'valid' || outcome === 'caution'
  if (!mayAnswer || request === undefined) return <RequestRefused verdict={shown} trust={known} />
  if (given !== undefined) return <Given office={localised(request.office.name)} {...given} />
  return (
    <OnlineConsentForm
      verdict={shown}
      stated={{ ...request, device }}
      compact={fetched.compact}
      trust={known}
      onGiven={(next) => {
        if (!isOwnPage(next.redirectUri)) setGiven(next)
        else goOn(next.redirectUri)
      }}
      onDecline={() => {
        const http = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)
        // The office is told so that nobody waits; that it cannot be told keeps nobody here.
        declineRequest({ request: request.asked, origins: REACHED_ORIGINS, http }).catch(
          () => undefined,
        )
        leave()
      }}
    />
  )
}

/** Asked from a page of this wallet, somebody goes on there without a further press. */
function isOwnPage(address: string | undefined): address is string {
  return (
    address !== undefined && URL.canParse(address) && new URL(address).origin === location.origin
  )
}

function goOn(address: string): void {
  const place = takeForKiosk(address)
  if (place === undefined) location.assign(address)
  else goTo(place)
}

function Given(props: { readonly office: string; readonly redirectUri?: string }): VNode {
  const { office, redirectUri } = props
  return (
    <div class="stack" data-testid="online-given">
      <h1>{wv('online.given', { office })}</h1>
      <p>{wv('online.given-text')}</p>
      <div class="actions">
        {redirectUri === undefined ? null : (
          <a class="button main" href={redirectUri} rel="noreferrer" data-testid="online-back">
            {wv('online.go-back', { host: new URL(redirectUri).host })}
          </a>
        )}
        <Button kind={redirectUri === undefined ? 'primary' : 'secondary'} onPress={leave}>
          {wa('refused.back')}
        </Button>
      </div>
    </div>
  )
}

function Refused({ reason }: { readonly reason: string }): VNode {
  return (
    <div class="stack">
      <h1>{wv('online.title')}</h1>
      <Notice tone="bad" live="alert" testId="online-refused">
        {reason}
      </Notice>
      <div class="actions">
        <Button kind="primary" onPress={leave}>
          {wa('refused.back')}
        </Button>
      </div>
    </div>
  )
}

function NoLink(): VNode {
  const action: ComponentChildren = (
    <Button kind="primary" onPress={() => goTo({ screen: 'add' })}>
      {wv('online.again')}
    </Button>
  )
  return (
    <EmptyScreen title={wv('online.title')} action={action}>
      {wv('online.none')}
    </EmptyScreen>
  )
}

function readLink(text: string): VpLink | Fault {
  try {
    return parseVpLink(text, { walletOrigin: settings.walletOrigin, origins: REACHED_ORIGINS })
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

function leave(): void {
  onlineLink.value = undefined
  goTo({ screen: 'home' })
}
