/** A licence as one package: what the register says of it, what was signed, how that is judged, and the log's entries about it. */
import { TRUST_PACK, TRUST_ROOT } from '@onetrip/archive'
import { encodeJson, utf8Encode } from '@onetrip/codec'
import { describeLicence, loadOwnLicence } from '../licences/load-licence.ts'
import { type Actor, assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { firstRoot } from '../trust-data/offline-roles.ts'
import { publishedPack } from '../trust-data/publish-pack.ts'
import { publishedTrust } from '../trust-data/published-trust.ts'
import type { Packed } from './archive-case.ts'
import { keepLicence } from './case-payload.ts'
import { entriesAbout } from './entries-about.ts'
import { licenceMetadata } from './metadata-xml.ts'
import { packFiles } from './pack-files.ts'

/** Packs a licence of the actor's agency. Throws `auth/forbidden`, `licence/not-found`, and what publishing throws. */
export async function archiveLicence(
  services: Services,
  of: { readonly actor: Actor; readonly licenceId: string },
): Promise<Packed> {
  const { actor, licenceId } = of
  assertAllowed(actor, 'export')
  const row = await loadOwnLicence(services.storage, actor.agencyId, licenceId)
  assertAllowed(actor, 'export', row.type_code)
  const trust = await publishedTrust(services)
  const { body: pack } = await publishedPack(services)
  const files = new Map<string, Uint8Array>()
  const described = await describeLicence(services, actor, licenceId)
  files.set('data/process/licence.json', utf8Encode(encodeJson(described)))
  const items = await keepLicence(services, { licenceId, name: 'licence', trust, files })
  files.set(TRUST_PACK, pack)
  files.set(TRUST_ROOT, await firstRoot(services))
  const at = services.now()
  files.set('data/metadata.xml', licenceMetadata({ row, files, packedBy: actor.actorId, at }))
  const bytes = await packFiles(services, {
    actor,
    contents: { agency: row.agency_id, subject: { kind: 'licence', id: licenceId }, items },
    files,
    entries: await entriesAbout(services, [licenceId]),
    name: licenceId,
  })
  return { name: licenceId, bytes }
}
