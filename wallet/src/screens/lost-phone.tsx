/** A lost phone, step by step; read on the new one. */
import type { VNode } from 'preact'
import { BackLink } from '../parts/back-link.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { hrefOf, type Route } from '../routes.ts'
import { wb } from '../words-backup.ts'

interface Step {
  readonly name: 'void' | 'old' | 'restore' | 'receive' | 'lock' | 'backup'
  /** Where it is done. */
  readonly at?: Extract<Route['screen'], 'agency' | 'restore' | 'lock' | 'backup'>
}

const STEPS: readonly Step[] = [
  { name: 'void', at: 'agency' },
  { name: 'old' },
  { name: 'restore', at: 'restore' },
  { name: 'receive', at: 'agency' },
  { name: 'lock', at: 'lock' },
  { name: 'backup', at: 'backup' },
]

/** The page; it can be read while the wallet is locked. */
export function LostPhoneScreen(): VNode {
  return (
    <WalletShell title={wb('phone.title')} places="elsewhere">
      <div class="page" data-testid="lost-phone-screen">
        <BackLink to={{ screen: 'settings' }}>{wb('back')}</BackLink>
        <h1>{wb('phone.title')}</h1>
        <ol class="install-steps">
          {STEPS.map(({ name, at }) => (
            <li key={name}>
              <h2>
                {at === undefined ? (
                  wb(`phone.${name}`)
                ) : (
                  <a class="link-alone" href={hrefOf({ screen: at })}>
                    {wb(`phone.${name}`)}
                  </a>
                )}
              </h2>
              <p>{wb(`phone.${name}.text`)}</p>
            </li>
          ))}
        </ol>
      </div>
    </WalletShell>
  )
}
