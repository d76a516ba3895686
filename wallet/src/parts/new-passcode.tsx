/** A new passcode, typed twice; what is wrong with it is said at the field. */
import type { VNode } from 'preact'
import { passcodeProblem } from '../passcode-key.ts'
import { wk } from '../words-lock.ts'
import { PasscodeField } from './passcode-field.tsx'

/** A new passcode as it is typed. */
export interface NewPasscodeTyped {
  readonly passcode: string
  readonly repeated: string
}

/** Nothing typed yet. */
export const NOTHING_TYPED: NewPasscodeTyped = { passcode: '', repeated: '' }

/** Says what is wrong with what was typed. */
export function typedProblem(
  typed: NewPasscodeTyped,
): 'short' | 'simple' | 'different' | undefined {
  return (
    passcodeProblem(typed.passcode) ?? (typed.passcode === typed.repeated ? undefined : 'different')
  )
}

/** Properties of {@link NewPasscode}. */
export interface NewPasscodeProps {
  readonly typed: NewPasscodeTyped
  readonly onType: (typed: NewPasscodeTyped) => void
  /** Set once the person went on: before that nothing is found wrong. */
  readonly checked: boolean
  readonly focused?: boolean
}

/** The two fields. */
export function NewPasscode({ typed, onType, checked, focused }: NewPasscodeProps): VNode {
  const problem = checked ? typedProblem(typed) : undefined
  const words = problem && wk(`passcode.${problem}`)
  return (
    <>
      <PasscodeField
        label={wk('lock-settings.new')}
        kind="new"
        value={typed.passcode}
        onInput={(passcode) => onType({ ...typed, passcode })}
        hint={wk('lock-settings.new.hint')}
        error={problem === 'different' ? undefined : words}
        focused={focused ?? false}
        revealable
        testId="passcode-new"
      />
      <PasscodeField
        label={wk('lock-settings.repeat')}
        kind="new"
        value={typed.repeated}
        onInput={(repeated) => onType({ ...typed, repeated })}
        error={problem === 'different' ? words : undefined}
        testId="passcode-repeat"
      />
    </>
  )
}
