/** On a licence's page: what its holder let others answer with, to be taken back; and what others let them. */
import { today } from '@onetrip/credential'
import { Button, Data, formatDay, formatMoment, localised, Notice } from '@onetrip/ui'
import type { Named } from '@onetrip/verifier'
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import {
  type DelegationRecord,
  withoutEntrusted,
  withTakenBack,
} from '../delegates/delegation-record.ts'
import { takeBack } from '../delegates/take-back.ts'
import { codeOf, explain } from '../error-words.ts'
import type { HeldLicence } from '../held-licence.ts'
import { stretch } from '../kdf-client.ts'
import { openHolderKey } from '../keys.ts'
import { askPasscode, forgetPasscode } from '../passcode-question.ts'
import { changeLicence, now, settings } from '../wallet-state.ts'
import { wd } from '../words-delegates.ts'

/** Properties of {@link Delegations}. */
export interface DelegationsProps {
  readonly licence: HeldLicence
}

/** Nothing where there is none. */
export function Delegations({ licence }: DelegationsProps): VNode {
  const { delegations = [], entrusted = [] } = licence
  return (
    <>
      {delegations.length === 0 ? null : (
        <section data-testid="delegations">
          <h2>{wd('list.given')}</h2>
          <ul class="copies">
            {delegations.map((record, at) => (
              <Given key={record.id} licence={licence} record={record} at={at} />
            ))}
          </ul>
          <p class="hint">{wd('list.take.note')}</p>
        </section>
      )}
      {entrusted.length === 0 ? null : (
        <section data-testid="entrusted">
          <h2>{wd('list.kept')}</h2>
          <ul class="copies">
            {entrusted.map(({ id, holder = wd('unnamed'), typeName, matter, endsAt }) => (
              <li key={id}>
                <Data>
                  {wd('list.kept.item', {
                    holder,
                    type: localised(typeName),
                    matter: nameOf(matter),
                    day: formatDay(today(endsAt - 1)),
                  })}
                </Data>
                <Button
                  kind="quiet"
                  onPress={() =>
                    void changeLicence(licence.id, (kept) => withoutEntrusted(kept, id))
                  }
                  testId="drop-entrusted"
                >
                  {wd('list.drop')}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

interface GivenProps extends DelegationsProps {
  readonly record: DelegationRecord
  /** Where its copy's keys stand. */
  readonly at: number
}

function Given({ licence, record, at }: GivenProps): VNode {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const { name, matter, endDay, takenBackAt } = record
  const keys = licence.lentKeys?.[at]
  const isOver = endDay < today(now())
  const take = async (): Promise<void> => {
    if (keys === undefined) return
    setBusy(true)
    setTrouble(undefined)
    try {
      const platform = { subtle: crypto.subtle, askPasscode, stretch }
      const signer = await openHolderKey(keys.cbor, platform).finally(forgetPasscode)
      const http = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)
      await takeBack({ issuer: settings.apiOrigin, signer, now: now(), http })
      await changeLicence(licence.id, (kept) => withTakenBack(kept, record.id, now()))
    } catch (error) {
      setTrouble(explain(codeOf(error)))
    }
    setBusy(false)
  }
  return (
    <li>
      <Data>{wd('list.given.item', { name, matter: nameOf(matter), day: formatDay(endDay) })}</Data>
      {takenBackAt !== undefined ? (
        <span class="hint" data-testid="taken-back">
          {wd('list.taken', { moment: formatMoment(takenBackAt, now()) })}
        </span>
      ) : isOver ? (
        <span class="hint">{wd('list.ended')}</span>
      ) : (
        <Button kind="quiet" busy={busy} onPress={() => void take()} testId="take-back">
          {wd(busy ? 'list.taking' : 'list.take')}
        </Button>
      )}
      {trouble === undefined ? null : (
        <Notice tone="bad" live="alert" title={wd('list.take.failed')}>
          {trouble}
        </Notice>
      )}
    </li>
  )
}

function nameOf({ code, name }: Named): string {
  return name === undefined ? code : localised(name)
}
