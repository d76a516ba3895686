/** In the settings: for which office this counter speaks, until when, and how it comes to do so. */

import { Fault } from '@onetrip/codec'
import { isDeviceName } from '@onetrip/credential'
import {
  Button,
  Data,
  formatMoment,
  localised,
  Row,
  reasonFor,
  SelectField,
  TextField,
} from '@onetrip/ui'
import type { TargetedSubmitEvent, VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { tick } from '../clock.ts'
import { trustStore } from '../counter-state.ts'
import {
  beginEnrolment,
  endEnrolment,
  refreshEnrolment,
  startEnrolment,
} from './enrolment-keeper.ts'
import { type Enrolment, type EnrolmentTrouble, enrolment } from './enrolment-signal.ts'
import { isEnrolmentTrouble, te } from './words-enrolment.ts'

/** The state of the enrolment and its next step. */
export function EnrolmentPanel(): VNode {
  useEffect(() => {
    void startEnrolment()
  }, [])
  const state = enrolment.value
  return (
    <section class="panel stack" aria-labelledby="enrolment-title" data-testid="enrolment">
      <h2 id="enrolment-title">{te('title')}</h2>
      <Standing state={state} />
      <p class="hint" role="status" data-testid="enrolment-trouble">
        {state.trouble === undefined ? '' : troubleText(state.trouble)}
      </p>
    </section>
  )
}

function Standing({ state }: { readonly state: Enrolment }): VNode {
  if (state.phase === 'asked') return <Asked state={state} />
  if (state.phase === 'enrolled') return <Enrolled state={state} />
  if (state.phase === 'ended') return <Ended state={state} />
  return <AskForm />
}

function AskForm(): VNode {
  const [office, setOffice] = useState('')
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<'office' | 'name' | undefined>(undefined)
  const [trouble, setTrouble] = useState<EnrolmentTrouble | undefined>(undefined)
  const trust = trustStore.state.value
  const offices = trust.phase === 'ready' ? trust.trust.offices : []

  async function ask(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const deviceName = name.trim().normalize('NFC')
    setTrouble(undefined)
    setWrong(office === '' ? 'office' : isDeviceName(deviceName) ? undefined : 'name')
    if (office === '' || !isDeviceName(deviceName)) return
    setBusy(true)
    try {
      await beginEnrolment({ office, deviceName })
    } catch (error) {
      setTrouble(error instanceof Fault ? error.code : 'key/storage')
    } finally {
      setBusy(false)
    }
  }

  return (
    <form class="stack" onSubmit={(event) => void ask(event)} noValidate>
      <p>
        <strong data-testid="enrolment-none">{te('none')}</strong> {te('none-text')}
      </p>
      <SelectField
        label={te('office')}
        name="enrol-office"
        testId="enrol-office"
        value={office}
        error={wrong === 'office' ? te('office-wrong') : undefined}
        choices={[
          { value: '', text: te('choose') },
          ...offices.map(({ id, name: named }) => ({ value: id, text: localised(named) })),
        ]}
        onChange={setOffice}
      />
      <TextField
        label={te('name')}
        hint={te('name-hint')}
        name="enrol-name"
        testId="enrol-name"
        maxLength={40}
        value={name}
        error={wrong === 'name' ? te('name-wrong') : undefined}
        onInput={setName}
      />
      {trouble === undefined ? null : <p role="alert">{troubleText(trouble)}</p>}
      <div class="actions">
        <Button type="submit" kind="primary" busy={busy} testId="enrol-ask">
          {te(busy ? 'asking' : 'ask')}
        </Button>
      </div>
    </form>
  )
}

function Asked({ state }: { readonly state: Extract<Enrolment, { phase: 'asked' }> }): VNode {
  const { code, expiresAt, deviceName, office } = state
  return (
    <div class="stack">
      <p>{te('asked-text')}</p>
      <p class="enrol-code" data-testid="enrol-code">
        {code.slice(0, 4)}-{code.slice(4)}
      </p>
      <dl class="rows">
        <Row term={te('office')}>
          <Data>{officeName(office)}</Data>
        </Row>
        <Row term={te('name')}>
          <Data>{deviceName}</Data>
        </Row>
        <Row term={te('code-until')}>{formatMoment(expiresAt, tick.value)}</Row>
      </dl>
      <div class="actions">
        <Button onPress={() => void endEnrolment()} testId="enrol-cancel">
          {te('cancel')}
        </Button>
      </div>
    </div>
  )
}

function Enrolled({ state }: { readonly state: Extract<Enrolment, { phase: 'enrolled' }> }): VNode {
  const { office, device, matters, expiresAt } = state.counter
  if (tick.value > expiresAt) return <Ended state={{ phase: 'ended', reason: 'counter/expired' }} />
  return (
    <div class="stack">
      <dl class="rows">
        <Row term={te('office')}>
          <strong data-testid="enrolled-office">
            <Data>{localised(office.name)}</Data>
          </strong>
        </Row>
        <Row term={te('device')}>
          <span data-testid="enrolled-device">
            <Data>{`${device.number} · ${device.name}`}</Data>
          </span>
        </Row>
        {matters.length === 0 ? null : (
          <Row term={te('matters')}>
            <Data>{matters.join(', ')}</Data>
          </Row>
        )}
        <Row term={te('until')}>{formatMoment(expiresAt, tick.value)}</Row>
      </dl>
      <p class="hint">{te('renews')}</p>
      <LeaveActions />
    </div>
  )
}

function Ended({ state }: { readonly state: Extract<Enrolment, { phase: 'ended' }> }): VNode {
  return (
    <div class="stack">
      <p role="alert" data-testid="enrolment-ended" data-code={state.reason}>
        <strong>{te('none')}</strong> {troubleText(state.reason)}
      </p>
      <LeaveActions />
    </div>
  )
}

function LeaveActions(): VNode {
  const [asking, setAsking] = useState(false)
  if (asking) {
    return (
      <div class="stack">
        <p>{te('leave-text')}</p>
        <div class="actions">
          <Button onPress={() => setAsking(false)}>{te('keep')}</Button>
          <Button kind="danger" onPress={() => void endEnrolment()} testId="enrol-leave-yes">
            {te('leave-yes')}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <div class="actions">
      <Button onPress={() => void refreshEnrolment()} testId="enrol-refresh">
        {te('refresh')}
      </Button>
      <Button onPress={() => setAsking(true)} testId="enrol-leave">
        {te('leave')}
      </Button>
    </div>
  )
}

function troubleText(code: EnrolmentTrouble): string {
  return isEnrolmentTrouble(code) ? te(code) : reasonFor(code)
}

function officeName(id: string): string {
  const state = trustStore.state.value
  const office = state.phase === 'ready' ? state.trust.office(id) : undefined
  return office === undefined ? id : localised(office.name)
}
