/** Making out a copy (加注件): for whom, for what, until when, with which claims. */

import { Fault } from '@onetrip/codec'
import { localised, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { type CopyWindow, copyWindow } from '../copy-limits.ts'
import { type HeldLicence, isUnbound } from '../held-licence.ts'
import { licenceContent } from '../licence-content.ts'
import { BackLink } from '../parts/back-link.tsx'
import { CopyForm } from '../parts/copy-form.tsx'
import { MissingLicence } from '../parts/missing-licence.tsx'
import { NoTrustData } from '../parts/no-trust-data.tsx'
import { UnboundNotice } from '../parts/unbound-notice.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { licences, now, trust } from '../wallet-state.ts'
import { wl } from '../words-licence.ts'

/** Properties of {@link CopyScreen}. */
export interface CopyScreenProps {
  readonly id: string
}

/** The screen where a copy of one licence is made out. */
export function CopyScreen({ id }: CopyScreenProps): VNode {
  const licence = licences.value.find((one) => one.id === id)
  if (licence === undefined) {
    return <MissingLicence />
  }
  return (
    <WalletShell title={wl('copy.title')} places="elsewhere">
      <div class="page" data-testid="copy-screen">
        <BackLink to={{ screen: 'details', id }}>{wl('back.details')}</BackLink>
        <h1>{wl('copy.title')}</h1>
        <p class="lead">{localised(licence.summary.typeName)}</p>
        <p>{wl('copy.intro')}</p>
        <CopyBody licence={licence} />
      </div>
    </WalletShell>
  )
}

function CopyBody({ licence }: { readonly licence: HeldLicence }): VNode {
  const content = licenceContent(licence, trust.value)
  const window = windowOf(licence)
  if (isUnbound(licence)) {
    return <UnboundNotice licence={licence} />
  }
  if (content === undefined) {
    return <NoTrustData />
  }
  if (window === undefined) {
    return <Notice tone="caution">{wl('copy.window')}</Notice>
  }
  return <CopyForm key={licence.id} licence={licence} content={content} window={window} />
}

function windowOf({ summary }: HeldLicence): CopyWindow | undefined {
  try {
    return copyWindow({
      now: now(),
      credentialExpiresAt: summary.expiresAt,
      licenceValidTo: summary.validTo,
    })
  } catch (error) {
    if (error instanceof Fault) {
      return undefined
    }
    throw error
  }
}
