/** Lets somebody answer with a licence for one matter: signed with a copy's own key and on record before the code is shown; no network. */
import { delegationText, makeDelegation } from '@onetrip/credential'
import type { HeldLicence } from '../held-licence.ts'
import { historyEntry } from '../history-entry.ts'
import { stretch } from '../kdf-client.ts'
import { openHolderKey } from '../keys.ts'
import type { LicenceContent } from '../licence-content.ts'
import { oneWindow } from '../one-window.ts'
import { askPasscode, forgetPasscode } from '../passcode-question.ts'
import { carriedReceipts } from '../receipts/held-receipts.ts'
import { recordEntry } from '../showing-record.ts'
import { changeLicence, now, walletStore } from '../wallet-state.ts'
import { copyToLend, type DelegationRecord, withLent } from './delegation-record.ts'

/** What the holder agrees to. */
export interface Lending extends Pick<DelegationRecord, 'name' | 'matter' | 'endDay'> {
  readonly licence: HeldLicence
  readonly content: LicenceContent
  /** `key:` and the thumbprint of the delegate's key. */
  readonly delegate: string
  /** Names of the claims to show. */
  readonly disclose: ReadonlySet<string>
}

/** Throws `delegation/too-long`, `key/*`, `storage/*`; then nothing is kept. `TypeError` without a copy to lend. */
export function makeOutDelegation(lending: Lending): Promise<DelegationRecord> {
  // Of two windows the second lends the next copy (WA07): one status entry serves one delegation.
  return oneWindow('lending', () => lendCopy(lending))
}

async function lendCopy(lending: Lending): Promise<DelegationRecord> {
  const { licence, content, delegate, matter, endDay, disclose } = lending
  const { opened } = await walletStore().licences()
  const kept = opened.find(({ id }) => id === licence.id)
  const copy = kept && copyToLend(kept)
  if (copy === undefined) throw new TypeError('there is no copy to lend')
  const name = lending.name.normalize('NFC').trim()
  const madeAt = now()
  const platform = { subtle: crypto.subtle, askPasscode, stretch }
  const signer = await openHolderKey(copy.keys.cbor, platform).finally(forgetPasscode)
  const delegation = await makeDelegation({
    credential: copy.sdCwt,
    type: content.type,
    disclose: [...disclose],
    receipts: carriedReceipts(copy.sdCwt),
    signer,
    delegate,
    matter: matter.code,
    endDay,
    now: madeAt,
  })
  const { fixed, selectable } = content.choice
  const shown = [...fixed, ...selectable.filter((claim) => disclose.has(claim.name))]
  const record: DelegationRecord = {
    id: crypto.randomUUID(),
    madeAt,
    name,
    matter,
    endDay,
    claims: shown.map(({ display }) => display),
    text: delegationText(delegation),
  }
  await changeLicence(licence.id, (kept) => withLent(kept, { copy, record }))
  await recordEntry(
    historyEntry({
      id: record.id,
      at: madeAt,
      licence,
      content,
      disclosed: disclose,
      lent: { recipient: { kind: 'name', name }, purpose: matter.name?.['zh-CN'] ?? matter.code },
    }),
  )
  return record
}
