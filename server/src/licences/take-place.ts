/** One licence takes another's place: it is issued and the one before it ends, in one transaction, so that there are never two in force. */
import { isObject, parseJson } from '@onetrip/codec'
import { recordAct } from '../record/append.ts'
import type { Actor } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { StorageTransaction } from '../storage/database.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { setStatus } from './change-status.ts'
import { recordLicence } from './issue-licence.ts'
import { claimsOf } from './load-licence.ts'

/** What the licence that follows says; claims that are left out stay as they are, all of them. */
export interface NextVersion {
  readonly validFrom: string
  readonly validTo?: string | undefined
  readonly claims?: Readonly<Record<string, string | number>> | undefined
  readonly reason: string
  /** The law and its article. */
  readonly ground?: string | undefined
}

/**
 * Issues the version that follows a licence in force, for its holder or, where it is transferred, for another; answers the JSON text that issuing gives.
 * Whoever calls it has seen that they may. Throws what issuing throws.
 */
export async function takePlace(
  services: Services,
  transaction: StorageTransaction,
  of: {
    readonly actor: Pick<Actor, 'actorId' | 'agencyId'>
    readonly licence: LicenceTable
    readonly next: NextVersion
    /** How the one before it ends; with a transfer, whose the next one is. */
    readonly end:
      | { readonly kind: 'replaced' }
      | { readonly kind: 'transferred'; readonly holderReference: string }
  },
): Promise<string> {
  const { actor, licence, next, end } = of
  const { reason, ground, validFrom, validTo } = next
  const holderReference =
    end.kind === 'transferred' ? end.holderReference : (licence.holder_reference ?? undefined)
  const answer = await recordLicence(services, transaction, {
    actor,
    request: {
      type: licence.type_code,
      serial: licence.serial,
      version: licence.version + 1,
      validFrom,
      validTo,
      claims: next.claims ?? claimsOf(licence),
      holderReference,
    },
  })
  const nextId = idIn(answer)
  await transaction
    .insertInto('licence_replacement')
    .values({ licence_id: licence.id, next_id: nextId })
    .execute()
  await setStatus(services, transaction, {
    licence,
    actorId: actor.actorId,
    wish: { status: 'revoked', reason, kind: end.kind, ground },
  })
  await recordAct(services, transaction, {
    act: 'licence/replace',
    agency: actor.agencyId,
    actor: actor.actorId,
    facts: { licence: licence.id, next: nextId },
  })
  return answer
}

function idIn(answer: string): string {
  const made = parseJson(answer)
  if (!isObject(made) || typeof made['id'] !== 'string') throw new TypeError('issue: no id')
  return made['id']
}
