/**
 * What is kept of an answer: what was asked for which matter, which claims were shown by name and salted digest, and what came
 * of it. Request and receipt are kept as they were made, for they hold no value; the answer holds values and is not kept.
 */

import { toHex } from '@onetrip/codec'
import type { ReceiptMaterial, TypeDefinition } from '@onetrip/credential'
import { headOf, type Localised } from '@onetrip/ui'
import type { AnswerVerdict, Outcome } from '@onetrip/verifier'
import { baseRecord, hideName, holderOf, type ScanRecord } from '../scan-record.ts'

/** A claim that was shown. */
export interface AskedClaim {
  readonly name: string
  readonly display?: Localised
  /** SHA-256 of the salted disclosure, lower-case hex, as it stands in the credential. */
  readonly digest: string
}

/** A wanted material and what came of it. */
export interface AskedMaterial {
  readonly code: string
  readonly name?: Localised
  readonly outcome: Outcome
  /** The licence's type; absent when nothing was shown, or nothing that is genuine. */
  readonly typeName?: Localised
  readonly claims: readonly AskedClaim[]
}

/** The part of a scan's record that an answer adds. */
export interface AskedRecord {
  readonly matter: { readonly code: string; readonly name: Localised }
  readonly purpose: string
  readonly materials: readonly AskedMaterial[]
  /** Who answered in the holders' place, by name with all but its first character hidden; absent where the holder did. */
  readonly delegate?: string
  /** Text of the request's code. */
  readonly request: string
  /** SHA-256 of the answer's bytes, lower-case hex. */
  readonly answer: string
  /** Text of the receipt's code, where one was given. */
  readonly receipt?: string
}

/** Makes the record of a judged answer. */
export function askedRecord(from: {
  readonly id: string
  readonly at: number
  readonly verdict: AnswerVerdict
  readonly asked: Omit<AskedRecord, 'materials' | 'answer' | 'delegate'>
  /** SHA-256 of the answer's bytes. */
  readonly digest: Uint8Array
  /** What the answer discloses, where it can be told. */
  readonly shown: readonly ReceiptMaterial[]
  readonly types: readonly TypeDefinition[]
}): ScanRecord {
  const { id, at, verdict, asked, digest, shown, types } = from
  const licences = verdict.materials.flatMap(({ licence }) => licence ?? [])
  const { endsOn } = headOf({ ...verdict, licences }, at)
  const person = licences.find(({ about }) => about === 'person') ?? licences[0]
  const name = person === undefined ? undefined : holderOf(person, types)
  const holder = name !== undefined && person?.about === 'person' ? hideName(name) : name
  const acting = verdict.delegate?.licence
  const delegate = acting === undefined ? undefined : holderOf(acting, types)
  const statuses = verdict.materials.flatMap(({ evidence }) => evidence?.status?.asOf ?? [])
  return {
    ...baseRecord({ id, at, verdict }),
    mode: 'requested',
    typeName: asked.matter.name,
    ...(endsOn === undefined ? {} : { endsOn }),
    ...(holder === undefined ? {} : { holder }),
    ...(statuses.length === 0 ? {} : { statusAsOf: Math.min(...statuses) }),
    asked: {
      ...asked,
      answer: toHex(digest),
      ...(delegate === undefined ? {} : { delegate: hideName(delegate) }),
      materials: verdict.materials.map(({ material, outcome, licence }) => ({
        code: material.code,
        ...(material.name === undefined ? {} : { name: material.name }),
        outcome,
        ...(licence === undefined ? {} : { typeName: licence.typeName }),
        claims: claimsOf(shown.find((each) => each.material === material.code)),
      })),
    },
  }

  function claimsOf(material: ReceiptMaterial | undefined): readonly AskedClaim[] {
    const known = types.filter(({ typeCode }) => typeCode === material?.type)
    return (material?.claims ?? []).map(({ name: claim, digest: salted }) => {
      const display = known.flatMap((type) => type.claims).find((each) => each.name === claim)
      const named = display === undefined ? {} : { display: display.display }
      return { name: claim, ...named, digest: toHex(salted) }
    })
  }
}
