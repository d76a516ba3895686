/** The frame of every page of the wallet: help stands at the same place of each (WCAG 3.2.6). */
import { AppShell, lazyScreen } from '@onetrip/ui'
import type { ComponentChildren, VNode } from 'preact'
import { kioskSeconds } from '../kiosk.ts'
import { hrefOf } from '../routes.ts'
import { route, settings } from '../wallet-state.ts'
import { w } from '../words.ts'
import { type PlaceName, Places } from './places.tsx'

/** Properties of {@link WalletShell}. */
export interface WalletShellProps {
  /** What this page is. */
  readonly title: string
  readonly children: ComponentChildren
  /** The place this page is, or `elsewhere`; left out, the page shows no places. */
  readonly places?: PlaceName | 'elsewhere'
  /** Never ask to update while something is going on. */
  readonly busy?: boolean
}

const KioskEnd = lazyScreen(async () => (await import('../cases/kiosk-end.tsx')).KioskEnd)

/** Frames a page. */
export function WalletShell({ title, children, places, busy = false }: WalletShellProps): VNode {
  const isKiosk = kioskSeconds !== undefined
  return (
    <AppShell
      name={w('app.name')}
      title={title}
      actions={isKiosk ? <KioskEnd /> : <HelpLink />}
      places={isKiosk || places === undefined ? undefined : <Places here={places} />}
      demonstration={settings.environment !== 'production'}
      busy={busy}
    >
      {children}
    </AppShell>
  )
}

function HelpLink(): VNode {
  return (
    <a
      class="button button-quiet"
      href={hrefOf({ screen: 'help' })}
      aria-current={route.value.screen === 'help' ? 'page' : undefined}
      data-testid="help-link"
    >
      {w('place.help')}
    </a>
  )
}
