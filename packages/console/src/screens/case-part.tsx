/** A department's part of a case: its clock, what it examines, what it proposes and decides, and what may be done next. */

import { Data, localised, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import type { CasePart } from '../case-file.ts'
import { PART_TONES, type PartState } from '../case-states.ts'
import { LimitLine } from '../limit-line.tsx'
import { StateWord } from '../state-word.tsx'
import { tp } from '../words-cases.ts'
import type { CaseProps } from './case.tsx'
import { PartSteps } from './case-step.tsx'
import { SaveDecision } from './save-decision.tsx'

/** In which a part's decision is sealed. */
const SEALED: readonly PartState[] = ['sealed', 'issued', 'delivered']

/** What a panel of a part is about. */
export interface PartProps extends CaseProps {
  readonly part: CasePart
}

/** The part. */
export function PartPanel(props: PartProps): VNode {
  const { part } = props
  return (
    <section
      class="panel two-columns"
      data-testid={`part-${part.code}`}
      data-state={part.state}
      aria-label={localised(part.name)}
    >
      <div class="stack">
        <div class="page-head">
          <h2>
            <Data>{localised(part.name)}</Data>
          </h2>
          <StateWord tone={PART_TONES[part.state]}>{tp(`part.${part.state}`)}</StateWord>
        </div>
        <p class="part-facts">
          <Data>{localised(part.officeName)}</Data>
          {part.limit === null ? null : ' · '}
          <LimitLine state={part.state} limit={part.limit} />
          {part.needsVisit ? ` · ${tp('visit.due')}` : ''}
        </p>
        <dl class="rows">
          <Row term={tp('conditions')}>
            <ul class="plain-list">
              {part.conditions.map((text) => (
                <li key={text.en}>
                  <Data>{localised(text)}</Data>
                </li>
              ))}
            </ul>
          </Row>
          <Row term={tp('basis')}>
            <Data>{part.basis.join('；')}</Data>
          </Row>
          {typeof part.opinion === 'string' ? (
            <Row term={tp('opinion')}>
              <Data>{part.opinion}</Data>
            </Row>
          ) : null}
          {typeof part.draft?.validFrom === 'string' ? (
            <Row term={tp('draft')}>
              <StateWord tone="good">{tp('draft.passed')}</StateWord>
            </Row>
          ) : null}
          {part.ground === undefined ? null : (
            <Row term={tp('ground.of')}>
              <Data>{localised(part.ground.text)}</Data> (<Data>{part.ground.basis}</Data>)
            </Row>
          )}
        </dl>
        {typeof part.document === 'string' ? (
          <details class="decision">
            <summary>{tp('document')}</summary>
            <pre lang="zh-CN" translate={false}>
              {part.document}
            </pre>
            {SEALED.includes(part.state) ? (
              <SaveDecision caseId={props.file.id} part={part.code} />
            ) : null}
          </details>
        ) : null}
      </div>
      <PartSteps {...props} />
    </section>
  )
}
