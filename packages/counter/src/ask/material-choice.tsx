/** The materials of a matter as check boxes, each with the licence and the claims that are asked of it. */

import type { Material, Trust } from '@onetrip/trust'
import { CheckField, localised } from '@onetrip/ui'
import { newestType, shownOption } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { ta } from './words-ask.ts'

/** Properties of {@link MaterialChoice}. */
export interface MaterialChoiceProps {
  readonly trust: Trust
  readonly materials: readonly Material[]
  /** Those that are no licences. */
  readonly others: readonly Material[]
  readonly chosen: ReadonlySet<string>
  readonly onChange: (chosen: ReadonlySet<string>) => void
  readonly error: string | undefined
}

/** One check box for each licence that may be asked. */
export function MaterialChoice(props: MaterialChoiceProps): VNode {
  const { trust, materials, others, chosen, onChange, error } = props
  const turn = (code: string, isChosen: boolean): void => {
    const next = new Set(chosen)
    if (isChosen) next.add(code)
    else next.delete(code)
    onChange(next)
  }
  return (
    <fieldset class="panel fieldset" aria-describedby={error && 'ask-materials-error'}>
      <legend>{ta('materials')}</legend>
      <p class="hint">{ta('materials-hint')}</p>
      {materials.map((material) => (
        <CheckField
          key={material.code}
          name={material.code}
          testId={`ask-material-${material.code}`}
          label={localised(material.name)}
          hint={claimsAsked(material, trust).map((text) => (
            <span key={text} class="ask-claims">
              {text}
            </span>
          ))}
          checked={chosen.has(material.code)}
          onChange={(isChosen) => turn(material.code, isChosen)}
        />
      ))}
      {error === undefined ? null : (
        <p class="field-error" id="ask-materials-error" role="alert">
          {error}
        </p>
      )}
      {others.length === 0 ? null : (
        <p class="hint">
          {ta('others', {
            names: others.map(({ name }) => localised(name)).join(ta('claims.join')),
          })}
        </p>
      )}
    </fieldset>
  )
}

/** `营业执照：经营者名称、住所`, one line for each licence type that serves as a material. */
export function claimsAsked({ accepts }: Material, trust: Trust): readonly string[] {
  return accepts.map((accepted) => {
    const { type, claims } = shownOption(
      newestType(trust, accepted.type),
      accepted.type,
      accepted.claims,
    )
    return ta('claims', {
      type: type.name === undefined ? type.code : localised(type.name),
      claims: claims
        .map(({ code, name }) => (name === undefined ? code : localised(name)))
        .join(ta('claims.join')),
    })
  })
}
