/** What became of the last thing that somebody did. */
import { Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { wc } from '../words-cases.ts'
import type { Work } from './use-work.ts'

/** The notice; nothing while there is nothing to say. What went wrong comes into sight: the button may be far below. */
export function WorkNotice({ of: { trouble, note } }: { readonly of: Work }): VNode | null {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (trouble !== undefined) place.current?.scrollIntoView({ block: 'nearest' })
  }, [trouble])
  if (trouble !== undefined) {
    return (
      <div ref={place}>
        <Notice tone="bad" live="alert" title={wc('failed')} testId="work-trouble">
          {trouble}
        </Notice>
      </div>
    )
  }
  return note === undefined ? null : (
    <Notice tone="good" live="status" testId="work-note">
      {note}
    </Notice>
  )
}
