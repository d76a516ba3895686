/** An offer on the screen: who issues what, the code, and what became of it. */
import { Fault } from '@onetrip/codec'
import { Button, EmptyScreen, Notice, TextField } from '@onetrip/ui'
import type { ComponentChildren, VNode } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { codeOf, explain } from '../error-words.ts'
import type { HeldLicence } from '../held-licence.ts'
import { type CredentialOffer, parseOffer } from '../offer.ts'
import { HeldCard } from '../parts/held-card.tsx'
import { OfferSummary } from '../parts/offer-summary.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { assertOfferKnown, type ReceiveStep, receiveOffer } from '../receive-offer.ts'
import { stateNow } from '../state-now.ts'
import { closeOffer, goTo, offerText, settings } from '../wallet-state.ts'
import { wl } from '../words-licence.ts'
import { wo } from '../words-offer.ts'

type Progress =
  | { readonly phase: 'asking'; readonly trouble?: string }
  | { readonly phase: 'working'; readonly step: ReceiveStep }
  | { readonly phase: 'done'; readonly licence: HeldLicence }

/** The screen of an opened offer. */
export function OfferScreen(): VNode {
  const text = offerText.value
  const offer = useMemo(() => (text === undefined ? undefined : readOffer(text)), [text])
  useEffect(() => {
    if (text === undefined) {
      goTo({ screen: 'home' })
    }
  }, [text])
  return (
    <OfferFrame>
      {offer === undefined ? null : offer instanceof Fault ? (
        <Refused reason={explain(offer.code)} />
      ) : (
        <KnownOffer key={text} offer={offer} />
      )}
    </OfferFrame>
  )
}

function OfferFrame({ children }: { readonly children: ComponentChildren }): VNode {
  return (
    <WalletShell title={wo('offer.title')} busy>
      <div class="page" data-testid="offer-screen">
        {children}
      </div>
    </WalletShell>
  )
}

function KnownOffer({ offer }: { readonly offer: CredentialOffer }): VNode {
  const refusal = refusalOf(offer)
  return refusal === undefined ? <Accepting offer={offer} /> : <Refused reason={refusal} />
}

function Accepting({ offer }: { readonly offer: CredentialOffer }): VNode {
  const [txCode, setTxCode] = useState('')
  const [progress, setProgress] = useState<Progress>({ phase: 'asking' })
  if (progress.phase === 'done') {
    return <Done licence={progress.licence} />
  }
  const working = progress.phase === 'working'
  const accept = async (): Promise<void> => {
    try {
      const licence = await receiveOffer({
        offer,
        ...(offer.txCode === undefined ? {} : { txCode: txCode.trim() }),
        onStep: (step) => setProgress({ phase: 'working', step }),
      })
      setProgress({ phase: 'done', licence })
    } catch (error) {
      setProgress({ phase: 'asking', trouble: explain(codeOf(error)) })
    }
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void accept()
      }}
    >
      <h1>{wo('offer.title')}</h1>
      <OfferSummary offer={offer} />
      {offer.txCode === undefined ? null : (
        <TextField
          label={wo('offer.code')}
          name="txcode"
          value={txCode}
          onInput={setTxCode}
          required
          inputMode={offer.txCode.inputMode}
          autoComplete="one-time-code"
          hint={
            offer.txCode.length === undefined
              ? wo('offer.code.any')
              : wo('offer.code.digits', { length: offer.txCode.length })
          }
          testId="txcode-input"
        />
      )}
      {progress.phase === 'asking' && progress.trouble !== undefined ? (
        <Notice tone="bad" live="alert" title={wo('offer.failed')} testId="offer-trouble">
          {progress.trouble} {wo('offer.nothingStored')}
        </Notice>
      ) : null}
      <p class="offer-step" role="status">
        {working ? wo(`offer.step.${progress.step}`) : ''}
      </p>
      <div class="actions">
        <Button onPress={declineOffer} disabled={working}>
          {wo('offer.decline')}
        </Button>
        <Button kind="primary" type="submit" busy={working} testId="accept-offer">
          {wo('offer.accept')}
        </Button>
      </div>
    </form>
  )
}

function Done({ licence }: { readonly licence: HeldLicence }): VNode {
  const state = stateNow(licence)
  return (
    <div class="stack" data-testid="offer-done">
      <Notice tone="good" live="status" title={wo('offer.done.title')}>
        {wo('offer.done.text')}
      </Notice>
      <div class="licence-page">
        <HeldCard licence={licence} state={state} headingLevel={1} sealed />
      </div>
      <div class="actions">
        <Button
          kind="primary"
          testId="open-received"
          onPress={() => goTo({ screen: 'details', id: licence.id })}
        >
          {wo('offer.done.open')}
        </Button>
      </div>
    </div>
  )
}

function Refused({ reason }: { readonly reason: string }): VNode {
  return (
    <EmptyScreen
      title={wo('offer.failed')}
      sign="cross"
      testId="offer-refused"
      action={
        <Button kind="primary" onPress={addAnother}>
          {wl('common.retry')}
        </Button>
      }
    >
      {reason} {wo('offer.nothingStored')}
    </EmptyScreen>
  )
}

function declineOffer(): void {
  goTo({ screen: 'home' })
  closeOffer()
}

function addAnother(): void {
  goTo({ screen: 'add' })
  closeOffer()
}

function refusalOf(offer: CredentialOffer): string | undefined {
  try {
    assertOfferKnown(offer)
    return undefined
  } catch (error) {
    return explain(codeOf(error))
  }
}

function readOffer(text: string): CredentialOffer | Fault {
  try {
    return parseOffer(text, settings.walletOrigin)
  } catch (error) {
    if (error instanceof Fault) {
      return error
    }
    throw error
  }
}
