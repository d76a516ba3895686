/** Our own log in the trust list: under which key it signs, and how many of which witnesses have to have seen its checkpoints. */
import type { JsonObject } from '@onetrip/codec'
import { formatVerifierKey } from '@onetrip/log'
import { beginOf } from '../record/anchors.ts'
import { recordKey } from '../record/integrate.ts'
import type { Services } from '../services.ts'

const DAY_SECONDS = 86_400
/** A log has one key for its life; what is in force by its receipts lasts a year. */
const LIFE_SECONDS = 3_653 * DAY_SECONDS

/** The entry of the log; it begins with the day of its first checkpoint. */
export async function ownLogEntry(services: Services): Promise<JsonObject> {
  const { witnesses, witnessQuorum: quorum } = services.config
  const begin = await beginOf(services)
  const notBefore = begin - (begin % DAY_SECONDS)
  return {
    vkey: formatVerifierKey(recordKey(services)),
    notBefore,
    notAfter: notBefore + LIFE_SECONDS,
    witnesses: witnesses.map(({ key }) => formatVerifierKey(key)),
    quorum,
  }
}
