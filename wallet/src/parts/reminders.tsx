/** Reminders above the cards: what happened to a licence since the last start, and what to do about it. */
import { Button, Data, formatDay, localised, Notice, type NoticeTone, withNodes } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import type { HeldLicence } from '../held-licence.ts'
import {
  type Reminder,
  type ReminderKind,
  remindedAfter,
  remindedWithout,
  remindersOf,
} from '../reminders.ts'
import { stateNow } from '../state-now.ts'
import { changeLicence, licences, now, verdicts } from '../wallet-state.ts'
import { wr } from '../words-reminders.ts'

/** More than these at once are read by nobody; the rest comes when these are dismissed. */
const AT_ONCE = 3

const TONES: Readonly<Record<ReminderKind, NoticeTone>> = {
  revoked: 'bad',
  replaced: 'caution',
  suspended: 'bad',
  ended: 'caution',
  'credential-ended': 'caution',
  lifted: 'good',
  ending: 'caution',
  'credential-ending': 'caution',
}
const ORDER = Object.keys(TONES)

interface Told {
  readonly licence: HeldLicence
  readonly reminder: Reminder
}

/** The reminders of all licences, the gravest first. */
export function Reminders(): VNode | null {
  const checked = licences.value.map((licence) => ({
    licence,
    state: stateNow(licence),
  }))
  useEffect(() => {
    for (const { licence, state } of checked) {
      const reminded = remindedAfter(licence.reminded, state)
      if (reminded !== undefined && reminded !== licence.reminded) {
        // What cannot be stored is told again at the next start.
        changeLicence(licence.id, (kept) => {
          const after = remindedAfter(kept.reminded, state)
          return after === undefined ? kept : { ...kept, reminded: after }
        }).catch(() => undefined)
      }
    }
  }, [licences.value, verdicts.value])
  const told = checked
    .flatMap(({ licence, state }) =>
      remindersOf(licence, state, now()).map((reminder) => ({ licence, reminder })),
    )
    .toSorted((one, other) => ORDER.indexOf(one.reminder.kind) - ORDER.indexOf(other.reminder.kind))
  if (told.length === 0) {
    return null
  }
  return (
    <section class="stack" aria-label={wr('reminders.title')} data-testid="reminders">
      {told.slice(0, AT_ONCE).map((one) => (
        <ReminderNotice key={`${one.licence.id} ${one.reminder.key}`} {...one} />
      ))}
    </section>
  )
}

function ReminderNotice({ licence, reminder }: Told): VNode {
  const { kind, day } = reminder
  const { typeName, holder, holderPictures } = licence.summary
  const name = localised(typeName)
  const title = withNodes(wr(`reminder.${kind}.title`), {
    name,
    holder: <Data pictures={holderPictures}>{holder}</Data>,
    day: day === undefined ? '' : formatDay(day),
  })
  return (
    <Notice
      tone={TONES[kind]}
      title={title}
      testId={`reminder-${kind}`}
      action={
        <Button
          kind="quiet"
          label={wr('reminder.dismissLabel', { name })}
          onPress={() => void dismiss(licence, reminder)}
          testId="reminder-dismiss"
        >
          {wr('reminder.dismiss')}
        </Button>
      }
    >
      {wr(`reminder.${kind}.text`)}
    </Notice>
  )
}

async function dismiss(licence: HeldLicence, reminder: Reminder): Promise<void> {
  await changeLicence(licence.id, (kept) => ({
    ...kept,
    reminded: remindedWithout(kept.reminded, reminder),
  })).catch(() => undefined)
  document.getElementById('main')?.focus({ preventScroll: true })
}
