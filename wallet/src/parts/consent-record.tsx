/** A consent in the history: to whom, for what, which licences, its receipt, and the files that prove it. */
import { Button, Data, formatMoment, localised, saveFile, withNodes } from '@onetrip/ui'
import type { VNode } from 'preact'
import { showReceipt } from '../asked/asked-state.ts'
import type { ConsentEntry } from '../asked/consent-entry.ts'
import { answeredIn, isOnline } from '../asked/keep-receipt.ts'
import { hrefOf } from '../routes.ts'
import { now } from '../wallet-state.ts'
import { wa } from '../words-asked.ts'
import { ConsentLicences } from './consent-licences.tsx'

/** Properties of {@link ConsentRecord}. */
export interface ConsentRecordProps {
  readonly entry: ConsentEntry
}

/** The words of a consent. */
export function ConsentRecord({ entry }: ConsentRecordProps): VNode {
  const { office, device, matter, purpose, shown, receipt } = entry
  return (
    <div class="history-text">
      <h2 class="history-name">
        {matter.name === undefined ? matter.code : localised(matter.name)}
      </h2>
      <p>
        {withNodes(wa('record.consent'), {
          office: <Data>{`${localised(office.name)} · ${device.name}`}</Data>,
          purpose: <Data>{purpose}</Data>,
        })}
      </p>
      <ConsentLicences shown={shown} />
      {entry.unproven ? <Unproven /> : isBound(entry) ? <Bound /> : null}
      <Receipt receipt={receipt} />
      <Proof entry={entry} />
    </div>
  )
}

/** Over the network: by a code it always is. */
function isBound(entry: ConsentEntry): boolean {
  return isOnline(entry) && answeredIn(entry) !== undefined
}

function Bound(): VNode {
  return (
    <p class="hint" data-testid="record-bound">
      {wa('record.bound')}
    </p>
  )
}

/** What a backup says and nothing proves. */
export function Unproven(): VNode {
  return (
    <p class="hint" data-testid="record-unproven">
      {wa('record.unproven')}
    </p>
  )
}

function Receipt({ receipt }: { readonly receipt: ConsentEntry['receipt'] }): VNode {
  if (receipt === undefined) {
    return (
      <p class="hint">
        {wa('record.no-receipt')} <a href={hrefOf({ screen: 'receipt' })}>{wa('answer.receipt')}</a>
      </p>
    )
  }
  if (receipt.unconfirmed === undefined) {
    return (
      <p data-testid="record-receipt">
        {wa('record.receipt', { time: formatMoment(receipt.at, now()) })}
      </p>
    )
  }
  return (
    <>
      <p class="hint" data-testid="record-unconfirmed">
        {wa('record.unconfirmed')}
      </p>
      <div class="actions">
        <Button onPress={() => showReceipt(receipt.text)} testId="confirm-receipt">
          {wa('record.confirm')}
        </Button>
      </div>
    </>
  )
}

function Proof({ entry }: ConsentRecordProps): VNode {
  const { id, request, answer, receipt } = entry
  const save = (part: string, text: string): void =>
    saveFile({
      name: `onetrip-${id.slice(0, 8)}-${part}.txt`,
      mediaType: 'text/plain;charset=utf-8',
      content: `${text}\n`,
    })
  return (
    <details class="checks" data-testid="record-proof">
      <summary>{wa('record.proof')}</summary>
      <p class="hint">{wa('record.proof-text')}</p>
      <div class="actions">
        <Button onPress={() => save('request', request)} testId="proof-request">
          {wa('record.request')}
        </Button>
        <Button onPress={() => save('answer', answer)} testId="proof-answer">
          {wa('record.answer')}
        </Button>
        {receipt === undefined ? null : (
          <Button onPress={() => save('receipt', receipt.text)} testId="proof-receipt">
            {wa('record.receipt-file')}
          </Button>
        )}
      </div>
    </details>
  )
}
