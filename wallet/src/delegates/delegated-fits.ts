/** Which of the delegations that this wallet keeps serve a request. */
import {
  answerBytes,
  type OfficeRequest,
  parsePresentation,
  wantServedBy,
} from '@onetrip/credential'
import type { HeldLicence } from '../held-licence.ts'
import { type EntrustedRecord, namedCopy } from './delegation-record.ts'

/** Delegations that answer a request by one key, each at its material. */
export interface DelegatedFit {
  /** The delegate's own licence. */
  readonly own: HeldLicence
  /** `key:` and thumbprint that all of them name. */
  readonly code: string
  readonly parts: readonly { readonly material: string; readonly record: EntrustedRecord }[]
}

/** The delegations of each key that serve the request at a time (Unix seconds); the newest of each type. */
export function delegatedFits(
  request: Pick<OfficeRequest, 'matter' | 'wants'>,
  held: { readonly licences: readonly HeldLicence[]; readonly now: number },
): readonly DelegatedFit[] {
  const fits = new Map<string, DelegatedFit>()
  for (const own of held.licences) {
    for (const record of own.entrusted ?? []) {
      const want = wantServedBy(request.wants, record.typeCode)
      const isFor = record.matter.code === request.matter && held.now < record.endsAt
      if (want === undefined || !isFor) continue
      const code = audienceOf(record)
      const { parts } = fits.get(code) ?? { parts: [] }
      if (parts.some(({ material }) => material === want.material)) continue
      if (namedCopy([own], code) === undefined) continue
      fits.set(code, { own, code, parts: [...parts, { material: want.material, record }] })
    }
  }
  return [...fits.values()]
}

function audienceOf({ text }: EntrustedRecord): string {
  return parsePresentation(answerBytes(text)).keyBinding?.audience ?? ''
}
