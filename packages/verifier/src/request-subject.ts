/** What the rules on a request look at, besides the device that signed it. */
import type { OfficeRequest, Want, WantOption } from '@onetrip/credential'
import type { Matter, Trust } from '@onetrip/trust'
import { type DeviceQuestion, type DeviceSubject, deviceSubject } from './device-subject.ts'

/** What a request asks beyond the catalogue. */
export interface OverAsking {
  /** Code of the material. */
  readonly material: string
  /** Type code of the licence. */
  readonly type: string
  /** Names of the claims that may not be asked. */
  readonly claims: readonly string[]
  /** Whether the licence itself may not be asked as this material. */
  readonly isWhole: boolean
}

/** What an office asks, whichever way, with what the catalogue says of it. */
export interface AskedSubject {
  readonly request: Pick<OfficeRequest, 'office' | 'issuedAt' | 'expiresAt'>
  readonly trust: Trust
  /** Unix seconds. */
  readonly now: number
  readonly matterCode: string
  readonly wants: readonly Want[]
  /** The matter of the catalogue; absent where there is none of this code. */
  readonly matter: Matter | undefined
  readonly overAsking: readonly OverAsking[]
}

/** A request with what the trust data say of it. */
export interface RequestSubject extends DeviceSubject, AskedSubject {
  readonly request: OfficeRequest
}

/** Gathers the subject; the device's certificate has to be in force now. */
export async function requestSubject(
  request: OfficeRequest,
  question: DeviceQuestion,
): Promise<RequestSubject> {
  const device = await deviceSubject(request, question, question.now)
  return { ...device, ...askedSubject(request, question.trust), request }
}

/** Holds what is asked against the catalogue. */
export function askedSubject(
  asked: Pick<OfficeRequest, 'matter' | 'wants'>,
  trust: Trust,
): Pick<AskedSubject, 'matterCode' | 'wants' | 'matter' | 'overAsking'> {
  const matter = trust.matters.find(({ code }) => code === asked.matter)
  const { wants } = asked
  return { matterCode: asked.matter, wants, matter, overAsking: overAskingIn(wants, matter) }
}

/** What is asked beyond the catalogue's most. */
export function overAskingIn(
  wants: readonly Want[],
  matter: Matter | undefined,
): readonly OverAsking[] {
  return wants.flatMap((want) =>
    want.options.flatMap((option) => beyondOf({ matter, material: want.material, option })),
  )
}

function beyondOf(asked: {
  readonly matter: Matter | undefined
  readonly material: string
  readonly option: WantOption
}): readonly OverAsking[] {
  const { matter, material, option } = asked
  const { type, claims } = option
  const known = matter?.materials.find(({ code }) => code === material)
  const accepted = known?.accepts.find((licence) => licence.type === type)
  if (accepted === undefined) return [{ material, type, claims, isWhole: true }]
  const beyond = claims.filter((name) => !accepted.claims.includes(name))
  return beyond.length === 0 ? [] : [{ material, type, claims: beyond, isWhole: false }]
}
