/** The counter's help: results, what is kept, how to erase it; keyboard, trouble, no network. */

import { HelpSection, HelpView } from '@onetrip/ui'
import type { VNode } from 'preact'
import { placeAddress } from '../places.ts'
import { th } from '../words-help.ts'

const KEPT = ['records', 'marks', 'reports', 'trust', 'settings'] as const

/** The help page. */
export function HelpScreen(): VNode {
  return (
    <HelpView
      kept={KEPT.map((thing) => ({
        what: th(`kept.${thing}`),
        where: th(`kept.${thing}-where`),
        until: th(`kept.${thing}-until`),
      }))}
      notKept={th('not-kept')}
      erase={[
        <a key="records" class="link-alone" href={placeAddress('recent')}>
          {th('erase.records')}
        </a>,
        th('erase.exports'),
      ]}
    >
      <HelpSection id="help-trouble" title={th('trouble')}>
        <p>{th('trouble.paper')}</p>
        <p>{th('trouble.wedge')}</p>
        <p>{th('trouble.animated')}</p>
        <p>{th('trouble.picture')}</p>
      </HelpSection>
      <HelpSection id="help-ask" title={th('ask')}>
        <p>{th('ask.how')}</p>
        <p>{th('ask.who')}</p>
        <p>{th('ask.delegate')}</p>
        <p>{th('ask.late')}</p>
      </HelpSection>
      <HelpSection id="help-keys" title={th('keys')}>
        <p>{th('keys.scan')}</p>
        <p>{th('keys.leave')}</p>
      </HelpSection>
      <HelpSection id="help-offline" title={th('offline')}>
        <p>{th('offline.text')}</p>
      </HelpSection>
    </HelpView>
  )
}
