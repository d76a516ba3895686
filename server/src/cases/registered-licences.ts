/** Licences of this server's registers that would serve as a material: those in force of whoever applies, of the types that the catalogue accepts. */
import type { JsonObject } from '@onetrip/codec'
import type { Services } from '../services.ts'
import { loadType } from '../trust-data/agencies.ts'
import { type CaseActor, openCase } from './case-rows.ts'
import { assertWriter } from './draft-case.ts'
import { dueMaterial } from './materials.ts'

const MAX_LICENCES = 50

/** Lists them for whoever fills the case in. Throws `case/not-found`, `auth/forbidden`, `case/material` for one that no register serves. */
export async function registeredLicences(
  services: Services,
  of: { readonly by: CaseActor; readonly caseId: string; readonly material: string },
): Promise<readonly JsonObject[]> {
  const { by, caseId, material } = of
  const { storage } = services
  const opened = await openCase(storage, { by, caseId })
  assertWriter(by, opened.row)
  dueMaterial(opened, material, 'register')
  const accepts = opened.matter.materials.find(({ code }) => code === material)?.accepts ?? []
  const rows = await storage
    .selectFrom('licence')
    .select(['id', 'type_code', 'serial'])
    .where('holder_reference', '=', opened.row.applicant)
    .where('status', '=', 'valid')
    .where(
      'type_code',
      'in',
      accepts.map(({ type }) => type),
    )
    .orderBy('id', 'desc')
    .limit(MAX_LICENCES)
    .execute()
  return Promise.all(
    rows.map(async ({ id, type_code: type, serial }) => {
      const { name } = await loadType(storage, type)
      return { id, typeName: { 'zh-CN': name['zh-CN'], en: name.en }, serial }
    }),
  )
}
