/** What a licence says, in one run of text: each claim after its name, in the words of its type. */

import type { ClaimDefinition, TypeDefinition } from '@onetrip/credential'
import { Data, formatDay, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import { tg } from './words-register.ts'

/** Properties of {@link ClaimsFlow}. */
export interface ClaimsFlowProps {
  readonly serial?: string | undefined
  readonly claims: Readonly<Record<string, string | number>>
  /** Without it values stand alone, and so does a claim that it does not know. */
  readonly definition?: TypeDefinition | undefined
  /** Name of a claim that stands elsewhere. */
  readonly without?: string | undefined
}

/** A value of a claim as people read it. */
export function claimWords(claim: ClaimDefinition | undefined, value: string | number): string {
  const text = String(value)
  const coded = claim?.codes?.[text]
  if (coded !== undefined) return localised(coded)
  return claim?.format === 'date' ? formatDay(text) : text
}

/** The claims, in the order of their type. */
export function ClaimsFlow({ serial, claims, definition, without }: ClaimsFlowProps): VNode {
  const known = (definition?.claims ?? []).filter(({ name }) => Object.hasOwn(claims, name))
  const unknown = Object.keys(claims).filter((name) => !known.some((claim) => claim.name === name))
  const facts = [
    ...(serial === undefined ? [] : [{ name: '', term: tg('serial'), words: serial }]),
    // Glyphs are pictures of another claim's characters.
    ...known
      .filter(({ name, of }) => of === undefined && name !== without)
      .map((claim) => {
        const words = claimWords(claim, claims[claim.name] ?? '')
        return { name: claim.name, term: localised(claim.display), words }
      }),
    ...unknown.map((name) => ({ name, term: undefined, words: String(claims[name]) })),
  ]
  return (
    <dl class="facts facts-flow">
      {facts.map(({ name, term, words }) => (
        <div key={name} class="fact">
          <dt>{term}</dt>
          <dd>
            <Data>{words}</Data>
          </dd>
        </div>
      ))}
    </dl>
  )
}
