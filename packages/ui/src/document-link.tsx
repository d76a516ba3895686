/** The way from a face's first screen to the checking of sealed files. */

import type { VNode } from 'preact'
import { t } from './messages.ts'
import { SignIcon } from './sign-icon.tsx'

/** Properties of {@link DocumentLink}. */
export interface DocumentLinkProps {
  readonly href: string
}

/** A link as wide as its column. */
export function DocumentLink({ href }: DocumentLinkProps): VNode {
  return (
    <a class="document-link" href={href} data-testid="document-link">
      <SignIcon sign="seal" />
      <span class="document-link-words">
        <strong>{t('document.title')}</strong>
        <span class="hint">{t('document.hint')}</span>
      </span>
    </a>
  )
}
