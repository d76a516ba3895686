/** A case is taken in at the window: the matter, a few questions, and at once what is left of it by the answers. */

import { type Answers, askQuestions } from '@onetrip/credential'
import { Button, Data, EmptyScreen, localised, SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { BEGUN } from '../case-data.ts'
import { faultWords } from '../error-words.ts'
import { type GuidePlan, READ_GUIDE, READ_MATTERS, READ_PLAN } from '../guide-data.ts'
import { Part, useLoaded } from '../load-part.tsx'
import { placeAddress } from '../places.ts'
import type { Answer } from '../request.ts'
import { act, load, type Me } from '../session.ts'
import { Refusal, useAct } from '../use-act.tsx'
import { ti } from '../words-intake.ts'

const MAX_APPLICANT = 120

/** The page on which a case begins. */
export function BeginScreen({ me }: { readonly me: Me }): VNode {
  const matters = useLoaded('/guides', READ_MATTERS)
  const [matter, setMatter] = useState('')
  return (
    <div class="stack" data-testid="begin-screen">
      <a class="link-alone" href={placeAddress('cases')}>
        {ti('back')}
      </a>
      <h1>{ti('title')}</h1>
      <Part of={matters}>
        {(known) => {
          const here = known.matters.filter(({ offices }) => offices.includes(me.agency ?? ''))
          if (here.length === 0) return <EmptyScreen title={ti('matters.none')} />
          return (
            <SelectField
              label={ti('matter')}
              name="matter"
              value={matter}
              choices={[
                { value: '', text: ti('choose') },
                ...here.map(({ code, name }) => ({ value: code, text: localised(name) })),
              ]}
              onChange={setMatter}
              testId="matter"
            />
          )
        }}
      </Part>
      {matter === '' ? null : <Questions key={matter} matter={matter} />}
    </div>
  )
}

function Questions({ matter }: { readonly matter: string }): VNode {
  const guide = useLoaded(`/guides/${matter}`, READ_GUIDE)
  const [given, setGiven] = useState<Answers>({})
  return (
    <Part of={guide}>
      {(value) => {
        const { questions, answers, isDone } = askQuestions(value.questions, given)
        return (
          <>
            <section class="panel stack">
              <h2>{ti('questions')}</h2>
              <div class="filters filters-wide">
                {questions.map(({ code, text, answers: choices }) => (
                  <SelectField
                    key={code}
                    label={localised(text)}
                    name={code}
                    value={answers[code] ?? ''}
                    choices={[
                      { value: '', text: ti('choose') },
                      ...choices.map((one) => ({ value: one.code, text: localised(one.text) })),
                    ]}
                    onChange={(choice) => setGiven({ ...answers, [code]: choice })}
                    testId={`question-${code}`}
                  />
                ))}
              </div>
            </section>
            {isDone ? (
              <Plan key={JSON.stringify(answers)} matter={matter} answers={answers} />
            ) : (
              <p class="hint">{ti('questions.left')}</p>
            )}
          </>
        )
      }}
    </Part>
  )
}

function Plan({ matter, answers }: { readonly matter: string; readonly answers: Answers }): VNode {
  const [plan, setPlan] = useState<Answer<GuidePlan>>()
  const [applicant, setApplicant] = useState('')
  const beginning = useAct()
  useEffect(() => {
    void load(`/guides/${matter}/plan`, READ_PLAN, { answers }).then(setPlan)
  }, [matter, answers])
  const begin = (): void =>
    beginning.run(
      async () => {
        const body = { matter, answers, applicant: applicant.trim() }
        const answer = await act('/api/cases', { answer: BEGUN, body })
        if (answer.kind === 'done') location.hash = placeAddress('cases', answer.value.id)
        return answer
      },
      () => undefined,
    )
  return (
    <>
      <section class="panel stack" data-testid="plan">
        <h2>{ti('plan')}</h2>
        {plan?.kind === 'refused' ? <p class="field-error">{faultWords(plan.code)}</p> : null}
        {plan?.kind === 'done' ? <Applies plan={plan.value} /> : null}
      </section>
      <form
        class="panel stack"
        onSubmit={(event) => {
          event.preventDefault()
          begin()
        }}
      >
        <TextField
          label={ti('applicant')}
          hint={ti('applicant.hint')}
          name="applicant"
          value={applicant}
          maxLength={MAX_APPLICANT}
          required
          onInput={setApplicant}
          testId="applicant"
        />
        <Refusal of={beginning} />
        <div class="actions">
          <Button
            type="submit"
            kind="primary"
            busy={beginning.isBusy}
            disabled={applicant.trim() === '' || plan?.kind !== 'done'}
            testId="begin"
          >
            {ti('begin')}
          </Button>
        </div>
      </form>
    </>
  )
}

function Applies({ plan }: { readonly plan: GuidePlan }): VNode {
  return (
    <>
      <h3>{ti('plan.parts')}</h3>
      <ul class="materials">
        {plan.parts.map(({ code, name, limit, conditions, needsVisit }) => (
          <li key={code} class="material">
            <strong>
              <Data>{localised(name)}</Data>
            </strong>{' '}
            <span class="hint">
              {ti('plan.limit', { count: limit.promisedDays })}
              {needsVisit ? ` · ${ti('plan.visit')}` : ''}
            </span>
            <br />
            <Data>{conditions.map(localised).join('；')}</Data>
          </li>
        ))}
      </ul>
      <h3>{ti('plan.materials')}</h3>
      <p class="chips">
        {plan.materials.map(({ code, name }) => (
          <span key={code} class="chip chip-plain">
            <Data>{localised(name)}</Data>
          </span>
        ))}
      </p>
    </>
  )
}
