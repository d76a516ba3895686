/** A matter before it is begun: a few questions, what is left by the answers, and where it is brought. */
import { askQuestions } from '@onetrip/credential'
import { Button, localised, SelectField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { agencySession } from '../agency/agency-session.ts'
import { asMine, guideAccess, officeName } from '../cases/case-access.ts'
import { beginCase, fetchGuide, fetchPlan } from '../cases/case-api.ts'
import type { Guide, Plan, Question } from '../cases/case-data.ts'
import { CaseSignIn } from '../cases/case-sign-in.tsx'
import type { MatterDraft } from '../cases/draft-shape.ts'
import { keepDraft, readDraft } from '../cases/draft-store.ts'
import { LoadNotice } from '../cases/load-notice.tsx'
import { type Loaded, useLoaded } from '../cases/use-loaded.ts'
import { useWork } from '../cases/use-work.ts'
import { WorkNotice } from '../cases/work-notice.tsx'
import { BackLink } from '../parts/back-link.tsx'
import { WalletShell } from '../parts/wallet-shell.tsx'
import { goTo } from '../wallet-state.ts'
import { wc } from '../words-cases.ts'

/** Properties of {@link ApplyScreen}. */
export interface ApplyScreenProps {
  /** Code of the matter. */
  readonly matter: string
}

/** The screen. */
export function ApplyScreen({ matter }: ApplyScreenProps): VNode {
  const guide = useLoaded(matter, () => fetchGuide(guideAccess, matter))
  const [draft, setDraft] = useState<MatterDraft | undefined>(undefined)
  useEffect(() => {
    void readDraft(matter).then((kept) => {
      setDraft(kept ?? { format: 1, id: crypto.randomUUID(), answers: {} })
    })
  }, [matter])
  const change = (next: MatterDraft): void => {
    setDraft(next)
    void keepDraft(matter, next)
  }
  const known = guide.value
  return (
    <WalletShell title={wc('title')} places="elsewhere">
      <div class="page" data-testid="apply-screen">
        <BackLink to={{ screen: 'cases' }}>{wc('back')}</BackLink>
        <h1>{known === undefined ? wc('apply.title') : localised(known.name)}</h1>
        <LoadNotice of={guide} />
        {known === undefined || draft === undefined ? null : (
          <Applying guide={known} draft={draft} onChange={change} />
        )}
      </div>
    </WalletShell>
  )
}

interface ApplyingProps {
  readonly guide: Guide
  readonly draft: MatterDraft
  readonly onChange: (draft: MatterDraft) => void
}

function Applying({ guide, draft, onChange }: ApplyingProps): VNode {
  const { questions, answers, isDone } = askQuestions(guide.questions, draft.answers)
  const answer = (code: string, choice: string): void => {
    const asked = askQuestions(guide.questions, { ...answers, [code]: choice })
    onChange({ ...draft, answers: asked.answers })
  }
  return (
    <>
      <section>
        <h2>{wc('apply.title')}</h2>
        <p class="hint">{wc('apply.intro')}</p>
        <div class="stack">
          {questions.map((question) => (
            <Asked
              key={question.code}
              question={question}
              answer={answers[question.code]}
              onAnswer={(choice) => answer(question.code, choice)}
            />
          ))}
        </div>
      </section>
      {isDone ? <Planned guide={guide} draft={{ ...draft, answers }} onChange={onChange} /> : null}
    </>
  )
}

interface AskedProps {
  readonly question: Question
  readonly answer: string | undefined
  readonly onAnswer: (answer: string) => void
}

function Asked({ question, answer, onAnswer }: AskedProps): VNode {
  const { code, text, answers } = question
  const choices = answers.map((choice) => ({ value: choice.code, text: localised(choice.text) }))
  return (
    <SelectField
      label={localised(text)}
      name={code}
      value={answer ?? ''}
      choices={
        answer === undefined ? [{ value: '', text: wc('apply.choose') }, ...choices] : choices
      }
      onChange={(value) => {
        if (value !== '') onAnswer(value)
      }}
      testId={`question-${code}`}
    />
  )
}

function Planned({ guide, draft, onChange }: ApplyingProps): VNode {
  const key = JSON.stringify(draft.answers)
  const plan = useLoaded(key, () =>
    fetchPlan(guideAccess, { matter: guide.code, answers: draft.answers }),
  )
  return (
    <>
      <LoadNotice of={plan} />
      {plan.value === undefined ? null : <PlanView plan={plan.value} />}
      {plan.value === undefined ? null : (
        <Begin guide={guide} draft={draft} onChange={onChange} plan={plan} />
      )}
    </>
  )
}

function PlanView({ plan }: { readonly plan: Plan }): VNode {
  return (
    <section data-testid="plan">
      <h2>{wc('apply.plan')}</h2>
      <ul class="licence-list">
        {plan.parts.map((part) => (
          <li key={part.code}>
            <div>
              <strong>{localised(part.name)}</strong>
              <p class="hint">
                {wc('apply.days', { days: part.promisedDays })}
                {part.needsVisit ? ` · ${wc('apply.visit')}` : ''}
              </p>
              <ul class="conditions">
                {part.conditions.map((text) => (
                  <li key={text['zh-CN']}>{localised(text)}</li>
                ))}
              </ul>
            </div>
          </li>
        ))}
      </ul>
      <h2>{wc('apply.materials')}</h2>
      <ul class="conditions">
        {plan.materials.map(({ code, name }) => (
          <li key={code}>{localised(name)}</li>
        ))}
      </ul>
    </section>
  )
}

interface BeginProps extends ApplyingProps {
  readonly plan: Loaded<Plan>
}

function Begin({ guide, draft, onChange }: BeginProps): VNode {
  const session = agencySession.value
  const work = useWork()
  const [first = ''] = guide.offices
  const office = guide.offices.find((id) => id === draft.office) ?? first
  if (session === undefined) {
    return <CaseSignIn place={{ screen: 'apply', id: guide.code }} why={wc('apply.sign-in')} />
  }
  const begin = async (): Promise<void> => {
    const { id, answers } = draft
    const begun = await asMine(session, (access) =>
      beginCase(access, { id, matter: guide.code, office, answers }),
    )
    await keepDraft(guide.code, undefined)
    goTo({ screen: 'case', id: begun })
  }
  return (
    <section class="stack">
      <SelectField
        label={wc('apply.office')}
        name="office"
        value={office}
        choices={guide.offices.map((id) => ({ value: id, text: officeName(id) }))}
        onChange={(value) => onChange({ ...draft, office: value })}
        testId="apply-office"
      />
      <WorkNotice of={work} />
      <div class="actions">
        <Button
          kind="primary"
          busy={work.busy}
          onPress={() => void work.run(begin)}
          testId="begin-case"
        >
          {wc('apply.begin')}
        </Button>
      </div>
    </section>
  )
}
