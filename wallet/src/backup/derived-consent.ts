/**
 * A consent out of a backup, told anew by what its request and its answer prove: who asked, for what, what was shown of which licence,
 * and when. Of the file's own words none is left, for anybody may hand somebody a file and its code.
 */
import { Fault, fault } from '@onetrip/codec'
import { answerBytes, parseRequest } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import {
  type AnswerVerdict,
  type Check,
  type LicenceVerdict,
  proveVpRequest,
  type RuleId,
  type StatedRequest,
  verifyAnswer,
  verifyRequest,
  verifyVpAnswer,
} from '@onetrip/verifier'
import type { ConsentEntry, ConsentLicence } from '../asked/consent-entry.ts'
import { isOnline } from '../asked/keep-receipt.ts'
import { ONLINE_DEVICE } from '../asked/make-consent-entry.ts'
import { DELEGATE_MATERIAL } from '../delegates/delegate-material.ts'

/**
 * Beside the signatures themselves: each licence was shown for this request, or let to who showed it, and says what is told of it. What is
 * bound to no request, as a live code that anybody may have scanned, is judged by other rules than those on requests: the way of showing counts.
 */
const FOR_THIS: readonly RuleId[] = [
  'mode',
  'audience',
  'nonce',
  'transaction-data',
  'delegate-key',
  'delegation-matter',
  'claims',
]

/** What an answer proves of itself, and of the request that it is for. */
interface Judged {
  readonly stated: Pick<StatedRequest, 'office' | 'device' | 'matter' | 'purpose'>
  readonly verdict: AnswerVerdict
}

/** The entry without a word of the file's, `id` and the licences' ids aside; nothing where trust data, request or answer do not give it. */
export async function derivedConsent(
  entry: ConsentEntry,
  at: {
    readonly trust: Trust
    /** Unix seconds. */
    readonly now: number
  },
): Promise<ConsentEntry | undefined> {
  try {
    const { stated, verdict } = await (isOnline(entry) ? judgeOnline : judgeCode)(entry, at)
    const { unproven: _unproven, ...rest } = entry
    const { office, device, matter, purpose } = stated
    return {
      ...rest,
      at: signedAt(verdict),
      office,
      device,
      matter,
      purpose,
      shown: shownIn(verdict, entry),
    }
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

async function judgeCode(
  { request: text, answer }: ConsentEntry,
  at: { readonly trust: Trust; readonly now: number },
): Promise<Judged> {
  const { request: stated } = await verifyRequest(text, at)
  if (stated === undefined) throw fault('request/format')
  const request = parseRequest(answerBytes(text))
  return { stated, verdict: await verifyAnswer(answer, { ...at, request }) }
}

async function judgeOnline(
  { request: text, answer }: ConsentEntry,
  at: { readonly trust: Trust; readonly now: number },
): Promise<Judged> {
  const request = await proveVpRequest(text, at)
  const { stated, forReceipt } = request
  // The holder's key signed none of the words.
  if (forReceipt === undefined) throw fault('request/commitment')
  const device = { name: stated.host, number: ONLINE_DEVICE }
  return {
    stated: { ...stated, device },
    verdict: await verifyVpAnswer(answer, { ...at, request }),
  }
}

/** When the key signed that answered; a delegation was signed before. Throws `key-binding/format`. */
function signedAt({ delegate, materials }: AnswerVerdict): number {
  const signed = delegate === undefined ? materials : [delegate]
  const times = signed.flatMap(({ evidence }) => evidence?.clock.codeTime ?? [])
  if (times.length === 0) throw fault('key-binding/format')
  return Math.min(...times)
}

/** Every licence of the answer; one that proves nothing, or was not asked, leaves the whole unproven. Throws `answer/unasked`, `answer/format`. */
function shownIn(
  { delegate, materials, unasked }: AnswerVerdict,
  { shown: told }: ConsentEntry,
): readonly ConsentLicence[] {
  if (unasked.length > 0) throw fault('answer/unasked')
  const given = materials.filter(({ evidence }) => evidence !== undefined)
  const own = delegate === undefined ? [] : [{ ...delegate, material: DELEGATE_MATERIAL }]
  return [...own, ...given].map(({ material: { code, name }, licence, checks }) => {
    if (licence === undefined || !checks.every(isForThis)) throw fault('answer/format')
    const { typeName, serial: number } = licence
    return {
      material: code,
      ...(name === undefined ? {} : { materialName: name }),
      licenceId: told.find(({ material }) => material === code)?.licenceId ?? '',
      typeName,
      number,
      claims: claimsOf(licence),
    }
  })
}

function isForThis({ id, outcome, code }: Check): boolean {
  return outcome === 'passed' || (!FOR_THIS.includes(id) && code !== 'answer/unasked')
}

function claimsOf({ claims }: LicenceVerdict): ConsentLicence['claims'] {
  return claims.filter(({ of }) => of === undefined).map(({ display }) => display)
}
