/** The installing guide: this browser's way first, the others folded away. */
import { Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { presentInstallWay } from '../install-state.ts'
import { BackLink } from '../parts/back-link.tsx'
import { InstallSteps } from '../parts/install-steps.tsx'
import { Keeping } from '../parts/keeping.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { wi } from '../words-install.ts'

const OTHER_WAYS = ['ios', 'android', 'desktop'] as const

/** The guide. */
export function InstallScreen(): VNode {
  const way = presentInstallWay()
  return (
    <WalletShell title={wi('install.title')} places="elsewhere">
      <div class="page" data-testid="install-screen">
        <BackLink to={{ screen: 'settings' }}>{wi('install.back')}</BackLink>
        <h1>{wi('install.title')}</h1>
        <p>{wi('install.why')}</p>
        {way === 'installed' ? (
          <Notice tone="good" live="status" testId="install-installed">
            {wi('install.installed')}
          </Notice>
        ) : (
          <InstallSteps way={way} />
        )}
        <Keeping isGuide />
        {OTHER_WAYS.filter((other) => other !== way).map((other) => (
          <details key={other} class="panel">
            <summary>{wi(`${other}.steps`)}</summary>
            <InstallSteps way={other} />
          </details>
        ))}
      </div>
    </WalletShell>
  )
}
