/** Which of several licences serves as a material, or none of them. */
import { Data, formatValidity, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import type { Fitting } from '../asked/fitting.ts'
import { wa } from '../words-asked.ts'
import { StatusLine } from './status-line.tsx'

/** Properties of {@link LicenceChoice}. */
export interface LicenceChoiceProps {
  /** The material. */
  readonly title: string
  readonly fits: readonly Fitting[]
  readonly chosen: Fitting | undefined
  readonly onChoose: (fitting: Fitting | undefined) => void
}

/** One radio button for each licence, and one for none. */
export function LicenceChoice({ title, fits, chosen, onChoose }: LicenceChoiceProps): VNode {
  const name = `serves-${title}`
  return (
    <fieldset class="choices">
      <legend>{wa('want.choose')}</legend>
      {fits.map((fitting) => {
        const { licence, state } = fitting
        const { summary } = licence
        return (
          <label key={licence.id} class="check">
            <input
              type="radio"
              name={name}
              checked={chosen?.licence.id === licence.id}
              onChange={() => onChoose(fitting)}
              data-testid="wanted-choice"
            />
            <span class="check-text">
              <span class="check-label">
                {localised(summary.typeName)} · <Data>{summary.number}</Data>
              </span>
              <span class="hint">
                <Data pictures={summary.holderPictures}>{summary.holder}</Data> ·{' '}
                {formatValidity(summary)}
              </span>
              {state.state === 'in-force' || state.state === 'checking' ? null : (
                <StatusLine state={state} summary={summary} />
              )}
            </span>
          </label>
        )
      })}
      <label class="check">
        <input
          type="radio"
          name={name}
          checked={chosen === undefined}
          onChange={() => onChoose(undefined)}
          data-testid="wanted-choice-none"
        />
        <span class="check-text">{wa('want.none')}</span>
      </label>
    </fieldset>
  )
}
