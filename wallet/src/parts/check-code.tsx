/** Two groups of a recovery code, typed from paper, before there is a file that nothing else opens. */
import { Button, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { isGroup } from '../backup/recovery-code.ts'
import { platformRandom } from '../platform-random.ts'
import { wb } from '../words-backup.ts'

/** Properties of {@link CheckCode}. */
export interface CheckCodeProps {
  readonly groups: readonly string[]
  readonly busy: boolean
  readonly onBack: () => void
  /** Both groups are right. */
  readonly onRight: () => void
}

/** The form. */
export function CheckCode({ groups, busy, onBack, onRight }: CheckCodeProps): VNode {
  const [asked] = useState(() => twoOf(groups.length))
  const [typed, setTyped] = useState<readonly string[]>(() => groups.map(() => ''))
  const [checked, setChecked] = useState(false)
  const isRight = (index: number): boolean => isGroup(typed[index] ?? '', groups[index] ?? '')
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        setChecked(true)
        if (!busy && asked.every(isRight)) onRight()
      }}
    >
      <p>{wb('check.text')}</p>
      {asked.map((index, order) => (
        <TextField
          key={index}
          label={wb('check.group', { number: index + 1 })}
          name={`group-${index + 1}`}
          value={typed[index] ?? ''}
          onInput={(value) => setTyped(typed.with(index, value))}
          error={checked && !isRight(index) ? wb('check.wrong', { number: index + 1 }) : undefined}
          testId={`check-${order + 1}`}
        />
      ))}
      <div class="actions">
        <Button onPress={onBack} testId="check-back">
          {wb('check.back')}
        </Button>
        <Button kind="primary" type="submit" busy={busy} testId="make-backup">
          {wb('check.make')}
        </Button>
      </div>
    </form>
  )
}

/** Two different places, the earlier first. */
function twoOf(count: number): readonly number[] {
  const [one = 0, other = 0] = platformRandom(2)
  const first = one % count
  return [first, (first + 1 + (other % (count - 1))) % count].toSorted((a, b) => a - b)
}
