/** What of the trust data waits for people with offline keys, and the commands by which they sign it. */

import { CopyText, formatDate, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { areTargetsDue, isRootDue, offlineSteps } from '../offline-steps.ts'
import type { Me } from '../session.ts'
import type { OfflineTrust } from '../trust-data.ts'
import { roleWords, tt } from '../words-trust.ts'

/** The part of the page. */
export function OfflineTrustPart(props: {
  readonly me: Me
  readonly offline: OfflineTrust
}): VNode {
  const { me, offline } = props
  if (offline.signsItself) return <p class="hint">{tt('offline.demo')}</p>
  if (offline.root === null) return <Notice tone="caution">{tt('offline.no-root')}</Notice>
  if (!isRootDue(offline) && !areTargetsDue(offline)) {
    return <p class="hint">{tt('offline.none')}</p>
  }
  return (
    <section class="stack" data-testid="offline-waits">
      <Notice tone="caution" title={tt('offline.text')}>
        <Reasons offline={offline} />
      </Notice>
      {me.rights.includes('manage-keys') ? (
        <ol class="stack" data-testid="offline-steps">
          {offlineSteps(offline, me.name).map(({ at, command }) => (
            <li key={command}>
              {tt(`step.${at}`)}
              <p class="command">
                <CopyText text={command} testId="copy-command" />
              </p>
            </li>
          ))}
        </ol>
      ) : null}
    </section>
  )
}

function Reasons({ offline }: { readonly offline: OfflineTrust }): VNode {
  const { changed, changedCount, ending, olderKeys } = offline
  const more = changedCount > changed.length ? ' …' : ''
  return (
    <ul>
      {changedCount > 0 ? (
        <li>{tt('offline.changed', { count: changedCount, paths: changed.join(', ') + more })}</li>
      ) : null}
      {ending.map(({ role, expiresAt }) => (
        <li key={role}>
          {tt('offline.ends', { role: roleWords(role), day: formatDate(expiresAt) })}
        </li>
      ))}
      {olderKeys.length > 0 ? (
        <li>{tt('offline.older-keys', { roles: olderKeys.map(roleWords).join(', ') })}</li>
      ) : null}
    </ul>
  )
}
