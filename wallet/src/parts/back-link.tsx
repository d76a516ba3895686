/** The way back, at the top of a page. */
import { SignIcon } from '@onetrip/ui'
import type { VNode } from 'preact'
import { hrefOf, type Route } from '../routes.ts'

/** Properties of {@link BackLink}. */
export interface BackLinkProps {
  readonly to: Route
  readonly children: string
}

/** A link back. */
export function BackLink({ to, children }: BackLinkProps): VNode {
  return (
    <a class="back-link" href={hrefOf(to)}>
      <SignIcon sign="back" />
      <span>{children}</span>
    </a>
  )
}
