/** The list of somebody who signed in with the agency: each licence to this phone, all copies void, and signing out. */
import { Button, ConfirmButton, Data, localised, Notice } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { leaveAgency, loadMyLicences, moveHere, voidAllCopies } from '../agency/agency-acts.ts'
import type { AgencyLicence } from '../agency/my-licences.ts'
import type { AgencySession } from '../agency/sign-in.ts'
import { codeOf, explain } from '../error-words.ts'
import { isUnbound } from '../held-licence.ts'
import { licences, verdicts } from '../wallet-state.ts'
import { type AgencyMessage, wg } from '../words-agency.ts'
import { wo } from '../words-offer.ts'

/** Properties of {@link AgencyLicences}. */
export interface AgencyLicencesProps {
  readonly session: AgencySession
}

/** Where a licence is, as seen from this device. */
type Whereabouts = 'here' | 'ended' | 'elsewhere' | 'nowhere'

/** The list and what can be done. */
export function AgencyLicences({ session }: AgencyLicencesProps): VNode {
  const [list, setList] = useState<readonly AgencyLicence[] | undefined>(undefined)
  const [note, setNote] = useState<string | undefined>(undefined)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const [step, setStep] = useState<string | undefined>(undefined)
  /** Does one thing at a time and tells what became of it. */
  const act = async (work: () => Promise<string | undefined>): Promise<void> => {
    setTrouble(undefined)
    setNote(undefined)
    setStep(wg('agency.loading'))
    try {
      setNote(await work())
      setList(await loadMyLicences(session))
    } catch (error) {
      setTrouble(explain(codeOf(error)))
    }
    setStep(undefined)
  }
  useEffect(() => void act(async () => undefined), [])
  const busy = step !== undefined
  const move = (licence: AgencyLicence) =>
    act(async () => {
      await moveHere(session, licence, (next) => setStep(wo(`offer.step.${next}`)))
      return wg('agency.moved', { name: localised(licence.typeName) })
    })
  const voidAll = () =>
    act(async () => {
      const count = await voidAllCopies(session)
      return count === 0 ? wg('agency.lost.none') : wg('agency.lost.done', { count })
    })
  const leave = (everywhere: boolean) =>
    leaveAgency(session, everywhere).catch((error) => setTrouble(explain(codeOf(error))))
  return (
    <>
      {note === undefined ? null : (
        <Notice tone="good" live="status" testId="agency-note">
          {note}
        </Notice>
      )}
      {trouble === undefined ? null : (
        <Notice
          tone="bad"
          live="alert"
          title={wg('agency.failed')}
          testId="agency-trouble"
          action={
            list !== undefined ? undefined : (
              <Button onPress={() => void act(async () => undefined)}>{wg('agency.retry')}</Button>
            )
          }
        >
          {trouble}
        </Notice>
      )}
      <p class="offer-step" role="status">
        {step ?? ''}
      </p>
      {list === undefined ? null : list.length === 0 ? (
        <p>{wg('agency.none')}</p>
      ) : (
        <ul class="licence-list" data-testid="agency-list">
          {list.map((licence) => (
            <Row key={licence.id} licence={licence} busy={busy} onMove={() => void move(licence)} />
          ))}
        </ul>
      )}
      {list === undefined ? null : (
        <section>
          <h2>{wg('agency.lost.title')}</h2>
          <p>{wg('agency.lost.text')}</p>
          <div class="actions">
            <ConfirmButton
              title={wg('agency.lost.ask')}
              text={wg('agency.lost.text')}
              confirm={wg('agency.lost.confirm')}
              onConfirm={() => void voidAll()}
              testId="phone-lost"
            >
              {wg('agency.lost.button')}
            </ConfirmButton>
          </div>
        </section>
      )}
      <div class="actions">
        <Button kind="quiet" onPress={() => void leave(false)} testId="sign-out">
          {wg('agency.out')}
        </Button>
        <Button kind="quiet" onPress={() => void leave(true)} testId="sign-out-everywhere">
          {wg('agency.out.everywhere')}
        </Button>
      </div>
    </>
  )
}

function Row(props: {
  readonly licence: AgencyLicence
  readonly busy: boolean
  readonly onMove: () => void
}): VNode {
  const { licence, busy, onMove } = props
  const name = localised(licence.typeName)
  const where = whereabouts(licence)
  return (
    <li data-testid={`agency-${licence.serial}`}>
      <div>
        <strong>{name}</strong> · <Data>{licence.serial}</Data>
        <p class="hint">
          {localised(licence.agency)} · {wg(stateOf(licence, where))}
        </p>
      </div>
      {licence.status === 'revoked' ? null : (
        <MoveButton name={name} where={where} busy={busy} onMove={onMove} />
      )}
    </li>
  )
}

function MoveButton(props: {
  readonly name: string
  readonly where: Whereabouts
  readonly busy: boolean
  readonly onMove: () => void
}): VNode {
  const { name, where, busy, onMove } = props
  const action = wg(
    where === 'elsewhere' ? 'agency.move' : where === 'nowhere' ? 'agency.receive' : 'agency.again',
  )
  const label = wg('agency.move.label', { action, name })
  if (where === 'nowhere') {
    return (
      <Button onPress={onMove} busy={busy} label={label} testId="move-here">
        {action}
      </Button>
    )
  }
  return (
    <ConfirmButton
      kind="secondary"
      title={wg('agency.move.title', { name })}
      text={wg('agency.move.text')}
      confirm={action}
      onConfirm={onMove}
      testId="move-here"
    >
      {action}
    </ConfirmButton>
  )
}

function stateOf(licence: AgencyLicence, where: Whereabouts): AgencyMessage {
  const { status, endedAs } = licence
  if (status === 'valid') return `agency.${where}`
  return endedAs === undefined ? `agency.${status}` : `agency.${endedAs}`
}

function whereabouts({ identifier, copies }: AgencyLicence): Whereabouts {
  const held = licences.value.find(({ summary }) => summary.identifier === identifier)
  if (held === undefined || isUnbound(held)) {
    return copies === 0 ? 'nowhere' : 'elsewhere'
  }
  return verdicts.value.get(held.id)?.reason === 'status/revoked' ? 'ended' : 'here'
}
