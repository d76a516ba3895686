/** A material that an office asks for: the licence that would serve, what they would see of it, what stays hidden. */
import type { DisplayText } from '@onetrip/credential'
import { Button, Data, localised } from '@onetrip/ui'
import type { ShownWant } from '@onetrip/verifier'
import type { VNode } from 'preact'
import type { Fitting } from '../asked/fitting.ts'
import { wa } from '../words-asked.ts'
import { ClaimRows } from './claim-rows.tsx'
import { LicenceChoice } from './licence-choice.tsx'
import { StatusLine } from './status-line.tsx'

/** Properties of {@link WantedMaterial}. */
export interface WantedMaterialProps {
  readonly stated: ShownWant | undefined
  /** The licences that serve as it, the best first. */
  readonly fits: readonly Fitting[]
  readonly chosen: Fitting | undefined
  readonly onChoose: (fitting: Fitting | undefined) => void
}

/** One material as a card of the licence that would be shown. */
export function WantedMaterial({ stated, fits, chosen, onChoose }: WantedMaterialProps): VNode {
  const material = stated?.material
  const title = material?.name === undefined ? (material?.code ?? '') : localised(material.name)
  const [best] = fits
  return (
    <section
      class={chosen === undefined ? 'wanted wanted-none' : 'wanted'}
      style={chosen && { '--hue': String(chosen.licence.summary.hue) }}
      data-testid="wanted"
      data-material={material?.code}
    >
      <h2>{title}</h2>
      {fits.length > 1 ? <LicenceChoice {...{ title, fits, chosen, onChoose }} /> : null}
      {chosen === undefined ? null : <Shown fitting={chosen} title={title} />}
      {best === undefined ? <Missing stated={stated} /> : null}
      {fits.length === 1 && best !== undefined ? (
        <OnlyOne best={best} chosen={chosen} onChoose={onChoose} title={title} />
      ) : null}
    </section>
  )
}

interface ShownProps {
  readonly fitting: Fitting
  /** The material's name. */
  readonly title: string
}

function Shown({ fitting, title }: ShownProps): VNode {
  const { licence, content, state, shown, hidden, absent } = fitting
  const { summary } = licence
  return (
    <>
      <p class="wanted-licence">
        {localised(summary.typeName) === title ? null : (
          <strong>{localised(summary.typeName)} </strong>
        )}
        <Data>{summary.number}</Data>
      </p>
      {state.state === 'in-force' || state.state === 'checking' ? null : (
        <StatusLine state={state} summary={summary} />
      )}
      <h3>{wa('want.shown')}</h3>
      <dl class="rows" data-testid="wanted-shown">
        <ClaimRows claims={shown} pictures={content.pictures} />
      </dl>
      <p class="hint">{wa('want.and-always', { always: wa('want.always') })}</p>
      {absent.length === 0 ? null : <p>{wa('want.absent', { names: namesOf(absent) })}</p>}
      <p class="wanted-hidden" data-testid="wanted-hidden">
        {hidden.length === 0 ? (
          wa('want.nothing-hidden')
        ) : (
          <>
            <strong>{wa('want.hidden')}</strong> {namesOf(hidden)}
          </>
        )}
      </p>
    </>
  )
}

function Missing({ stated }: Pick<WantedMaterialProps, 'stated'>): VNode {
  const types = (stated?.options ?? []).map(({ type }) =>
    type.name === undefined ? type.code : localised(type.name),
  )
  return (
    <>
      <p data-testid="wanted-missing">{wa('want.missing')}</p>
      <p class="hint">{wa('want.missing-type', { types: types.join(wa('want.join')) })}</p>
    </>
  )
}

interface OnlyOneProps extends Pick<WantedMaterialProps, 'chosen' | 'onChoose'> {
  readonly best: Fitting
  readonly title: string
}

/** The one licence that serves can be kept back too. */
function OnlyOne({ best, chosen, onChoose, title }: OnlyOneProps): VNode {
  const isShown = chosen !== undefined
  const words = wa(isShown ? 'want.none' : 'want.show-it')
  return (
    <>
      {isShown ? null : (
        <>
          <StatusLine state={best.state} summary={best.licence.summary} />
          <p>{wa('want.withheld')}</p>
        </>
      )}
      <Button
        kind="quiet"
        label={`${words} · ${title}`}
        onPress={() => onChoose(isShown ? undefined : best)}
        testId="wanted-turn"
      >
        {words}
      </Button>
    </>
  )
}

function namesOf(texts: readonly DisplayText[]): string {
  return texts.map(localised).join(wa('want.join'))
}
