/** Handing a licence over (统一窗口出件): an offer for a wallet, a code on paper, and that it was taken; at the window or in the department. */
import { fault } from '@onetrip/codec'
import { failpoint } from '../failpoint.ts'
import { printPaper } from '../licences/print-paper.ts'
import { offerAgain } from '../offers/offer-again.ts'
import { type Actor, assertAllowedInMatter } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import type { RepeatableRequest } from '../storage/idempotency.ts'
import { openCase, partOf } from './case-rows.ts'
import type { PartState } from './case-steps.ts'
import type { SealCommand } from './seal-decision.ts'
import { takePartStep } from './take-step.ts'

/** Which licence, and who hands it over. */
export interface HandOverCommand {
  readonly actor: Actor
  readonly caseId: string
  readonly part: string
  readonly repeatable?: RepeatableRequest | undefined
}

/** A further offer of the licence, as JSON. Throws `case/not-found`, `case/state` while there is none, `auth/forbidden`, `licence/revoked`. */
export async function offerDecided(services: Services, of: HandOverCommand): Promise<string> {
  const { licenceId, actor } = await issuedOf(services, of)
  const { repeatable } = of
  return offerAgain(services, { actor, licenceId, withdrawEarlier: false, repeatable })
}

/** A code of the licence on paper; the person has come for it. Throws as {@link offerDecided}, and as `printPaper`. */
export async function printDecided(services: Services, of: HandOverCommand): Promise<string> {
  const { licenceId, actor } = await issuedOf(services, of)
  return printPaper(services, { actor, licenceId, repeatable: of.repeatable })
}

/** That it was handed over. Paper is taken at the window: that is a trip. Throws as `takePartStep`. */
export async function deliver(
  services: Services,
  of: SealCommand & { readonly isAtWindow: boolean },
): Promise<PartState> {
  const { actor, caseId, part: code, words } = of
  const by = { kind: 'staff', actor } as const
  const state = await transact(services.storage, async (transaction) => {
    const opened = await openCase(transaction, { by, caseId })
    const part = partOf(opened, code)
    if (of.isAtWindow) {
      await transaction
        .updateTable('case_file')
        .set((columns) => ({ trips: columns('trips', '+', 1) }))
        .where('id', '=', caseId)
        .execute()
    }
    return takePartStep(services, transaction, { opened, by, part, action: 'deliver', words })
  })
  failpoint(services.config, 'case/after-commit')
  return state
}

/** Who hands over acts for the department whose licence it is, and in nothing else. */
async function issuedOf(
  services: Services,
  { actor, caseId, part: code }: HandOverCommand,
): Promise<{ readonly licenceId: string; readonly actor: Actor }> {
  const by = { kind: 'staff', actor } as const
  const opened = await openCase(services.storage, { by, caseId })
  assertAllowedInMatter(actor, 'hand-out', opened.row.matter)
  const part = partOf(opened, code)
  const isPlace = [opened.row.office_id, part.office_id].includes(actor.agencyId)
  if (!isPlace) throw fault('auth/forbidden')
  if (part.licence_id === null) throw fault('case/state')
  const { type_code: type } = await services.storage
    .selectFrom('licence')
    .select('type_code')
    .where('id', '=', part.licence_id)
    .executeTakeFirstOrThrow()
  const grants = [{ rights: ['hand-out'], types: [type], matters: 'all' }] as const
  return {
    licenceId: part.licence_id,
    actor: {
      actorId: actor.actorId,
      agencyId: part.office_id,
      grants,
      offices: [],
      sealMakers: [],
    },
  }
}
