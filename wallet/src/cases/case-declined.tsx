/** Why a case was not accepted (不予受理) or a part refused: the ground by law, the office's words, and how to object. */
import { Data, formatDate, localised, Row } from '@onetrip/ui'
import type { VNode } from 'preact'
import { wc } from '../words-cases.ts'
import type { LegalGround, MyCase } from './case-data.ts'

/** What the window's refusal says; nothing of any other case. */
export function CaseDeclined({ known }: { readonly known: MyCase }): VNode | null {
  const { declined, steps, closedAt } = known
  if (declined === undefined) return null
  const reason = steps.findLast(({ part, to }) => part === '' && to === 'declined')?.reason
  return (
    <section class="panel stack" data-testid="declined">
      <h2>{wc('declined.title')}</h2>
      <dl class="rows">
        {reason === undefined ? null : (
          <Row term={wc('declined.reason')}>
            <Data>{reason}</Data>
          </Row>
        )}
        {declined.ground === undefined ? null : (
          <Row term={wc('declined.ground')}>
            <GroundText of={declined.ground} />
          </Row>
        )}
        {closedAt === undefined ? null : <Row term={wc('declined.at')}>{formatDate(closedAt)}</Row>}
      </dl>
      <h3>{wc('declined.objection')}</h3>
      <p>{localised(declined.objection)}</p>
    </section>
  )
}

/** A ground and its clause. */
export function GroundText({ of }: { readonly of: LegalGround }): VNode {
  return (
    <>
      {localised(of.text)}
      <br />
      <span class="hint">
        <Data>{of.basis}</Data>
      </span>
    </>
  )
}
