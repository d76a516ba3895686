/** The columns by which every table of licences tells them apart. */
import { Data, formatValidity, localised } from '@onetrip/ui'
import type { Column } from './data-table.tsx'
import { type LicenceLine, STATUS_TONES } from './licence-data.ts'
import { placeAddress } from './places.ts'
import { StateWord } from './state-word.tsx'
import { tg } from './words-register.ts'

/** Who holds it, with the way to its page. */
export function holderColumn(): Column<LicenceLine> {
  return {
    key: 'holder',
    name: tg('holder'),
    cell: ({ id, holder }) => (
      <a href={placeAddress('register', id)}>
        <Data>{holder}</Data>
      </a>
    ),
  }
}

/** What it is, its number, for how long, and how it stands. */
export function licenceColumns(): readonly Column<LicenceLine>[] {
  return [
    { key: 'type', name: tg('type'), cell: ({ typeName }) => <Data>{localised(typeName)}</Data> },
    {
      key: 'serial',
      name: tg('serial'),
      isWhole: true,
      cell: ({ serial }) => <Data>{serial}</Data>,
    },
    {
      key: 'validity',
      name: tg('validity'),
      isWhole: true,
      cell: (line) => formatValidity(line),
    },
    {
      key: 'status',
      name: tg('status'),
      cell: ({ status }) => (
        <StateWord tone={STATUS_TONES[status]}>{tg(`status.${status}`)}</StateWord>
      ),
    },
  ]
}
