/** Which office this counter belongs to; copies made out to another one are refused. */

import type { Trust } from '@onetrip/trust'
import { localised, SelectField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { tc } from './messages.ts'
import { changeSettings, settings } from './settings.ts'

/** Properties of {@link OfficePicker}. */
export interface OfficePickerProps {
  readonly trust: Trust
}

/** The choice among the trust list's offices. */
export function OfficePicker({ trust }: OfficePickerProps): VNode {
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
