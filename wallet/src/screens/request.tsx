/** An office's request: who asks, what would be shown, one consent; or why the wallet refuses. No network. */
import { answerBytes, type OfficeRequest, parseRequest, requestText } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import { Button, type CodeInput, Data, EmptyScreen, Notice, withNodes } from '@onetrip/ui'
import { type RequestVerdict, verifyRequest } from '@onetrip/verifier'
import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { askedRequest } from '../asked/asked-state.ts'
import type { ConsentEntry } from '../asked/consent-entry.ts'
import { type DelegatedFit, delegatedFits } from '../delegates/delegated-fits.ts'
import { AnswerCode } from '../parts/answer-code.tsx'
import { ConsentForm } from '../parts/consent-form.tsx'
import { DelegateConsent } from '../parts/delegate-consent.tsx'
import { NoTrustData } from '../parts/no-trust-data.tsx'
import { RequestRefused } from '../parts/request-refused.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { goTo, licences, now, trust } from '../wallet-state.ts'
import { wa } from '../words-asked.ts'
import { wd } from '../words-delegates.ts'

/** The screen of the request that was scanned. */
export function RequestScreen(): VNode {
  const input = askedRequest.value
  const known = trust.value
  const [given, setGiven] = useState<ConsentEntry | undefined>(undefined)
  if (given !== undefined) return <AnswerCode entry={given} />
  if (input === undefined) return <NoRequest />
  return (
    <Frame>
      {known === undefined ? (
        <NoTrustData />
      ) : (
        <Judged key={String(input)} input={input} trust={known} onGiven={setGiven} />
      )}
    </Frame>
  )
}

function Frame({ children }: { readonly children: ComponentChildren }): VNode {
  return (
    <WalletShell title={wa('request.title')} busy>
      <div class="page" data-testid="request-screen">
        {children}
      </div>
    </WalletShell>
  )
}

function NoRequest(): VNode {
  return (
    <Frame>
      <EmptyScreen
        title={wa('request.title')}
        action={
          <Button kind="primary" onPress={() => goTo({ screen: 'add' })}>
            {wa('request.again')}
          </Button>
        }
      >
        {wa('request.none')}
      </EmptyScreen>
    </Frame>
  )
}

interface JudgedProps {
  readonly input: CodeInput
  readonly trust: Trust
  readonly onGiven: (entry: ConsentEntry) => void
}

interface Read {
  readonly verdict: RequestVerdict
  /** Present when it may be answered. */
  readonly request?: OfficeRequest
}

/** The verdict decides: only what is green or amber can be agreed to. */
function Judged({ input, trust: known, onGiven }: JudgedProps): VNode {
  const [read, setRead] = useState<Read | undefined>(undefined)
  useEffect(() => {
    let stopped = false
    void judged(input, known).then((found) => {
      if (!stopped) setRead(found)
    })
    return () => {
      stopped = true
    }
    // Trust data that come while it is read must not change what a person is reading.
  }, [])
  if (read === undefined) return <p role="status">{wa('request.checking')}</p>
  const { verdict, request } = read
  if (request === undefined || verdict.request === undefined) {
    return <RequestRefused verdict={verdict} trust={known} />
  }
  const text = typeof input === 'string' ? input : requestText(input)
  return <Consent {...{ verdict, stated: verdict.request, request, text, onGiven }} />
}

/** The holder's own consent, or where somebody let them answer in this matter, a delegate's. */
function Consent(props: Parameters<typeof ConsentForm>[0]): VNode {
  const [acting, setActing] = useState<DelegatedFit | undefined>(undefined)
  const fits = useMemo(
    () => delegatedFits(props.request, { licences: licences.value, now: now() }),
    [props.request, licences.value],
  )
  if (acting !== undefined) {
    return <DelegateConsent {...props} fit={acting} onBack={() => setActing(undefined)} />
  }
  return (
    <>
      {fits.length === 0 ? null : (
        <Notice tone="good" testId="act-offer">
          {wd('act.offer')}
          <span class="actions">
            {fits.map((fit) => (
              <Button key={fit.code} onPress={() => setActing(fit)} testId="act">
                {withNodes(wd('act.choose'), { name: <Data>{nameOf(fit)}</Data> })}
              </Button>
            ))}
          </span>
        </Notice>
      )}
      <ConsentForm {...props} />
    </>
  )
}

function nameOf({ parts }: DelegatedFit): string {
  return parts.find(({ record }) => record.holder !== undefined)?.record.holder ?? wd('unnamed')
}

async function judged(input: CodeInput, known: Trust): Promise<Read> {
  const verdict = await verifyRequest(input, { trust: known, now: now() })
  const mayAnswer = verdict.outcome === 'valid' || verdict.outcome === 'caution'
  return mayAnswer ? { verdict, request: parseRequest(answerBytes(input)) } : { verdict }
}
