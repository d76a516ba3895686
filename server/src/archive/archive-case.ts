/** A case that is over, as one package (电子归档): for the window that took it in, and for whoever audits there. */
import { TRUST_PACK, TRUST_ROOT } from '@onetrip/archive'
import { fault } from '@onetrip/codec'
import { type CaseActor, isAtWindow, openCase } from '../cases/case-rows.ts'
import type { Actor } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { firstRoot } from '../trust-data/offline-roles.ts'
import { publishedPack } from '../trust-data/publish-pack.ts'
import { publishedTrust } from '../trust-data/published-trust.ts'
import { casePayload } from './case-payload.ts'
import { entriesAbout } from './entries-about.ts'
import { caseMetadata } from './metadata-xml.ts'
import { packFiles } from './pack-files.ts'

/** A package and its name. */
export interface Packed {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * Packs a case. Throws `case/not-found` also for a department, which sees only its part of it, `case/state` for one that is not over, and what
 * publishing throws.
 */
export async function archiveCase(
  services: Services,
  of: { readonly actor: Actor; readonly caseId: string },
): Promise<Packed> {
  const { actor, caseId } = of
  const by: CaseActor = { kind: 'staff', actor }
  const opened = await openCase(services.storage, { by, caseId })
  const { row } = opened
  if (!isAtWindow(by, row)) throw fault('case/not-found')
  if (row.closed_at === null) throw fault('case/state')
  const trust = await publishedTrust(services)
  const { body: pack } = await publishedPack(services)
  const { files, items, uploads, records } = await casePayload(services, { by, opened, trust })
  const kept = new Map<string, Uint8Array>([
    ...files,
    [TRUST_PACK, pack],
    [TRUST_ROOT, await firstRoot(services)],
  ])
  const at = services.now()
  kept.set(
    'data/metadata.xml',
    caseMetadata({ opened, uploads, files: kept, packedBy: actor.actorId, at }),
  )
  const name = row.number ?? row.id
  const bytes = await packFiles(services, {
    actor,
    contents: { agency: row.office_id, subject: { kind: 'case', id: caseId }, items },
    files: kept,
    entries: await entriesAbout(services, records),
    name,
  })
  return { name, bytes }
}
