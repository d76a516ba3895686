/**
 * An approved decision is sealed by two people (one asks, the keeper approves exactly this file), and then the licence is issued: the part's
 * state, the licence, its offer and the record in one transaction, so that no retry and no crash issues a second one.
 */
import { fault, utf8Encode } from '@onetrip/codec'
import { failpoint } from '../failpoint.ts'
import { recordLicence } from '../licences/issue-licence.ts'
import type { Actor } from '../rights/actor.ts'
import { makeImpression } from '../seals/make-impression.ts'
import { recordUse } from '../seals/request-use.ts'
import type { Services } from '../services.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { answerOnce, type RepeatableRequest } from '../storage/idempotency.ts'
import { openCase, partOf } from './case-rows.ts'
import { DECISION_MEDIA_TYPE } from './decision-text.ts'
import { licenceRequestOf } from './draft-licence.ts'
import { type StepWords, takePartStep } from './take-step.ts'

/** Which part, and who. */
export interface SealCommand {
  readonly actor: Actor
  readonly caseId: string
  readonly part: string
  readonly words: StepWords
}

/** Asks for a seal on the decision; answers the id of the request. Throws as `takePartStep` and `recordUse`. */
export async function askSeal(
  services: Services,
  of: SealCommand & { readonly sealId: string },
): Promise<string> {
  const { actor, caseId, part: code, words, sealId } = of
  const by = { kind: 'staff', actor } as const
  const id = await transact(services.storage, async (transaction) => {
    const opened = await openCase(transaction, { by, caseId })
    const part = partOf(opened, code)
    const { document, document_sha256: sha256 } = part
    if (document === null || sha256 === null) throw fault('case/state')
    const useId = await recordUse(services, transaction, {
      actor,
      sealId,
      request: {
        purpose: `${opened.row.number ?? ''} 决定书`,
        files: [
          {
            sha256,
            length: utf8Encode(document).length,
            mediaType: DECISION_MEDIA_TYPE,
            name: `${code}.txt`,
          },
        ],
      },
      repeatable: undefined,
    })
    const change = { use_id: useId }
    await takePartStep(services, transaction, {
      opened,
      by,
      part,
      action: 'ask-seal',
      words,
      change,
    })
    return useId
  })
  failpoint(services.config, 'case/after-commit')
  return id
}

/** Seals the decision, once, when the keeper approved it. Throws as `makeImpression` and `takePartStep`. */
export async function sealDecision(services: Services, of: SealCommand): Promise<void> {
  const { actor, caseId, part: code, words } = of
  const by = { kind: 'staff', actor } as const
  const seen = partOf(await openCase(services.storage, { by, caseId }), code)
  const { use_id: useId, document_sha256: sha256, state } = seen
  if (state !== 'sealing' || useId === null || sha256 === null) throw fault('case/state')
  // The seal is used once, whatever comes between it and the step: asked again, it is the same impression.
  await makeImpression(services, { actor, useId, sha256 })
  await transact(services.storage, async (transaction) => {
    const opened = await openCase(transaction, { by, caseId })
    const part = partOf(opened, code)
    await takePartStep(services, transaction, { opened, by, part, action: 'seal', words })
  })
  failpoint(services.config, 'case/after-commit')
}

/** Issues the licence of a sealed decision and answers its id, offer and transaction code as JSON. Throws as `takePartStep`, `licence/exists`. */
export async function issueDecided(
  services: Services,
  of: SealCommand & { readonly repeatable?: RepeatableRequest | undefined },
): Promise<string> {
  const answer = await transact(services.storage, (transaction) =>
    answerOnce(services, transaction, {
      request: of.repeatable,
      make: () => issueOnce(services, transaction, of),
    }),
  )
  failpoint(services.config, 'case/after-commit')
  return answer
}

async function issueOnce(
  services: Services,
  transaction: StorageTransaction,
  { actor, caseId, part: code, words }: SealCommand,
): Promise<string> {
  const by = { kind: 'staff', actor } as const
  const opened = await openCase(transaction, { by, caseId })
  const part = partOf(opened, code)
  let issued = ''
  const complete = async (): Promise<void> => {
    const request = licenceRequestOf(part, opened.row.applicant)
    issued = await recordLicence(services, transaction, { actor, request })
    const { id }: { readonly id: string } = JSON.parse(issued)
    await transaction
      .updateTable('case_part')
      .set({ licence_id: id })
      .where('case_id', '=', caseId)
      .where('code', '=', code)
      .execute()
  }
  await takePartStep(services, transaction, { opened, by, part, action: 'issue', words, complete })
  return issued
}
