/** A delegation that somebody gave to this wallet's holder: verified, and found to name a key that is here. No network. */
import { type ErrorCode, Fault } from '@onetrip/codec'
import { answerBytes, delegationText } from '@onetrip/credential'
import type { Trust } from '@onetrip/trust'
import type { CodeInput } from '@onetrip/ui'
import { verify } from '@onetrip/verifier'
import type { HeldLicence } from '../held-licence.ts'
import { type EntrustedRecord, namedCopy } from './delegation-record.ts'

/** What became of a delegation. */
export type Entrusted =
  | { readonly outcome: 'genuine'; readonly record: EntrustedRecord; readonly own: HeldLicence }
  | { readonly outcome: 'refused'; readonly code: ErrorCode }

/** Judges a delegation; one that names no key of these licences is `delegation/delegate`. */
export async function judgeEntrusted(
  input: CodeInput,
  at: {
    readonly trust: Trust
    /** Unix seconds. */
    readonly now: number
    readonly licences: readonly HeldLicence[]
  },
): Promise<Entrusted> {
  const { trust, now, licences } = at
  const { reason, licences: shown } = await verify(input, { trust, now, accept: ['delegate'] })
  const [licence] = shown
  const note = licence?.delegation
  // By itself the best is amber; old status data are the counter's to judge, which has its own.
  const isTaken = reason !== undefined && TAKEN.has(reason)
  if (!isTaken || licence === undefined || note === undefined) {
    return { outcome: 'refused', code: reason ?? 'format/unsupported' }
  }
  const own = namedCopy(licences, note.delegate)?.licence
  if (own === undefined) return { outcome: 'refused', code: 'delegation/delegate' }
  const type = trust.types.find(({ typeCode }) => typeCode === licence.typeCode)
  const holder = licence.claims.find(({ name }) => name === type?.holder.name)?.text['zh-CN']
  const matter = trust.matters.find(({ code }) => code === note.matter)
  const record: EntrustedRecord = {
    id: crypto.randomUUID(),
    keptAt: now,
    typeCode: licence.typeCode,
    typeName: licence.typeName,
    number: licence.serial,
    ...(holder === undefined ? {} : { holder }),
    matter: { code: note.matter, ...(matter === undefined ? {} : { name: matter.name }) },
    endsAt: note.endsAt,
    claims: licence.claims.map(({ display }) => display),
    text: typeof input === 'string' ? input : textOf(input),
  }
  return { outcome: 'genuine', record, own }
}

const TAKEN: ReadonlySet<ErrorCode> = new Set([
  'presentation/delegation',
  'trust/stale',
  'status/stale',
])

function textOf(input: Uint8Array): string {
  try {
    return delegationText(answerBytes(input))
  } catch (error) {
    if (error instanceof Fault) return ''
    throw error
  }
}
