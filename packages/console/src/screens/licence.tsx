/** One licence of the register: what it says, what became of it, and what an approver may do. */

import { Button, Data, formatValidity, GroupedNumber, language, localised, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import { LICENCE, type Licence, STATUS_TONES, TYPE } from '../licence-data.ts'
import { Part, useLoaded } from '../load-part.tsx'
import { Moment } from '../moment.tsx'
import { placeAddress } from '../places.ts'
import type { Me } from '../session.ts'
import { StateWord } from '../state-word.tsx'
import { tg } from '../words-register.ts'
import { ArchiveButton } from './archive-button.tsx'
import { ClaimRows } from './claim-rows.tsx'
import { LicenceNext } from './licence-next.tsx'

/** The page of a licence. */
export function LicenceScreen({ me, id }: { readonly me: Me; readonly id: string }): VNode {
  const licence = useLoaded(`/api/licences/${encodeURIComponent(id)}`, LICENCE)
  return (
    <div class="stack" data-testid="licence-screen">
      <div class="page-head no-print">
        <a class="link-alone" href={placeAddress('register')}>
          {tg('back')}
        </a>
        <div class="actions">
          {me.rights.includes('export') ? (
            <ArchiveButton path={`/api/licences/${encodeURIComponent(id)}/archive`} name={id} />
          ) : null}
          <Button onPress={() => print()} testId="print">
            {tg('print')}
          </Button>
        </div>
      </div>
      <Part of={licence}>
        {(value) => (
          <div class="two-columns">
            <div class="stack">
              <Claims licence={value} />
              <History licence={value} />
            </div>
            <LicenceNext me={me} licence={value} onDone={licence.reload} />
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
              <ClaimRows claims={licence.claims} definition={definition} />
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

function History({ licence }: { readonly licence: Licence }): VNode {
  const { history, credentials } = licence
  const withdrawn = credentials.filter(({ state }) => state === 'withdrawn').length
  const count = credentials.filter(({ state }) => state === 'issued').length
  return (
    <section class="panel stack">
      <h2>{tg('history')}</h2>
      {history.length === 0 ? <p class="hint">{tg('history.none')}</p> : null}
      <ol class="steps">
        {history.map((change, at) => (
          <li key={`${at} ${change.at}`} class="step" data-testid="change">
            <p>
              <strong>
                {tg(change.from === change.to ? 'history.again' : 'history.line', {
                  from: tg(`status.${change.from}`),
                  to: tg(`status.${change.to}`),
                })}
              </strong>{' '}
              <span class="hint">
                <Data>{change.by}</Data> · <Moment at={change.at} />
              </span>
            </p>
            <p>
              {change.kind === undefined ? null : `${tg(`kind.${change.kind}`)} · `}
              <Data>{change.reason}</Data>
            </p>
            {change.ground === undefined ? null : (
              <p class="hint">
                <Data>{change.ground}</Data>
              </p>
            )}
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
