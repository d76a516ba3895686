/** What became of the last thing that somebody did. */
import { Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { wc } from '../words-cases.ts'
import type { Work } from './use-work.ts'

/** The notice; nothing while there is nothing to say. */
export function WorkNotice({ of: { trouble, note } }: { readonly of: Work }): VNode | null {
  if (trouble !== undefined) {
    return (
      <Notice tone="bad" live="alert" title={wc('failed')} testId="work-trouble">
        {trouble}
      </Notice>
    )
  }
  return note === undefined ? null : (
    <Notice tone="good" live="status" testId="work-note">
      {note}
    </Notice>
  )
}
