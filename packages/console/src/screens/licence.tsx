/** One licence of the register: what it says, what became of it, and what an approver may do. */

import type { TypeDefinition } from '@onetrip/credential'
import { Data, formatValidity, GroupedNumber, language, localised, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import { ActButton } from '../act-button.tsx'
import { useDraft } from '../draft.ts'
import { LICENCE, type Licence, STATUS_TONES, TYPE } from '../licence-data.ts'
import { Part, useLoaded } from '../load-part.tsx'
import { Moment } from '../moment.tsx'
import { placeAddress } from '../places.ts'
import { act, type Me } from '../session.ts'
import { ANYTHING } from '../staff-data.ts'
import { StateWord } from '../state-word.tsx'
import { TextArea } from '../text-area.tsx'
import { tg } from '../words-register.ts'

const MAX_REASON = 500
const STATUS_OF = { suspend: 'suspended', reinstate: 'valid', revoke: 'revoked' } as const
const STEPS_FROM: Readonly<Record<Licence['status'], readonly (keyof typeof STATUS_OF)[]>> = {
  valid: ['suspend', 'revoke'],
  suspended: ['reinstate', 'revoke'],
  revoked: [],
}

/** The page of a licence. */
export function LicenceScreen({ me, id }: { readonly me: Me; readonly id: string }): VNode {
  const licence = useLoaded(`/api/licences/${encodeURIComponent(id)}`, LICENCE)
  return (
    <div class="stack" data-testid="licence-screen">
      <a class="link-alone no-print" href={placeAddress('register')}>
        {tg('back')}
      </a>
      <Part of={licence}>
        {(value) => (
          <div class="two-columns">
            <div class="stack">
              <Claims licence={value} />
              <History licence={value} />
            </div>
            <Next me={me} licence={value} onDone={licence.reload} />
          </div>
        )}
      </Part>
    </div>
  )
}

function Claims({ licence }: { readonly licence: Licence }): VNode {
  const type = useLoaded(`/types/${licence.type}/${licence.typeVersion}`, TYPE)
  return (
    <section class="panel stack">
      <Part of={type}>
        {(definition) => (
          <>
            <div class="page-head">
              <h1>
                <Data>{localised(definition.name)}</Data>
              </h1>
              <StateWord tone={STATUS_TONES[licence.status]}>
                {tg(`status.${licence.status}`)}
              </StateWord>
            </div>
            <dl class="rows">
              <Row term={tg('serial')}>
                <GroupedNumber value={licence.serial} />
              </Row>
              <Row term={tg('validity')}>{formatValidity(licence)}</Row>
              <ClaimRows licence={licence} definition={definition} />
              <Row term={tg('identifier')}>
                <Data>{licence.identifier}</Data>
              </Row>
              <Row term={tg('version')}>{licence.version}</Row>
              <Row term={tg('issued')}>
                <Moment at={licence.createdAt} />
              </Row>
            </dl>
          </>
        )}
      </Part>
    </section>
  )
}

function ClaimRows(props: {
  readonly licence: Licence
  readonly definition: TypeDefinition
}): VNode {
  const { claims } = props.licence
  return (
    <>
      {props.definition.claims
        // Glyphs are pictures of another claim's characters.
        .filter(({ name, of }) => of === undefined && claims[name] !== undefined)
        .map(({ name, display, codes }) => {
          const value = String(claims[name])
          const coded = codes?.[value]
          return (
            <Row key={name} term={localised(display)}>
              <Data>{coded === undefined ? value : localised(coded)}</Data>
            </Row>
          )
        })}
    </>
  )
}

function History({ licence }: { readonly licence: Licence }): VNode {
  const { history, credentials } = licence
  const withdrawn = credentials.filter(({ state }) => state === 'withdrawn').length
  const count = credentials.filter(({ state }) => state === 'issued').length
  return (
    <section class="panel stack">
      <h2>{tg('history')}</h2>
      {history.length === 0 ? <p class="hint">{tg('history.none')}</p> : null}
      <ol class="steps">
        {history.map((change) => (
          <li key={`${change.at} ${change.to}`} class="step" data-testid="change">
            <p>
              <strong>
                {tg('history.line', {
                  from: tg(`status.${change.from}`),
                  to: tg(`status.${change.to}`),
                })}
              </strong>{' '}
              <span class="hint">
                <Data>{change.by}</Data> · <Moment at={change.at} />
              </span>
            </p>
            <p>
              <Data>{change.reason}</Data>
            </p>
          </li>
        ))}
      </ol>
      <p class="hint">
        {tg('credentials')}
        {language.value === 'en' ? ': ' : '：'}
        {tg('credentials.count', { count, withdrawn })}
      </p>
    </section>
  )
}

function Next(props: {
  readonly me: Me
  readonly licence: Licence
  readonly onDone: () => void
}): VNode {
  const { me, licence, onDone } = props
  const [reason, setReason] = useDraft(`licence-${licence.id}`)
  const steps = STEPS_FROM[licence.status]
  const isAllowed = me.rights.includes('change-status')
  return (
    <section class="panel stack no-print" data-testid="licence-next">
      <h2>{tg('next')}</h2>
      {steps.length === 0 ? <p class="hint">{tg('final')}</p> : null}
      {steps.length > 0 && !isAllowed ? <p class="hint">{tg('no-right')}</p> : null}
      {isAllowed
        ? steps.map((step) => (
            <ActButton
              key={step}
              kind={step === 'revoke' ? 'danger' : 'primary'}
              goKind={step === 'revoke' ? 'danger' : 'primary'}
              title={tg(`${step}.title`)}
              body={
                <>
                  <p>{tg(`${step}.text`)}</p>
                  <TextArea
                    label={tg('reason')}
                    hint={tg('reason-hint')}
                    value={reason}
                    maxLength={MAX_REASON}
                    onInput={setReason}
                    testId="reason"
                  />
                </>
              }
              go={tg(step)}
              isReady={reason.trim() !== ''}
              act={() =>
                act(`/api/licences/${licence.id}/status`, {
                  answer: ANYTHING,
                  body: { status: STATUS_OF[step], reason: reason.trim() },
                })
              }
              onDone={() => {
                setReason('')
                onDone()
              }}
              testId={step}
            >
              {tg(step)}
            </ActButton>
          ))
        : null}
    </section>
  )
}
