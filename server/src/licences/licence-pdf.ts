/** A licence as a PDF file, with a paper code of its own; the same file whenever the same request is repeated. */
import { readFile } from 'node:fs/promises'
import { fault, isObject, parseJson } from '@onetrip/codec'
import { today } from '@onetrip/credential'
import { type LicenceFormat, layOutLicencePdf } from '@onetrip/issuer'
import type { Services } from '../services.ts'
import type { LicenceTable } from '../storage/schema.ts'
import { loadType } from '../trust-data/agencies.ts'
import { claimsOf, loadOwnLicence } from './load-licence.ts'
import { type PaperCommand, printPaper } from './print-paper.ts'

/** PostScript name of the face in the font collection. */
const FACE = 'NotoSerifCJKsc-Regular'

/**
 * Lays a licence out under a new paper code. Throws as `printPaper`, as `layOutLicencePdf`, and `paper/font-missing` where
 * the font is not there.
 */
export async function printLicencePdf(
  services: Services,
  command: PaperCommand & { readonly format: LicenceFormat },
): Promise<Uint8Array> {
  const { actor, licenceId, format } = command
  const { storage, config } = services
  // A licence that cannot be printed takes no code.
  const font = { bytes: await readFont(config.textFont), face: FACE }
  const code = await printPaper(services, command)
  const licence = await loadOwnLicence(storage, actor.agencyId, licenceId)
  return layOutLicencePdf({
    type: await loadType(storage, licence.type_code, licence.type_version),
    facts: factsOf(licence),
    agencyName: await agencyName(services, licence.agency_id),
    identifier: licence.identifier,
    issuedOn: today(licence.created_at),
    code,
    format,
    font,
    isSpecimen: config.environment !== 'production',
  })
}

function factsOf(licence: LicenceTable) {
  const { serial, version, valid_from: validFrom, valid_to: validTo } = licence
  const claims = claimsOf(licence)
  return { serial, version, validFrom, claims, ...(validTo === null ? {} : { validTo }) }
}

async function readFont(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch {
    throw fault('paper/font-missing', 'install fonts-noto-cjk, or set ONETRIP_TEXT_FONT')
  }
}

async function agencyName({ storage }: Services, id: string): Promise<string> {
  const query = storage.selectFrom('agency').select('name').where('id', '=', id)
  const name = parseJson((await query.executeTakeFirstOrThrow()).name)
  const zh = isObject(name) ? name['zh-CN'] : undefined
  if (typeof zh !== 'string') throw new TypeError('agency: stored name')
  return zh
}
