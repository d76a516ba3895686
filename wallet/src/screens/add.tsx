/** Receiving begins here: scan the agency's code, or paste its link. */
import { Button, ScannerView, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { isOfferText } from '../offer-text.ts'
import { OfferPicture } from '../parts/offer-picture.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { settings, showOffer } from '../wallet-state.ts'
import { wo } from '../words-offer.ts'

/** The screen for adding a licence. */
export function AddScreen(): VNode {
  const [link, setLink] = useState('')
  return (
    <WalletShell title={wo('add.title')} places="add">
      <div class="page" data-testid="add-screen">
        <h1>{wo('add.title')}</h1>
        <p>{wo('add.scan')}</p>
        <ScannerView
          onCode={showOffer}
          isOurs={(text) => isOfferText(text, settings.walletOrigin)}
          foreignText={wo('add.foreign')}
        />
        <OfferPicture />
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault()
            showOffer(link)
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
      </div>
    </WalletShell>
  )
}
