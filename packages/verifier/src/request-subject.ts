/** What the rules on a request look at, besides the device that signed it. */
import type { OfficeRequest, Want, WantOption } from '@onetrip/credential'
import type { Matter } from '@onetrip/trust'
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

/** A request with what the trust data say of it. */
export interface RequestSubject extends DeviceSubject {
  readonly request: OfficeRequest
  /** The matter of the catalogue; absent where there is none of this code. */
  readonly matter: Matter | undefined
  readonly overAsking: readonly OverAsking[]
}

/** Gathers the subject; the device's certificate has to be in force now. */
export async function requestSubject(
  request: OfficeRequest,
  question: DeviceQuestion,
): Promise<RequestSubject> {
  const matter = question.trust.matters.find(({ code }) => code === request.matter)
  const device = await deviceSubject(request, question, question.now)
  return { ...device, request, matter, overAsking: overAskingIn(request.wants, matter) }
}

function overAskingIn(wants: readonly Want[], matter: Matter | undefined): readonly OverAsking[] {
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
