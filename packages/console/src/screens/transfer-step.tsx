/** A licence is to change its holder (转让): what its next version says is filled in, and another person decides. */

import type { TypeDefinition } from '@onetrip/credential'
import { TextField } from '@onetrip/ui'
import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'
import { ActButton } from '../act-button.tsx'
import { todayHere } from '../calendar-days.ts'
import { ClaimField, isTyped, typedClaims } from '../claim-field.tsx'
import { type FormDraft, useFormDraft } from '../form-draft.ts'
import { type Licence, TYPE } from '../licence-data.ts'
import { Part, useLoaded } from '../load-part.tsx'
import { ORDERED } from '../order-data.ts'
import { placeAddress } from '../places.ts'
import { act, type LicenceType } from '../session.ts'
import { TextArea } from '../text-area.tsx'
import { to } from '../words-orders.ts'

const MAX_REASON = 500
const MAX_GROUND = 200
const MAX_REFERENCE = 120
/** Before the name of a claim among the fields of the form. */
const CLAIM = 'claim-'

/** The button with its form; the version that is filled in is the newest of the type. */
export function TransferStep(props: {
  readonly licence: Licence
  readonly type: LicenceType
}): VNode {
  const { licence } = props
  const type = useLoaded(`/types/${props.type.code}/${props.type.version}`, TYPE)
  const claims = Object.entries(licence.claims).map(([name, value]) => [CLAIM + name, `${value}`])
  const form = useFormDraft(`transfer-${licence.id}`, {
    validFrom: todayHere(),
    validTo: licence.validTo ?? '',
    ...Object.fromEntries(claims),
  })
  const definition = type.answer?.kind === 'done' ? type.answer.value : undefined
  const content = contentOf(licence.id, form, definition)
  const idempotencyKey = useMemo(() => crypto.randomUUID(), [JSON.stringify(content)])
  const ask = async () => {
    const answer = await act('/api/orders', { answer: ORDERED, body: content, idempotencyKey })
    if (answer.kind === 'done') {
      form.forget()
      location.hash = placeAddress('orders', answer.value.id)
    }
    return answer
  }
  return (
    <ActButton
      title={to('transfer.title')}
      body={
        <>
          <p>{to('transfer.text')}</p>
          <Fields form={form} />
          <Part of={type}>
            {(value) =>
              value.claims
                .filter(isTyped)
                .map((claim) => (
                  <ClaimField
                    key={claim.name}
                    claim={claim}
                    value={form.valueOf(CLAIM + claim.name)}
                    onChange={(text) => form.set(CLAIM + claim.name, text)}
                  />
                ))
            }
          </Part>
        </>
      }
      go={to('ask')}
      isReady={
        definition !== undefined && content.reason !== '' && content.to.holderReference !== ''
      }
      act={ask}
      onDone={() => undefined}
      testId="transfer"
    >
      {to('transfer.open')}
    </ActButton>
  )
}

function Fields({ form }: { readonly form: FormDraft }): VNode {
  const set = (name: string) => (value: string) => form.set(name, value)
  return (
    <>
      <TextArea
        label={to('reason')}
        hint={to('reason-hint')}
        value={form.valueOf('reason')}
        maxLength={MAX_REASON}
        onInput={set('reason')}
        testId="reason"
      />
      <TextField
        label={to('ground')}
        name="ground"
        hint={to('ground-hint')}
        value={form.valueOf('ground')}
        maxLength={MAX_GROUND}
        onInput={set('ground')}
        testId="ground"
      />
      <TextField
        label={to('transfer.holder')}
        name="holderReference"
        hint={to('transfer.holder-hint')}
        value={form.valueOf('holderReference')}
        maxLength={MAX_REFERENCE}
        required
        onInput={set('holderReference')}
        testId="transfer-holder"
      />
      <TextField
        label={to('transfer.from')}
        name="validFrom"
        type="date"
        value={form.valueOf('validFrom')}
        onInput={set('validFrom')}
        testId="transfer-from"
      />
      <TextField
        label={to('transfer.until')}
        name="validTo"
        type="date"
        value={form.valueOf('validTo')}
        onInput={set('validTo')}
        testId="transfer-until"
      />
    </>
  )
}

function contentOf(licence: string, form: FormDraft, definition: TypeDefinition | undefined) {
  const text = (name: string): string => form.valueOf(name).trim()
  const [validTo, ground] = [text('validTo'), text('ground')]
  return {
    kind: 'transfer',
    licence,
    reason: text('reason'),
    ...(ground === '' ? {} : { ground }),
    to: {
      holderReference: text('holderReference'),
      validFrom: text('validFrom'),
      ...(validTo === '' ? {} : { validTo }),
      claims: typedClaims(definition, (name) => form.valueOf(CLAIM + name)),
    },
  }
}
