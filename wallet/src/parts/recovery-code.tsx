/** A recovery code in numbered groups, to be written down or printed. */
import { Button, formatDay } from '@onetrip/ui'
import type { VNode } from 'preact'
import { wb } from '../words-backup.ts'

/** Properties of {@link RecoveryCode}. */
export interface RecoveryCodeProps {
  readonly groups: readonly string[]
  /** Name of the file that it opens. */
  readonly file: string
  /** The day it was made, `YYYY-MM-DD`. */
  readonly day: string
  /** The person has it on paper. */
  readonly onWritten: () => void
}

/** The code; paper says besides what it is for. */
export function RecoveryCode({ groups, file, day, onWritten }: RecoveryCodeProps): VNode {
  return (
    <section>
      <p class="no-print">{wb('code.text')}</p>
      <p class="only-print">{wb('code.printed', { file, day: formatDay(day) })}</p>
      <ol class="recovery-code" aria-label={wb('code.label')} data-testid="recovery-code">
        {groups.map((group, index) => (
          <li key={index}>
            <span class="hint">{index + 1}</span>
            <strong>{group}</strong>
          </li>
        ))}
      </ol>
      <p class="only-print">{wb('code.printed.keep')}</p>
      <div class="actions">
        <Button onPress={() => print()} testId="print-code">
          {wb('code.print')}
        </Button>
        <Button kind="primary" onPress={onWritten} testId="code-written">
          {wb('code.next')}
        </Button>
      </div>
    </section>
  )
}
