/** ARCHITECTURE §7: where a licence type requires it, what is shown stands in the log. */
import { fault } from '@onetrip/codec'
import type { Mode } from '@onetrip/credential'
import { type Rule, SIGNED } from '../rule.ts'

/** Codes on paper and copies have no place for a receipt. */
const REQUIRING: ReadonlySet<Mode | undefined> = new Set<Mode>(['requested', 'live', 'delegate'])

/**
 * A receipt that is there holds: `log/receipt`, `log/proof`, `log/other-log`, `log/other-root`, `receipt/fork`, `receipt/unwitnessed`. Where
 * the type requires one it is there: `receipt/missing`. A credential that the wallet receives stands in no checkpoint yet.
 */
export const logReceipt: Rule = {
  id: 'log-receipt',
  clause: 'RFC 9942',
  needs: SIGNED,
  check({ inclusions, mode, receiptRequired }) {
    if (inclusions?.code !== undefined) throw fault(inclusions.code)
    if (inclusions === undefined && receiptRequired && REQUIRING.has(mode)) {
      throw fault('receipt/missing')
    }
  },
}
