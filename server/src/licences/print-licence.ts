/**
 * A licence as a PDF to be printed or sealed, with a paper code of its own. Whether its facts fit is found out before a code
 * is signed; a retry signs no other code, and lays out the same file.
 */
import { fault } from '@onetrip/codec'
import type { LicenceFormat } from '@onetrip/issuer'
import { assertAllowed } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { chineseName, loadType } from '../trust-data/agencies.ts'
import { loadOwnLicence } from './load-licence.ts'
import type { PrintOrder } from './print-order.ts'
import { type PaperCommand, printPaper } from './print-paper.ts'
import { recordedFacts } from './securing-order.ts'

/** PostScript name of the face in the font collection. */
const FACE = 'NotoSerifCJKsc-Regular'

/** Who prints which licence, and how. */
export interface PrintCommand extends PaperCommand {
  readonly format: LicenceFormat
}

/** A printed licence. */
export interface PrintedLicence {
  /** `[0-9A-Z]{1,32}`. */
  readonly serial: string
  readonly pdf: Uint8Array
}

/**
 * Lays a licence out with a new paper code, or with the one that the same request got before. Throws what `printPaper`
 * throws, and `paper/too-long`, `paper/glyph-missing`; `paper/font-missing` where the font is not there; `paper/busy`.
 */
export async function printLicence(
  services: Services,
  command: PrintCommand,
): Promise<PrintedLicence> {
  const { actor, licenceId, format } = command
  assertAllowed(actor, 'hand-out')
  const licence = await loadOwnLicence(services.storage, actor.agencyId, licenceId)
  assertAllowed(actor, 'hand-out', licence.type_code)
  const order = { ...(await sheetOf(services, licence)), format }
  const pdf = await services.printer.layOut(order, () => printPaper(services, command))
  return { serial: licence.serial, pdf }
}

async function sheetOf(
  { config, storage }: Services,
  licence: LicenceTable,
): Promise<Omit<PrintOrder, 'format'>> {
  const type = await loadType(storage, licence.type_code, licence.type_version)
  if (!type.paper) throw fault('paper/not-allowed')
  const agency = await storage
    .selectFrom('agency')
    .select('name')
    .where('id', '=', licence.agency_id)
    .executeTakeFirstOrThrow()
  return {
    type,
    facts: recordedFacts(licence),
    agencyName: chineseName(agency.name),
    identifier: licence.identifier,
    fontPath: config.textFont,
    face: FACE,
    isSpecimen: config.environment !== 'production',
  }
}
