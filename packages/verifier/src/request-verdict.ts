/** The verifier's answer on a request: outcome, checks, evidence, and what is asked in words (ARCHITECTURE §4). */
import type { ErrorCode } from '@onetrip/codec'
import type { TypeDefinition } from '@onetrip/credential'
import type { Office, Trust } from '@onetrip/trust'
import type { OpenedCounter } from './open-counter.ts'
import type { AskedSubject, OverAsking, RequestSubject } from './request-subject.ts'
import type { Check, DataEvidence, LocalText, Outcome } from './verdict.ts'

/** A code with its name in the trust data, where they name it. */
export interface Named {
  readonly code: string
  readonly name?: LocalText
}

/** An office, by the trust list. */
export type ShownOffice = Pick<Office, 'id' | 'name'>

/** A device that speaks for an office. */
export interface ShownDevice {
  readonly number: string
  readonly name: string
}

/** A licence that may be shown as a material. */
export interface ShownOption {
  /** 21-character type code, and the type's name. */
  readonly type: Named
  /** The claims asked, in the order of the type's newest definition; those it does not know stand last. */
  readonly claims: readonly Named[]
}

/** A wanted material. */
export interface ShownWant {
  readonly material: Named
  readonly required: boolean
  readonly options: readonly ShownOption[]
}

/** What a request states; only ever present when its office and its device are proven. */
export interface StatedRequest {
  readonly office: ShownOffice
  readonly device: ShownDevice
  readonly matter: Named
  /** In the office's words. */
  readonly purpose: string
  /** Unix seconds. */
  readonly issuedAt: number
  /** Unix seconds, exclusive. */
  readonly expiresAt: number
  readonly wants: readonly ShownWant[]
  /** What is asked beyond the catalogue; empty when nothing is. */
  readonly overAsking: readonly OverAsking[]
}

/** What `verifyRequest` answers for any input. */
export interface RequestVerdict {
  readonly outcome: Outcome
  /** The code of the first of the worst failed checks; absent when nothing failed. */
  readonly reason?: ErrorCode
  readonly checks: readonly Check[]
  readonly evidence: DataEvidence
  readonly request?: StatedRequest
}

/** Tells of a request; names are those of the trust data. Call it for proven content only. */
export function statedRequest(subject: RequestSubject, counter: OpenedCounter): StatedRequest {
  const { purpose, issuedAt, expiresAt } = subject.request
  const by = shownCounter(counter, subject.trust)
  return { ...by, ...statedAsking(subject), purpose, issuedAt, expiresAt }
}

/** Matter and wants, by the names of the trust data. */
export function statedAsking({
  matterCode,
  matter,
  wants,
  trust,
  overAsking,
}: AskedSubject): Pick<StatedRequest, 'matter' | 'wants' | 'overAsking'> {
  return {
    matter: named(matterCode, matter?.name),
    wants: wants.map(({ material, required, options }) => ({
      material: named(material, matter?.materials.find(({ code }) => code === material)?.name),
      required,
      options: options.map(({ type, claims }) =>
        shownOption(newestType(trust, type), type, claims),
      ),
    })),
    overAsking,
  }
}

/** Office and device, the office's name by the trust list. */
export function shownCounter(
  { office, device: { number, name } }: OpenedCounter,
  trust: Trust,
): { readonly office: ShownOffice; readonly device: ShownDevice } {
  const { id } = office
  return {
    office: { id, name: trust.office(id)?.name ?? office.name },
    device: { number, name },
  }
}

/** The newest definition of a type. */
export function newestType(trust: Trust, typeCode: string): TypeDefinition | undefined {
  const versions = trust.types.filter((type) => type.typeCode === typeCode)
  return versions.reduce<TypeDefinition | undefined>(
    (newest, type) => (newest !== undefined && newest.version > type.version ? newest : type),
    undefined,
  )
}

/** A code with a name, where there is one. */
export function named(code: string, name: LocalText | undefined): Named {
  return name === undefined ? { code } : { code, name }
}

/** A type with some of its claims by name. */
export function shownOption(
  type: TypeDefinition | undefined,
  typeCode: string,
  asked: readonly string[],
): ShownOption {
  const known = type?.claims.filter(({ name }) => asked.includes(name)) ?? []
  const unknown = asked.filter((name) => !known.some((claim) => claim.name === name))
  return {
    type: named(typeCode, type?.name),
    claims: [
      ...known.map(({ name, display }) => named(name, display)),
      ...unknown.map((name) => named(name, undefined)),
    ],
  }
}
