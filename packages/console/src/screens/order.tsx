/** One order: what it does to which licences, who asked, and the decision of another person. */

import { Data, formatValidity, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import { ActButton } from '../act-button.tsx'
import { DataTable } from '../data-table.tsx'
import { holderColumn, licenceColumns } from '../licence-columns.tsx'
import { type LicenceLine, TYPE } from '../licence-data.ts'
import { Part, useLoaded } from '../load-part.tsx'
import { Moment } from '../moment.tsx'
import { type NextHolder, ORDER_TONES, READ_ORDER, type ReadOrder } from '../order-data.ts'
import { placeAddress } from '../places.ts'
import { act, type Me } from '../session.ts'
import { ANYTHING } from '../staff-data.ts'
import { StateWord } from '../state-word.tsx'
import { to } from '../words-orders.ts'
import { tg } from '../words-register.ts'
import { ClaimRows } from './claim-rows.tsx'
import { LostPlaces } from './lost-order.tsx'
import { Decided } from './order-decided.tsx'

/** The page of an order. */
export function OrderScreen({ me, id }: { readonly me: Me; readonly id: string }): VNode {
  const order = useLoaded(`/api/orders/${encodeURIComponent(id)}`, READ_ORDER)
  return (
    <div class="stack" data-testid="order-screen">
      <a class="link-alone no-print" href={placeAddress('orders')}>
        {to('back')}
      </a>
      <Part of={order}>
        {(value) => (
          <>
            <div class="two-columns">
              <Facts order={value} />
              <Next order={value} onDone={order.reload} />
            </div>
            {value.content?.to === undefined ? null : (
              <Holder me={me} to={value.content.to} line={value.lines[0]} />
            )}
            {value.kind === 'revoke-lost' ? (
              <LostPlaces order={value} />
            ) : (
              <Licences order={value} />
            )}
          </>
        )}
      </Part>
    </div>
  )
}

function Facts({ order }: { readonly order: ReadOrder }): VNode {
  const { kind, state, content } = order
  return (
    <section class="panel stack">
      <div class="page-head">
        <h1>{to(`kind.${kind}`)}</h1>
        <StateWord tone={ORDER_TONES[state]}>{to(`state.${state}`)}</StateWord>
      </div>
      <dl class="rows">
        <Row term={to(kind === 'revoke-lost' ? 'lost.count' : 'count')}>{order.licences}</Row>
        {content?.end === undefined ? null : (
          <Row term={to('end')}>{tg(`kind.${content.end}`)}</Row>
        )}
        <Row term={to('reason')}>
          <Data>{order.reason}</Data>
        </Row>
        {content?.ground === undefined ? null : (
          <Row term={to('ground')}>
            <Data>{content.ground}</Data>
          </Row>
        )}
        <Row term={to('by')}>
          <Data>{order.requestedBy}</Data> · <Moment at={order.requestedAt} />
        </Row>
        {order.decidedBy === undefined ? null : (
          <Row term={to('decided')}>
            <Decided order={order} />
          </Row>
        )}
        <Row term={to('digest')}>
          <bdi class="digest" data-testid="order-digest">
            {order.digest}
          </bdi>
          <p class="hint">{to('digest.hint')}</p>
        </Row>
      </dl>
    </section>
  )
}

function Next(props: { readonly order: ReadOrder; readonly onDone: () => void }): VNode {
  const { order, onDone } = props
  const isOpen = order.state === 'requested'
  return (
    <section class="panel stack no-print" data-testid="order-next">
      <h2>{to('next')}</h2>
      {isOpen ? null : <p class="hint">{to('over')}</p>}
      {isOpen && order.isOwn ? (
        <>
          <p class="hint">{to('own')}</p>
          <Decision step="withdraw" order={order} onDone={onDone} />
        </>
      ) : null}
      {isOpen && !order.isOwn ? (
        <>
          <Decision step="approve" order={order} onDone={onDone} />
          <Decision step="refuse" order={order} onDone={onDone} />
        </>
      ) : null}
    </section>
  )
}

function Decision(props: {
  readonly step: 'approve' | 'refuse' | 'withdraw'
  readonly order: ReadOrder
  readonly onDone: () => void
}): VNode {
  const { step, order, onDone } = props
  const { id, digest, kind, licences: count } = order
  const tone = step === 'approve' ? 'primary' : 'danger'
  return (
    <ActButton
      kind={tone}
      goKind={tone}
      title={
        step === 'approve' && kind === 'revoke-lost'
          ? to('lost.approve', { count })
          : to(`${step}.title`, { count, kind: to(`kind.${kind}`) })
      }
      body={
        <>
          <p>{to(`${step}.text`)}</p>
          {step === 'approve' ? (
            <p class="hint">
              {to('digest')} <bdi class="digest">{digest}</bdi>
            </p>
          ) : null}
        </>
      }
      go={to(step)}
      act={() =>
        act(`/api/orders/${id}/decision`, {
          answer: ANYTHING,
          body: { decision: step === 'approve' ? 'approve' : 'refuse', digest },
        })
      }
      onDone={onDone}
      testId={step}
    >
      {to(step)}
    </ActButton>
  )
}

/** What the licence is to say of its next holder. */
function Holder(props: {
  readonly me: Me
  readonly to: NextHolder
  readonly line: LicenceLine | undefined
}): VNode | null {
  const { me, line } = props
  const type = me.types.find(({ code }) => code === line?.type)
  if (type === undefined) return null
  return (
    <section class="panel stack" data-testid="next-holder">
      <h2>{to('transfer.to')}</h2>
      <HolderRows path={`/types/${type.code}/${type.version}`} holder={props.to} />
    </section>
  )
}

function HolderRows(props: { readonly path: string; readonly holder: NextHolder }): VNode {
  const { holder } = props
  const type = useLoaded(props.path, TYPE)
  return (
    <Part of={type}>
      {(definition) => (
        <dl class="rows">
          <Row term={to('transfer.holder')}>
            <Data>{holder.holderReference}</Data>
          </Row>
          <Row term={tg('validity')}>{formatValidity(holder)}</Row>
          <ClaimRows claims={holder.claims} definition={definition} />
        </dl>
      )}
    </Part>
  )
}

function Licences({ order }: { readonly order: ReadOrder }): VNode {
  return (
    <section class="stack">
      <h2>{to('licences')}</h2>
      {order.content === null ? (
        <p class="hint">{to('licences.gone')}</p>
      ) : (
        <DataTable
          caption={to('licences')}
          columns={[holderColumn(), ...licenceColumns()]}
          rows={order.lines}
          keyOf={({ id }) => id}
          testId="order-lines"
        />
      )}
    </section>
  )
}
