/** Makes out a copy (加注件) with the holder's key and adds it to the licence's history; no network. */
import { makeCopy } from '@onetrip/credential'
import type { CopyRequest } from './copy-limits.ts'
import { type CopyRecord, type HeldLicence, withCopy } from './held-licence.ts'
import { historyEntry } from './history-entry.ts'
import { stretch } from './kdf-client.ts'
import { openHolderKey } from './keys.ts'
import type { LicenceContent } from './licence-content.ts'
import { askPasscode, forgetPasscode } from './passcode-question.ts'
import { recordEntry } from './showing-record.ts'
import { changeLicence, now } from './wallet-state.ts'

/** Throws `copy/too-long`, `qr/too-big`, `claim/format`, `key/*`, `storage/*`; then nothing is kept. */
export async function makeOutCopy(options: {
  readonly licence: HeldLicence
  readonly content: LicenceContent
  readonly request: CopyRequest
  readonly disclose: readonly string[]
}): Promise<CopyRecord> {
  const { licence, content, request, disclose } = options
  const { recipient, endDay } = request
  const purpose = request.purpose.normalize('NFC').trim()
  const name = recipient.name.normalize('NFC').trim()
  const madeAt = now()
  const signer = await openHolderKey(licence.keys.cbor, {
    subtle: crypto.subtle,
    askPasscode,
    stretch,
  }).finally(forgetPasscode)
  const text = await makeCopy({
    credential: licence.sdCwt,
    type: content.type,
    disclose,
    signer,
    now: madeAt,
    recipient: recipient.kind === 'office' ? { office: recipient.id } : { name },
    purpose,
    endDay,
  })
  const copy: CopyRecord = {
    id: crypto.randomUUID(),
    madeAt,
    purpose,
    recipient: { ...recipient, name },
    endDay,
    disclosed: disclose,
    text,
  }
  await changeLicence(licence.id, (kept) => withCopy(kept, copy))
  await recordEntry(
    historyEntry({
      id: copy.id,
      at: madeAt,
      licence,
      content,
      disclosed: new Set(disclose),
      copy: { recipient: copy.recipient, purpose },
    }),
  )
  return copy
}
