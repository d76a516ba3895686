/** Taking a case back. */
import { ConfirmButton } from '@onetrip/ui'
import type { VNode } from 'preact'
import { wc } from '../words-cases.ts'
import type { OpenedCase } from './opened-case.ts'

/** Properties of {@link WithdrawCase}. */
export interface WithdrawCaseProps {
  readonly of: OpenedCase
}

/** The button and its question. */
export function WithdrawCase({ of }: WithdrawCaseProps): VNode {
  return (
    <div class="actions no-print">
      <ConfirmButton
        title={wc('withdraw.title')}
        text={wc('withdraw.text')}
        confirm={wc('withdraw')}
        onConfirm={() => void of.act(() => of.change('withdraw', { version: of.latest().version }))}
        testId="withdraw-case"
      >
        {wc('withdraw')}
      </ConfirmButton>
    </div>
  )
}
