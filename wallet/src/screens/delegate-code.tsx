/** The code of a delegate's key: whoever wants to be gone for scans it. It says nothing of the person. */
import { delegateCode } from '@onetrip/credential'
import { Button, Data, EmptyScreen, localised, QrView, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { candidates } from '../asked/candidates.ts'
import { isOfNoUse } from '../asked/fitting.ts'
import { isUnbound } from '../held-licence.ts'
import { holderPublicKey } from '../holder-key.ts'
import { BackLink } from '../parts/back-link.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { goTo } from '../wallet-state.ts'
import { wd } from '../words-delegates.ts'
import { wo } from '../words-offer.ts'

/** The screen with the code. */
export function DelegateCodeScreen(): VNode {
  const [own] = candidates().filter(
    ({ licence, content, state }) =>
      content.type.about === 'person' && !isUnbound(licence) && !isOfNoUse(state),
  )
  // The copy in front changes with each showing; the code on the screen must not.
  const code = useMemo(
    () => own && delegateCode(holderPublicKey(own.licence.keys.cbor)),
    [own?.licence.id],
  )
  return (
    <WalletShell title={wd('code.title')} places="elsewhere">
      <div class="page" data-testid="delegate-code-screen">
        <BackLink to={{ screen: 'add' }}>{wo('add.title')}</BackLink>
        {own === undefined || code === undefined ? (
          <EmptyScreen
            title={wd('code.title')}
            action={
              <Button kind="primary" onPress={() => goTo({ screen: 'add' })}>
                {wo('add.title')}
              </Button>
            }
          >
            {wd('code.none')}
          </EmptyScreen>
        ) : (
          <>
            <h1>{wd('code.title')}</h1>
            <p>{wd('code.text')}</p>
            <div class="delegate-qr" data-testid="qr" data-text={code}>
              <QrView text={code} errorCorrection="M" label={wd('code.title')} />
            </div>
            <p class="hint">{wd('code.copy')}</p>
            <p class="identifier" data-testid="delegate-code">
              <Data>{code}</Data>
            </p>
            <dl class="rows">
              <Row term={wd('code.licence')}>
                {localised(own.licence.summary.typeName)} <Data>{own.licence.summary.holder}</Data>
              </Row>
            </dl>
          </>
        )}
      </div>
    </WalletShell>
  )
}
