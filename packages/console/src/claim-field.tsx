/** The claims of a type of licence as fields, and what was typed into them as claims. */

import type { ClaimDefinition, TypeDefinition } from '@onetrip/credential'
import { localised, SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'

const MAX_VALUE = 500

/** A claim's field: a choice where the type has codes for it. */
export function ClaimField(props: {
  readonly claim: ClaimDefinition
  readonly value: string
  readonly onChange: (value: string) => void
}): VNode {
  const { claim, value, onChange } = props
  const label = localised(claim.display)
  if (claim.codes !== undefined) {
    return (
      <SelectField
        label={label}
        name={claim.name}
        value={value}
        choices={[
          { value: '', text: '—' },
          ...Object.entries(claim.codes).map(([code, text]) => ({
            value: code,
            text: localised(text),
          })),
        ]}
        onChange={onChange}
        testId={`claim-${claim.name}`}
      />
    )
  }
  return (
    <TextField
      label={label}
      name={claim.name}
      value={value}
      maxLength={MAX_VALUE}
      required={claim.mandatory}
      onInput={onChange}
      testId={`claim-${claim.name}`}
    />
  )
}

/** Whether somebody types a claim; pictures are not typed. */
export function isTyped({ of, format }: ClaimDefinition): boolean {
  return of === undefined && !['glyphs', 'portrait', 'image'].includes(format)
}

/** Claims of what was typed; what is empty is none. */
export function typedClaims(
  definition: TypeDefinition | undefined,
  textOf: (name: string) => string,
): Readonly<Record<string, string | number>> {
  const claims = (definition?.claims ?? []).filter(isTyped)
  return Object.fromEntries(
    claims
      .map(({ name, format }) => ({ name, format, text: textOf(name).trim() }))
      .filter(({ text }) => text !== '')
      .map(({ name, format, text }) => [name, format === 'integer' ? Number(text) : text]),
  )
}
