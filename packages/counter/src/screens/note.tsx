/** A note of one scan, for paper (A4): what this device answered, and a number that finds it again. */

import {
  Button,
  Data,
  EmptyScreen,
  formatDay,
  localised,
  QrView,
  Row,
  reasonFor,
  SignIcon,
  TONE_SIGNS,
  toneOf,
  tv,
  wordOf,
} from '@onetrip/ui'
import type { VNode } from 'preact'
import type { AskedRecord } from '../ask/asked-record.ts'
import { ta } from '../ask/words-ask.ts'
import { localTime } from '../calendar.ts'
import { unixNow } from '../clock.ts'
import { recentScans, trustStore } from '../counter-state.ts'
import { tc } from '../messages.ts'
import { placeAddress, whereabouts } from '../places.ts'
import { scanNumber } from '../scan-number.ts'
import { recordedHead, type ScanRecord } from '../scan-record.ts'
import { tr } from '../words-recent.ts'

/** The note of the record that the address names. */
export function NoteScreen(): VNode {
  const { subject } = whereabouts.value
  const record = recentScans.value.find(({ id }) => id === subject)
  const back = (
    <a class="button" href={placeAddress('recent')}>
      {tr('note.back')}
    </a>
  )
  if (record === undefined) {
    return (
      <EmptyScreen title={tr('note.gone')} action={back} testId="note-gone">
        <p>{tr('note.gone-text')}</p>
      </EmptyScreen>
    )
  }
  return (
    <div class="stack column" data-testid="note-screen">
      <div class="actions">
        <Button kind="primary" onPress={() => window.print()} testId="note-print">
          {tr('note.print')}
        </Button>
        {back}
      </div>
      <NoteSheet record={record} />
      {record.asked?.receipt === undefined ? null : <ReceiptAgain text={record.asked.receipt} />}
    </div>
  )
}

/** For a person who did not get to scan it. */
function ReceiptAgain({ text }: { readonly text: string }): VNode {
  return (
    <details class="checks no-print" data-testid="receipt-again">
      <summary>{ta('receipt.title')}</summary>
      <div class="asking-qr">
        <QrView text={text} errorCorrection="L" label={ta('receipt.label')} />
      </div>
    </details>
  )
}

function NoteSheet({ record }: { readonly record: ScanRecord }): VNode {
  const { code } = record
  const head = recordedHead(record)
  const printed = `${tr('note.printed', { time: localTime(unixNow()) })} · ${tc('name')}`
  return (
    <article class="note panel" aria-labelledby="note-title" data-testid="note">
      <h1 id="note-title">{tr('note.title')}</h1>
      <p class="note-number">
        {tr('note.number')} <strong data-testid="note-number">{scanNumber(record)}</strong>
      </p>
      <p class={`note-result tone-${toneOf(head)}`}>
        <SignIcon sign={TONE_SIGNS[toneOf(head)]} />
        <strong>{wordOf(head)}</strong>
      </p>
      <dl class="rows">
        <Row term={tr('note.time')}>{tr('note.at', { time: localTime(record.at) })}</Row>
        {code === undefined ? null : <Row term={tr('note.reason')}>{reasonFor(code)}</Row>}
        {head.endsOn === undefined ? null : (
          <Row term={tr('note.reason')}>{tv('ends-soon', { day: formatDay(head.endsOn) })}</Row>
        )}
        <Row term={record.asked === undefined ? tr('note.type') : ta('matter')}>
          {record.typeName === undefined ? (
            tr('note.unread')
          ) : (
            <Data>{localised(record.typeName)}</Data>
          )}
        </Row>
        {record.asked === undefined ? null : <AskedRows asked={record.asked} />}
        {record.issuerName === undefined ? null : (
          <Row term={tr('note.issuer')}>
            <Data>{localised(record.issuerName)}</Data>
          </Row>
        )}
        {record.jurisdiction === undefined ? null : (
          <Row term={tv('recognition.label')}>
            <Data>{tv('recognition.from', { name: localised(record.jurisdiction) })}</Data>
          </Row>
        )}
        {record.holder === undefined ? null : (
          <Row term={tr('note.holder')}>
            <Data>{record.holder}</Data>
          </Row>
        )}
        {record.mode === undefined ? null : (
          <Row term={tr('note.mode')}>{tv(`mode.${record.mode}`)}</Row>
        )}
        {record.statusAsOf === undefined ? null : (
          <Row term={tr('note.status')}>
            {tr('note.status-value', { time: localTime(record.statusAsOf) })}
          </Row>
        )}
        {record.trustSignedAt === undefined ? null : (
          <Row term={tv('trust.label')}>
            {tr('note.status-value', { time: localTime(record.trustSignedAt) })}
          </Row>
        )}
        <SpeaksFor record={record} />
      </dl>
      <div class="note-limits">
        <p>
          <strong>{tr('note.proves-nothing')}</strong> {tr('note.explains')}
        </p>
        <p>{tr('note.finds')}</p>
      </div>
      <p class="note-sign">
        <span>{tr('note.sign')}</span>
      </p>
      <p class="hint">{printed}</p>
    </article>
  )
}

/** What was asked, and of each material the names of what was shown. */
function AskedRows({ asked }: { readonly asked: AskedRecord }): VNode {
  return (
    <>
      <Row term={ta('purpose')}>
        <Data>{asked.purpose}</Data>
      </Row>
      {asked.delegate === undefined ? null : (
        <Row term={ta('delegate')}>
          <Data>{asked.delegate}</Data>
        </Row>
      )}
      {asked.materials.map(({ code, name, typeName, claims }) => (
        <Row key={code} term={name === undefined ? code : localised(name)}>
          {typeName === undefined
            ? ta('material.absent')
            : ta('claims', {
                type: localised(typeName),
                claims: claims
                  .map((claim) =>
                    claim.display === undefined ? claim.name : localised(claim.display),
                  )
                  .join(ta('claims.join')),
              })}
        </Row>
      ))}
    </>
  )
}

/** Office and device of an enrolled counter; one that is not says so. */
function SpeaksFor({ record }: { readonly record: ScanRecord }): VNode {
  const { office, device } = record
  if (device === undefined || office === undefined) {
    return (
      <Row term={tr('note.office')}>
        <span data-testid="note-no-office">{tr('note.no-office')}</span>
        {office === undefined ? null : (
          <span class="hint"> {tr('note.chosen', { office: officeName(office) })}</span>
        )}
      </Row>
    )
  }
  return (
    <>
      <Row term={tr('note.office')}>
        <Data>{officeName(office)}</Data>
      </Row>
      <Row term={tr('note.device')}>
        <span data-testid="note-device">
          <Data>{`${device.number} · ${device.name}`}</Data>
        </span>
      </Row>
    </>
  )
}

function officeName(id: string): string {
  const state = trustStore.state.value
  const office = state.phase === 'ready' ? state.trust.office(id) : undefined
  return office === undefined ? id : localised(office.name)
}
