/** The list of what may be shown or kept back, as check boxes. */
import { CheckField, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import { type ClaimChoice, toggled } from '../disclosure.ts'
import { wl } from '../words-licence.ts'

/** Properties of {@link ClaimChoices}. */
export interface ClaimChoicesProps {
  readonly choice: ClaimChoice
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
  readonly title: string
  readonly hint: string
}

/** One check box per claim that may be kept back; what is always shown is named under them. */
export function ClaimChoices(props: ClaimChoicesProps): VNode {
  const { choice, chosen, onChange, title, hint } = props
  if (choice.selectable.length === 0) {
    return <p class="hint">{wl('show.choose.none')}</p>
  }
  return (
    <fieldset class="choices">
      <legend>{title}</legend>
      <p class="hint">{hint}</p>
      {choice.selectable.map((claim) => (
        <CheckField
          key={claim.name}
          name={claim.name}
          label={localised(claim.display)}
          checked={chosen.has(claim.name)}
          onChange={() => onChange(toggled(choice, chosen, claim.name))}
          testId={`choose-${claim.name}`}
        />
      ))}
    </fieldset>
  )
}
