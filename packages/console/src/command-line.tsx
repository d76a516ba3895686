/** A command for whoever runs the server, to be read, selected, or copied by a button. */

import { Button } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { tt } from './words-trust.ts'

/** The command and its button; a browser that lets nothing be copied says so, and the words stay to be selected. */
export function CommandLine({ command }: { readonly command: string }): VNode {
  const [copied, setCopied] = useState<boolean>()
  const copy = (): void => {
    void navigator.clipboard.writeText(command).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <div class="command">
      <code lang="en" translate={false}>
        {command}
      </code>
      <div class="chips no-print">
        <Button kind="quiet" onPress={copy} testId="copy-command">
          {tt('copy')}
        </Button>
        <span role="status">
          {copied === undefined ? '' : tt(copied ? 'copied' : 'copied.not')}
        </span>
      </div>
    </div>
  )
}
