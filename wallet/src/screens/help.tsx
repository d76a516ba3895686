/** The wallet's help: verdicts, what is kept, how to erase it; a refusal, a lost phone, no network. */
import { HelpSection, HelpView } from '@onetrip/ui'
import type { VNode } from 'preact'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { hrefOf } from '../routes.ts'
import { w } from '../words.ts'
import { wb } from '../words-backup.ts'
import { wp } from '../words-help.ts'

const KEPT = [
  'licences',
  'copies',
  'history',
  'receipts',
  'drafts',
  'reports',
  'lock',
  'trust',
  'settings',
] as const

/** The help page; it can be read while the wallet is locked. */
export function HelpScreen(): VNode {
  return (
    <WalletShell title={w('place.help')} places="elsewhere">
      <HelpView
        kept={KEPT.map((thing) => ({
          what: wp(`kept.${thing}`),
          where: wp(`kept.${thing}-where`),
          until: wp(`kept.${thing}-until`),
        }))}
        notKept={wp('not-kept')}
        erase={[
          wp('erase.one'),
          <a key="history" class="link-alone" href={hrefOf({ screen: 'history' })}>
            {wp('erase.history')}
          </a>,
          <a key="all" class="link-alone" href={hrefOf({ screen: 'settings' })}>
            {wp('erase.all')}
          </a>,
          wp('erase.elsewhere'),
        ]}
      >
        <HelpSection id="help-asked" title={wp('asked')}>
          <p>{wp('asked.how')}</p>
          <p>{wp('asked.refused')}</p>
          <p>{wp('asked.proof')}</p>
          <p>{wp('asked.delegate')}</p>
        </HelpSection>
        <HelpSection id="help-refused" title={wp('refused')}>
          <p>{wp('refused.again')}</p>
          <p>{wp('refused.state')}</p>
        </HelpSection>
        <HelpSection id="help-phone" title={wp('phone')}>
          <p>{wp('phone.locked')}</p>
          <p>{wp('phone.move')}</p>
          <a class="link-alone" href={hrefOf({ screen: 'lost-phone' })}>
            {wb('phone.title')}
          </a>
        </HelpSection>
        <HelpSection id="help-offline" title={wp('offline')}>
          <p>{wp('offline.works')}</p>
          <p>{wp('offline.not')}</p>
        </HelpSection>
        <HelpSection id="help-lost" title={wp('lost')}>
          <p>{wp('lost.text')}</p>
          <p>{wp('lost.prevent')}</p>
          <a class="link-alone" href={hrefOf({ screen: 'install' })}>
            {wp('lost.guide')}
          </a>
        </HelpSection>
      </HelpView>
    </WalletShell>
  )
}
