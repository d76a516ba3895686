/** What was done in a case: who, when, and why. */

import { Data, localised } from '@onetrip/ui'
import type { VNode } from 'preact'
import type { CaseFile, TakenStep } from '../case-file.ts'
import { Moment } from '../moment.tsx'
import { type CasesMessage, tp } from '../words-cases.ts'

const WORDS: Readonly<Record<string, CasesMessage>> = {
  submit: 'action.submit',
  accept: 'action.accept',
  return: 'action.return',
  decline: 'action.decline',
  withdraw: 'action.withdraw',
  close: 'action.close',
  archive: 'action.archive',
  begin: 'action.begin',
  confirm: 'action.confirm',
  grant: 'action.grant',
  refuse: 'action.refuse',
  draft: 'action.draft',
  'send-back': 'action.send-back',
  approve: 'action.approve',
  correct: 'action.correct',
  'ask-seal': 'action.ask-seal',
  seal: 'action.seal',
  issue: 'action.issue',
  deliver: 'action.deliver',
}

/** The steps, the first one first. */
export function CaseHistory({ file }: { readonly file: CaseFile }): VNode {
  return (
    <section class="panel stack">
      <h2>{tp('steps')}</h2>
      {file.steps.length === 0 ? <p class="hint">{tp('steps.none')}</p> : null}
      <ol class="steps">
        {file.steps.map((step, index) => (
          <li key={index} class="step" data-testid="step">
            <p>
              <strong>{wordOf(step.action)}</strong>
              {partName(file, step)}{' '}
              <span class="hint">
                <Doer step={step} /> · <Moment at={step.at} />
              </span>
            </p>
            {step.reason === null ? null : (
              <p>
                <Data>{step.reason}</Data>
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function Doer({ step }: { readonly step: TakenStep }): VNode {
  if (step.by !== null) return <Data>{step.by}</Data>
  return <>{tp(step.doer === 'citizen' ? 'by.citizen' : 'by.server')}</>
}

function partName({ parts }: CaseFile, { part: code }: TakenStep): string {
  const part = parts.find((one) => one.code === code)
  return part === undefined ? '' : ` · ${localised(part.name)}`
}

function wordOf(action: string): string {
  const word = WORDS[action]
  return word === undefined ? action : tp(word)
}
