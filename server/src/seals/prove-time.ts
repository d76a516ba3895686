/**
 * Proof of the time of an impression (ARCHITECTURE §11): a token of the configured time-stamper over it, and the status list of
 * the seal's maker as signed at this moment. Whatever a time-stamper does, the sealing goes on; it goes without then.
 */
import { type ErrorCode, Fault, fault, sha256 } from '@onetrip/codec'
import {
  buildTimeStampQuery,
  type GrantedTimeStamp,
  type ImpressionBytes,
  MAX_STAPLED_BYTES,
  MAX_TIME_STAMP_ANSWER_BYTES,
  openTimeStampAnswer,
  TIME_STAMP_MEDIA_TYPE,
} from '@onetrip/seal'
import type { TimeStampService } from '../config.ts'
import { readCapped } from '../http/read-capped.ts'
import type { Services } from '../services.ts'
import { publishedStatusList } from '../status-lists/publish-status-list.ts'
import { loadTimeStampers } from '../trust-data/time-stampers.ts'

/** What goes into a `.seal` beside an impression, and what the seal's record says of it. */
export interface TimeProof {
  readonly beside: Pick<ImpressionBytes, 'timestamp' | 'statusList'>
  /** Unix seconds that the token states; `null` where there is none. */
  readonly stampedAt: number | null
  /** Why there is none; `null` too where nobody is to be asked. */
  readonly fault: ErrorCode | null
}

/** Asks for the proof, without any transaction open. `listId`: the status list that the seal stands in. */
export async function proveTime(
  services: Services,
  { cose, listId }: { readonly cose: Uint8Array; readonly listId: number | null },
): Promise<TimeProof> {
  const { timeStampService } = services.config
  if (timeStampService === undefined) return { beside: {}, stampedAt: null, fault: null }
  // The list comes first: a time-stamp after it proves that the list was signed by then.
  const statusList = await currentList(services, listId)
  try {
    const { token, stamp } = await askForToken(services, timeStampService, cose)
    return {
      beside: { timestamp: token, ...(statusList === undefined ? {} : { statusList }) },
      stampedAt: stamp.time,
      fault: null,
    }
  } catch (error) {
    const code = error instanceof Fault ? error.code : 'http/internal'
    services.log('seal/not-stamped', { code })
    return { beside: {}, stampedAt: null, fault: code }
  }
}

/** The list as it is served now; none where it cannot be had, or is larger than an impression brings. */
async function currentList(
  services: Services,
  listId: number | null,
): Promise<Uint8Array | undefined> {
  try {
    const { body } = await publishedStatusList(services, listId ?? 0, 'cwt')
    return body.length > MAX_STAPLED_BYTES ? undefined : body
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

async function askForToken(
  services: Services,
  service: TimeStampService,
  cose: Uint8Array,
): Promise<GrantedTimeStamp> {
  const query = buildTimeStampQuery(sha256(cose), services.random)
  const answer = await send(service, query.bytes).catch(() => {
    throw fault('timestamp/unavailable')
  })
  return openTimeStampAnswer(answer, { query, timeStampers: await loadTimeStampers(services) })
}

/** One POST (RFC 3161 §3.4) within the deadline; rejects for anything but an answer of the right kind and size. */
async function send(
  { url, timeoutMilliseconds }: TimeStampService,
  query: Uint8Array,
): Promise<Uint8Array> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': TIME_STAMP_MEDIA_TYPE.query, Accept: TIME_STAMP_MEDIA_TYPE.answer },
    body: new Uint8Array(query),
    redirect: 'error',
    credentials: 'omit',
    signal: AbortSignal.timeout(timeoutMilliseconds),
  })
  const [type] = (response.headers.get('Content-Type') ?? '').split(';')
  const isAnswer = type?.trim().toLowerCase() === TIME_STAMP_MEDIA_TYPE.answer
  if (response.status !== 200 || !isAnswer || response.body === null) {
    await response.body?.cancel()
    throw new TypeError('not an answer')
  }
  return readCapped(response.body, MAX_TIME_STAMP_ANSWER_BYTES)
}
