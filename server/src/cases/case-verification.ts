/**
 * Asking whoever applies for the licences that serve as materials: one request in the office's name, one consent, and what was shown
 * settles every material that it proves. From home what was shown comes back only with the code that their own browser got, so
 * nobody sends a link to somebody else and takes what they show.
 */
import { fault, isObject, type JsonObject, type JsonValue } from '@onetrip/codec'
import * as v from 'valibot'
import { type OpenedVerification, openVerification } from '../openid4vp/open-verification.ts'
import { readResult, readVerification } from '../openid4vp/verification-result.ts'
import { type Actor, keyGrant } from '../rights/actor.ts'
import type { Services } from '../services.ts'
import { transact } from '../storage/database.ts'
import { type CaseActor, formOf, type OpenedCase, openCase } from './case-rows.ts'
import { assertWriter, changeCase } from './draft-case.ts'
import { prefill } from './form.ts'
import { dueMaterial, keepMaterial } from './materials.ts'

/** In whose name requests from home are opened. */
const HOME_DESK = {
  id: 'home-window',
  name: '网上窗口 Home window',
  kind: 'system',
} as const

const CLAIMS = v.record(v.string(), v.union([v.string(), v.number()]))
const LICENCE = v.object({
  type: v.string(),
  // Not in results that an earlier version kept.
  typeVersion: v.optional(v.number()),
  issuer: v.string(),
  serial: v.string(),
  version: v.number(),
  validFrom: v.string(),
  validTo: v.optional(v.string()),
  claims: CLAIMS,
})
const SHOWN = v.object({
  material: v.string(),
  outcome: v.string(),
  missing: v.array(v.string()),
  licence: v.optional(LICENCE),
})
const RESULT = v.object({
  state: v.string(),
  result: v.optional(v.object({ materials: v.array(SHOWN) })),
})

/**
 * Opens a request for the materials that are not there and that a licence serves as. Throws `case/not-found`, `case/state`,
 * `auth/forbidden`, `input/invalid` for one from home without an address to come back to, `case/material` where nothing is left to ask for,
 * `http/rate-limited` for more than 60 of a citizen in an hour, and what `openVerification` throws.
 */
export async function askForLicences(
  services: Services,
  of: {
    readonly by: CaseActor
    readonly caseId: string
    readonly redirectUri?: string | undefined
  },
): Promise<OpenedVerification> {
  const { by, caseId, redirectUri } = of
  const opened = await openCase(services.storage, { by, caseId })
  const { row, matter, plan, materials } = opened
  assertWriter(by, row)
  if (!isBeforeAcceptance(row)) throw fault('case/state')
  if (by.kind === 'citizen' && !isOwnPage(services, redirectUri)) {
    throw fault('input/invalid', 'at fault: redirectUri')
  }
  const isThere = (code: string): boolean =>
    materials.some((one) => one.code === code && one.way !== 'deferred')
  const wanted = plan.materials.filter(
    ({ code, sources }) => sources.includes('licence') && !isThere(code),
  )
  if (wanted.length === 0) throw fault('case/material')
  if (by.kind === 'citizen') services.rates.counter('case/ask').count(by.citizen.subject)
  const actorId = by.kind === 'staff' ? by.actor.actorId : await homeDesk(services)
  const asked = await openVerification(services, {
    actor: askerFor(actorId, row.office_id),
    request: {
      office: row.office_id,
      matter: row.matter,
      purpose: `办理${matter.name['zh-CN']}`.slice(0, 100),
      wants: wanted.map(({ code }) => ({ material: code, required: false })),
      responseMode: 'direct_post.jwt',
      clientIdPrefix: 'x509_hash',
      signMatter: false,
      format: 'dc+sd-jwt',
      redirectUri,
    },
  })
  await services.storage
    .updateTable('case_file')
    .set({ verification_id: asked.id, verification_actor: actorId })
    .where('id', '=', caseId)
    .execute()
  return asked
}

