/** What stands in the place of something that is not loaded. */
import { Button, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { wc } from '../words-cases.ts'
import type { Loaded } from './use-loaded.ts'

/** A word while it loads; why it did not, and a button to try again. */
export function LoadNotice({ of }: { readonly of: Loaded<unknown> }): VNode | null {
  if (of.trouble !== undefined) {
    return (
      <Notice
        tone="bad"
        live="alert"
        title={wc('failed')}
        testId="case-trouble"
        action={<Button onPress={() => void of.again()}>{wc('retry')}</Button>}
      >
        {of.trouble}
      </Notice>
    )
  }
  return of.value === undefined ? <p role="status">{wc('loading')}</p> : null
}
