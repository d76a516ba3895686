/** Scanning begins here: an agency's code to receive, an office's request, its receipt; or the pasted text of one. */
import { deviceSignedForm } from '@onetrip/credential'
import { Button, type CodeInput, ScannerView, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { showReceipt, showRequest } from '../asked/asked-state.ts'
import { isAboutDelegates, showDelegates } from '../delegates/delegates-state.ts'
import { isOfferText } from '../offer-text.ts'
import { isVpLinkText } from '../openid4vp-link-text.ts'
import { OfferPicture } from '../parts/offer-picture.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { hrefOf } from '../routes.ts'
import { settings, showOffer, showOnlineRequest } from '../wallet-state.ts'
import { w } from '../words.ts'
import { wg } from '../words-agency.ts'
import { wd } from '../words-delegates.ts'
import { wo } from '../words-offer.ts'

/** The screen for scanning. */
export function AddScreen(): VNode {
  const [link, setLink] = useState('')
  return (
    <WalletShell title={wo('add.title')} places="add">
      <div class="page" data-testid="add-screen">
        <h1>{wo('add.title')}</h1>
        <p>{wo('add.scan')}</p>
        <ScannerView
          onCode={open}
          onMessage={open}
          isOurs={isOurs}
          foreignText={wo('add.foreign')}
        />
        <OfferPicture isOurs={isOurs} onText={open} />
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            open(link.trim())
          }}
        >
          <h2>{wo('add.paste')}</h2>
          <TextField
            label={wo('add.paste.label')}
            name="link"
            value={link}
            onInput={setLink}
            hint={wo('add.paste.hint', { origin: settings.walletOrigin })}
            testId="link-input"
          />
          <div class="actions">
            <Button type="submit" disabled={link.trim() === ''} testId="open-link">
              {wo('add.open')}
            </Button>
          </div>
        </form>
        <a class="link-alone" href={hrefOf({ screen: 'cases' })} data-testid="cases-link">
          {w('home.cases')}
        </a>
        <a class="link-alone" href={hrefOf({ screen: 'agency' })} data-testid="agency-link">
          {wg('agency.link')}
        </a>
        <a
          class="link-alone"
          href={hrefOf({ screen: 'delegate-code' })}
          data-testid="delegate-code-link"
        >
          {wd('code.open')}
        </a>
      </div>
    </WalletShell>
  )
}

function isOurs(text: string): boolean {
  const { walletOrigin } = settings
  return (
    isOfferText(text, walletOrigin) ||
    isVpLinkText(text, walletOrigin) ||
    deviceSignedForm(text) !== undefined ||
    isAboutDelegates(text)
  )
}

/** What is none of these is taken for an offer, and what is wrong with it is said there. */
function open(input: CodeInput): void {
  const form = deviceSignedForm(input)
  if (form === 'request') showRequest(input)
  else if (form === 'receipt') showReceipt(input)
  else if (isAboutDelegates(input)) showDelegates(input)
  else if (typeof input === 'string' && isVpLinkText(input, settings.walletOrigin)) {
    showOnlineRequest(input)
  } else showOffer(typeof input === 'string' ? input : '')
}