/**
 * Takes in what was shown; answers the next version and the codes of the materials that it proved. Throws `request/not-found`, `request/response-code`,
 * `case/evidence` while nothing was shown, and what `changeCase` throws.
 */
export async function takeShownLicences(
  services: Services,
  of: {
    readonly by: CaseActor
    readonly caseId: string
    readonly version: number
    /** From home only. */
    readonly responseCode?: string | undefined
  },
): Promise<{ readonly version: number; readonly proved: readonly string[] }> {
  const { by, caseId, responseCode } = of
  const { row } = await openCase(services.storage, { by, caseId })
  assertWriter(by, row)
  const shown = await shownFor(services, { ...row, isHome: by.kind === 'citizen', responseCode })
  const proved: string[] = []
  const version = await changeCase(
    services,
    { ...of, act: 'case/licences' },
    async (opened, transaction) => {
      // Asked for before the case was accepted, it is no way to what is reviewed or decided since.
      if (!isBeforeAcceptance(opened.row)) throw fault('case/state')
      let form = formOf(opened.row)
      for (const { material, outcome, missing, licence } of shown) {
        if (outcome !== 'valid' || missing.length > 0 || licence === undefined) continue
        if (!opened.plan.materials.some(({ code }) => code === material)) continue
        dueMaterial(opened, material, 'licence')
        form = prefill(opened.guide, form, { material, claims: licence.claims })
        const { validTo, typeVersion, ...stated } = licence
        const evidence: JsonObject = {
          ...stated,
          ...(typeVersion === undefined ? {} : { typeVersion }),
          ...(validTo === undefined ? {} : { validTo }),
          verification: row.verification_id ?? '',
        }
        await keepMaterial(services, transaction, {
          opened,
          by,
          row: { code: material, way: 'licence', evidence, due_day: null },
        })
        proved.push(material)
      }
      if (proved.length === 0) throw fault('case/evidence')
      return {
        change: { form: JSON.stringify(form), verification_id: null, verification_actor: null },
        facts: { verification: row.verification_id ?? '', materials: proved.join(' ') },
      }
    },
  )
  return { version, proved }
}

function isBeforeAcceptance({ state }: OpenedCase['row']): boolean {
  return state === 'draft' || state === 'returned'
}

async function shownFor(
  services: Services,
  of: {
    readonly verification_id: string | null
    readonly verification_actor: string | null
    readonly office_id: string
    readonly isHome: boolean
    readonly responseCode: string | undefined
  },
): Promise<readonly v.InferOutput<typeof SHOWN>[]> {
  const { verification_id: id, verification_actor: asker } = of
  if (id === null || asker === null) throw fault('request/not-found')
  const actor = askerFor(asker, of.office_id)
  const read: JsonValue = of.isHome
    ? await readResult(services, { actor, id, responseCode: of.responseCode ?? '' })
    : await readVerification(services, { actor, id })
  const { result } = v.parse(RESULT, isObject(read) ? read : {})
  if (result === undefined) throw fault('case/evidence')
  return result.materials
}

/** Asks, and does nothing else, in the name of the office where the case was brought. */
function askerFor(actorId: string, officeId: string): Actor {
  return {
    actorId,
    agencyId: officeId,
    grants: [keyGrant(['ask'], [])],
    offices: [officeId],
    sealMakers: [],
  }
}

/** What was shown comes back to our own pages alone. */
function isOwnPage({ config }: Pick<Services, 'config'>, address: string | undefined): boolean {
  if (address === undefined || !URL.canParse(address)) return false
  return [config.apiOrigin, config.walletOrigin].includes(new URL(address).origin)
}

async function homeDesk(services: Services): Promise<string> {
  await transact(services.storage, (transaction) =>
    transaction
      .insertInto('actor')
      .values(HOME_DESK)
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  )
  return HOME_DESK.id
}
