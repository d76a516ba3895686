/** The code an office prints for someone without a phone: its own index, its own budget (ARCHITECTURE §2). */
import { fault } from '@onetrip/codec'
import { recordAct } from '../record/append.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import { licenceSealOf } from '../seals/licence-seal.ts'
import type { Services } from '../services.ts'
import { reserveCredential } from '../status-lists/allocate-index.ts'
import { type StorageTransaction, transact } from '../storage/database.ts'
import { answerOnce, type RepeatableRequest } from '../storage/idempotency.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { agencySigner, loadType } from '../trust-data/agencies.ts'
import type { OwnSigner } from '../trust-data/signing-key.ts'
import { draftPaper, paperCodeOf } from './credential-draft.ts'
import { loadOwnLicence } from './load-licence.ts'
import { securingOrder } from './securing-order.ts'
import { signPending, storePending } from './sign-credential.ts'

/** Who prints which licence; with `repeatable`, a retry gives the same code. */
export interface PaperCommand {
  readonly actor: Actor
  readonly licenceId: string
  readonly repeatable?: RepeatableRequest | undefined
}

/**
 * Issues a paper code and returns its QR text (`OT1:…`, at most 600 characters). Throws
 * `auth/forbidden`, `licence/not-found`, `licence/revoked`, `paper/not-allowed`, `qr/too-big`; `seal/state`, `seal/expired`
 * while the agency's seal for licences is not in use.
 */
export async function printPaper(services: Services, command: PaperCommand): Promise<string> {
  const { actor, licenceId, repeatable } = command
  assertAllowed(actor, 'hand-out')
  // Before its agency's key, which an office without licences has none of.
  await loadOwnLicence(services.storage, actor.agencyId, licenceId)
  const signer = await agencySigner(services, actor.agencyId, 'issue-cbor')
  const credentialId = await transact(services.storage, async (transaction) => {
    const make = async (): Promise<string> => {
      const licence = await loadOwnLicence(transaction, actor.agencyId, licenceId)
      assertAllowed(actor, 'hand-out', licence.type_code)
      const credential = await recordPaper(services, transaction, { licence, signer })
      await recordAct(services, transaction, {
        act: 'paper/print',
        agency: actor.agencyId,
        actor: actor.actorId,
        facts: { licence: licenceId, credential },
      })
      return credential
    }
    return answerOnce(services, transaction, { request: repeatable, make })
  })
  return paperCodeOf(await signPending(services, credentialId))
}

async function recordPaper(
  services: Services,
  transaction: StorageTransaction,
  options: { readonly licence: LicenceTable; readonly signer: OwnSigner },
): Promise<string> {
  const { licence, signer } = options
  if (licence.status === 'revoked') throw fault('licence/revoked')
  const type = await loadType(transaction, licence.type_code, licence.type_version)
  if (!type.paper) throw fault('paper/not-allowed')
  const seal = await licenceSealOf(services, transaction, licence.agency_id)
  const reserved = await reserveCredential(services, transaction, {
    licenceId: licence.id,
    agencyId: licence.agency_id,
    form: 'paper',
    status: licence.status,
  })
  const draft = draftPaper({
    ...securingOrder({ config: services.config, type, licence, seal, now: services.now() }),
    issuerKey: signer.signer.publicKey,
    status: reserved.status,
  })
  await storePending(transaction, { credentialId: reserved.id, keyId: signer.keyId, draft })
  return reserved.id
}
