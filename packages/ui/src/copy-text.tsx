/** A text for another program, to be read, selected, or copied by a button. */
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from './button.tsx'
import { t } from './messages.ts'

/** Properties of {@link CopyText}. */
export interface CopyTextProps {
  readonly text: string
  readonly testId: string
}

/** The text and its button; a browser that lets nothing be copied says so, and the text stays to be selected. */
export function CopyText({ text, testId }: CopyTextProps): VNode {
  const [copied, setCopied] = useState<boolean>()
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      // Without a secure context there is no clipboard at all.
      setCopied(false)
    }
  }
  return (
    <span class="copy-text">
      <code lang="en" translate={false}>
        {text}
      </code>{' '}
      <span class="no-print">
        <Button kind="quiet" onPress={() => void copy()} testId={testId}>
          {t('copy.do')}
        </Button>
        <span role="status">
          {copied === undefined ? '' : t(copied ? 'copy.done' : 'copy.not')}
        </span>
      </span>
    </span>
  )
}
