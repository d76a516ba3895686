/** What the register is narrowed to: a type, a state, a number, licences that end before a day. */

import { Button, localised, SelectField, TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { LICENCE_STATUS } from './licence-data.ts'
import type { Me } from './session.ts'
import { tg } from './words-register.ts'

/** What is looked for; empty, whatever there is. */
export interface Filter {
  readonly type: string
  readonly status: string
  /** How the number begins. */
  readonly serial: string
  /** A day. */
  readonly endsBefore: string
}

/** Narrows nothing. */
export const EVERYTHING: Filter = { type: '', status: '', serial: '', endsBefore: '' }

/** What of a filter narrows, as the API takes it. */
export function wanted(filter: Filter): Partial<Filter> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))
}

/** The form; `onFind` gets what was chosen at once, and what was typed when it is sent. */
export function RegisterFilter(props: {
  readonly me: Me
  readonly onFind: (filter: Filter) => void
}): VNode {
  const { me, onFind } = props
  const [filter, setFilter] = useState(EVERYTHING)
  const typed = (change: Partial<Filter>): void => setFilter({ ...filter, ...change })
  const chosen = (change: Partial<Filter>): void => {
    typed(change)
    onFind({ ...filter, ...change })
  }
  const types = me.types.filter(({ rights }) => rights.includes('read'))
  return (
    <form
      class="filters no-print"
      onSubmit={(event) => {
        event.preventDefault()
        chosen({ serial: filter.serial.trim().toUpperCase() })
      }}
    >
      <SelectField
        label={tg('type')}
        name="type"
        value={filter.type}
        choices={[
          { value: '', text: tg('status.all') },
          ...types.map(({ code, name }) => ({ value: code, text: localised(name) })),
        ]}
        onChange={(type) => chosen({ type })}
        testId="register-type"
      />
      <SelectField
        label={tg('status')}
        name="status"
        value={filter.status}
        choices={[
          { value: '', text: tg('status.all') },
          ...LICENCE_STATUS.map((value) => ({ value, text: tg(`status.${value}`) })),
        ]}
        onChange={(status) => chosen({ status })}
        testId="register-status"
      />
      <TextField
        label={tg('ends-before')}
        name="ends-before"
        type="date"
        value={filter.endsBefore}
        onInput={(endsBefore) => typed({ endsBefore })}
        testId="register-ends"
      />
      <TextField
        label={tg('serial')}
        name="serial"
        value={filter.serial}
        maxLength={32}
        onInput={(serial) => typed({ serial })}
        testId="register-serial"
      />
      <Button type="submit" testId="register-find">
        {tg('find')}
      </Button>
    </form>
  )
}
