/** Which office this counter belongs to; copies made out to another one are refused. */

import type { Trust } from '@onetrip/trust'
import { Data, localised, SelectField } from '@onetrip/ui'
import type { OpenedCounter } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { enrolment } from './enrolment/enrolment-signal.ts'
import { tc } from './messages.ts'
import { changeSettings, settings } from './settings.ts'

/** Properties of {@link OfficePicker}. */
export interface OfficePickerProps {
  readonly trust: Trust
}

/** The choice among the trust list's offices. */
export function OfficePicker({ trust }: OfficePickerProps): VNode {
  const enrolled = enrolment.value
  if (enrolled.phase === 'enrolled') return <FixedOffice counter={enrolled.counter} />
  const office = settings.value.office ?? ''
  const known = trust.office(office) === undefined ? '' : office
  return (
    <SelectField
      label={tc('office.label')}
      name="office"
      value={known}
      testId="office-picker"
      hint={known === '' ? tc('office.hint') : undefined}
      choices={[
        { value: '', text: tc('office.none') },
        ...trust.offices.map(({ id, name }) => ({ value: id, text: localised(name) })),
      ]}
      onChange={(id) => changeSettings({ office: id })}
    />
  )
}

/** An enrolled counter's office is its certificate's. */
function FixedOffice({ counter }: { readonly counter: OpenedCounter }): VNode {
  const { office, device } = counter
  return (
    <div class="stack-tight">
      <h2 class="panel-title">{tc('office.label')}</h2>
      <p data-testid="office-fixed">
        <strong>
          <Data>{localised(office.name)}</Data>
        </strong>
      </p>
      <p class="hint">
        <Data>{`${device.number} · ${device.name}`}</Data>
      </p>
    </div>
  )
}
