/** How the parts of a case stand: promised days, visits, licences to receive, and how each was handled (好差评). */
import { Button, Data, formatDay, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import { moveHere } from '../agency/agency-acts.ts'
import { kioskSeconds } from '../kiosk.ts'
import { wc } from '../words-cases.ts'
import type { MyCase, Part } from './case-data.ts'
import { GroundText } from './case-declined.tsx'
import { partStateWords } from './case-words.ts'
import type { OpenedCase } from './opened-case.ts'
import { RatePart } from './rate-part.tsx'
import { SaveDecision } from './save-decision.tsx'

const OVER = ['delivered', 'concluded', 'refused']
/** In which whoever applied has the right to the decision, which is sealed. */
const SEALED = ['issued', 'delivered']
/** Those, and a refusal. */
const KNOWN = [...SEALED, 'refused']

/** Properties of {@link CaseProgress}. */
export interface CaseProgressProps {
  readonly known: MyCase
  readonly of: OpenedCase
}

/** The parts. */
export function CaseProgress({ known, of }: CaseProgressProps): VNode {
  return (
    <section class="no-print" data-testid="progress">
      <h2>{wc('progress.title')}</h2>
      <ul class="licence-list">
        {known.parts.map((part) => (
          <PartLine key={part.code} part={part} known={known} of={of} />
        ))}
      </ul>
    </section>
  )
}

function PartLine(props: CaseProgressProps & { readonly part: Part }): VNode {
  const { part, known, of } = props
  const { code, name, state, dueDay, ground, objection, opinion, document, licence } = part
  const isOver = OVER.includes(state)
  const visits = known.visits.filter((visit) => visit.part === code)
  return (
    <li data-testid={`part-${code}`} data-state={state}>
      <div>
        <strong>{localised(name)}</strong>
        <p class="hint">
          {partStateWords(state)}
          {dueDay === undefined || isOver
            ? ''
            : ` · ${wc('progress.due', { day: formatDay(dueDay) })}`}
        </p>
        {visits.map(({ day }) => (
          <p key={day} class="hint">
            {wc('progress.visit', { day: formatDay(day) })}
          </p>
        ))}
        {state === 'refused' && ground !== undefined ? (
          <p>
            <GroundText of={ground} />
          </p>
        ) : null}
        {state === 'refused' && opinion !== undefined ? (
          <p>
            <Data>{opinion}</Data>
          </p>
        ) : null}
        {document !== undefined && KNOWN.includes(state) ? (
          <details>
            <summary>{wc('progress.decision')}</summary>
            <pre class="decision" lang="zh-CN" translate={false}>
              {document}
            </pre>
            {SEALED.includes(state) && kioskSeconds === undefined ? (
              <SaveDecision part={part} of={of} />
            ) : null}
          </details>
        ) : null}
        {objection === undefined ? null : (
          <details>
            <summary>{wc('declined.objection')}</summary>
            <p>{localised(objection)}</p>
          </details>
        )}
      </div>
      {licence !== undefined && state === 'issued' && kioskSeconds === undefined ? (
        <Button
          kind="primary"
          busy={of.work.busy}
          onPress={() =>
            void of.act(async () => {
              await moveHere(of.session, { id: licence }, () => undefined)
              return wc('received', { name: localised(name) })
            })
          }
          testId="receive-licence"
        >
          {wc('receive')}
        </Button>
      ) : null}
      {isOver ? <RatePart part={part} isRated={known.rated.includes(code)} of={of} /> : null}
    </li>
  )
}
