/** For tests of cases: the restaurant's people at work, each with a key of their own, and the applicant at home. */
import { isObject, type JsonObject, parseJson } from '@onetrip/codec'
import { handwrittenPdf, matterGuides, sampleOffices, sampleSealMaker } from '@onetrip/fixtures'
import { createApiKey } from '../src/actors/api-keys.ts'
import { LEVELS } from '../src/demo/demo-identity.ts'
import type { Role } from '../src/rights/rights.ts'
import { openSession } from '../src/sessions/sessions.ts'
import { transact } from '../src/storage/database.ts'
import { registerAgency } from '../src/trust-data/agencies.ts'
import { MARKET, openWorld, POLICE, START, TYPES, type World } from './test-world.ts'

/** The service centre, the window of the cast. */
export const CENTRE = '12339901XYN0000570'
/** The fire brigade. */
export const FIRE = '11339901XYN000030B'
/** Who applies, as the agency refers to them. */
export const CHEN = '陈样例'
/** A drawing that is laid in. */
export const DRAWING: Uint8Array = handwrittenPdf(['BT /F 20 Tf 100 700 Td (layout) Tj ET'])
/** The part that ends in a licence. */
export const FOOD = 'food-business-licence'
/** The part of the fire brigade. */
export const FIRE_PART = 'fire-safety'

/** Answers of a small restaurant: two parts. */
export const SMALL: Readonly<Record<string, string>> = {
  sign: 'no',
  area: 'small',
  tobacco: 'no',
  agent: 'no',
}
/** Answers of a large one: the fire brigade visits it. */
export const LARGE: Readonly<Record<string, string>> = {
  ...SMALL,
  area: 'large',
  'fire-way': 'ordinary',
}

type StaffPerson =
  | 'clerk'
  | 'clerkToo'
  | 'reviewer'
  | 'reviewerAgain'
  | 'approver'
  | 'all'
  | 'system'
  | 'handler'
  | 'keeper'
  | 'owner'
  | 'maker'
  | 'fire'
  | 'fireChief'
  | 'stranger'

interface Post {
  readonly name: string
  readonly agency: string
  readonly roles: readonly Role[]
}

const PEOPLE: Readonly<Record<StaffPerson, Post>> = {
  clerk: { name: '孙窗口', agency: CENTRE, roles: ['accept-cases', 'ask'] },
  clerkToo: { name: '周窗口', agency: CENTRE, roles: ['accept-cases'] },
  reviewer: { name: '李审查', agency: MARKET, roles: ['review-cases'] },
  reviewerAgain: { name: '李\u200b审查', agency: MARKET, roles: ['approve-cases'] },
  approver: { name: '王批准', agency: MARKET, roles: ['approve-cases', 'request-seal', 'read'] },
  all: {
    name: '郑全能',
    agency: MARKET,
    roles: ['accept-cases', 'review-cases', 'approve-cases', 'request-seal'],
  },
  system: { name: '审批系统', agency: MARKET, roles: ['approve-cases'] },
  handler: { name: '冯发证', agency: MARKET, roles: ['accept-cases', 'request-seal'] },
  keeper: { name: '钱印管', agency: MARKET, roles: ['keep-seals'] },
  owner: { name: '赵主任', agency: MARKET, roles: ['own-seals', 'change-status'] },
  maker: { name: '吴制章', agency: POLICE, roles: ['make-seals'] },
  fire: { name: '何消防', agency: FIRE, roles: ['review-cases'] },
  fireChief: { name: '高消防', agency: FIRE, roles: ['approve-cases'] },
  stranger: {
    name: '施外人',
    agency: POLICE,
    roles: ['accept-cases', 'review-cases', 'approve-cases', 'request-seal'],
  },
}

/** Whose key is used; `reviewerAgain` is the reviewer under another spelling. */
export type CasePerson = StaffPerson | 'citizen' | 'other'

/** What the API answered. */
export interface CaseAnswer {
  readonly status: number
  readonly body: JsonObject
}

/** The people at work in one world. */
export interface CaseWorld {
  readonly world: World
  readonly later: (seconds: number) => void
  readonly request: (
    who: CasePerson,
    path: string,
    body?: JsonObject | Uint8Array,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>
  readonly call: (who: CasePerson, path: string, body?: JsonObject) => Promise<CaseAnswer>
  /** As `call`, and throws when it was refused. */
  readonly done: (who: CasePerson, path: string, body?: JsonObject) => Promise<JsonObject>
  /** A case as somebody sees it. */
  readonly read: (who: CasePerson, id: string) => Promise<JsonObject>
  /** Takes a step under the version that stands there. */
  readonly step: (
    who: CasePerson,
    id: string,
    action: string,
    more?: JsonObject,
  ) => Promise<CaseAnswer>
  /** Takes a step of a part under the version that stands there. */
  readonly partStep: (
    who: CasePerson,
    at: { readonly id: string; readonly part: string },
    action: string,
    more?: JsonObject,
  ) => Promise<CaseAnswer>
  /** Begins a case and fills it in, ready to be handed in; answers its id. */
  readonly filled: (
    who: 'clerk' | 'citizen',
    answers?: Readonly<Record<string, string>>,
  ) => Promise<string>
  /** A case that was accepted at the window. */
  readonly accepted: (answers?: Readonly<Record<string, string>>) => Promise<string>
}

/** Opens a world and gives each of the people a key. */
export async function openCaseWorld(
  environment: Readonly<Record<string, string>> = {},
  folder?: string,
): Promise<CaseWorld> {
  const world = await openWorld({
    ...(Object.keys(environment).length === 0 ? {} : { environment }),
    ...(folder === undefined ? {} : { folder }),
  })
  return caseWorldIn(world)
}

/** Gives each of the people a key in an opened world. */
export async function caseWorldIn(world: World): Promise<CaseWorld> {
  for (const { id, name } of sampleOffices.filter((office) => [CENTRE, FIRE].includes(office.id))) {
    await registerAgency(world.services, { id, name, typeCodes: [] })
  }
  const bearers = await bearersIn(world)
  let now = START
  const request: CaseWorld['request'] = async (who, path, body, headers = {}) => {
    const isFile = body instanceof Uint8Array
    const type = isFile ? 'application/pdf' : 'application/json'
    return world.app.request(path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Authorization: `Bearer ${isCitizen(who) ? await signedIn(world, who) : bearers.get(who)}`,
        ...(body === undefined ? {} : { 'Content-Type': type }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isFile ? new Uint8Array(body) : JSON.stringify(body) }),
    })
  }
  const call: CaseWorld['call'] = async (who, path, body) => {
    const response = await request(who, path, body)
    const json = parseJson(new Uint8Array(await response.arrayBuffer()), {
      maxBytes: 4_000_000,
      maxItems: 100_000,
    })
    return { status: response.status, body: isObject(json) ? json : {} }
  }
  const done: CaseWorld['done'] = async (who, path, body) => {
    const answer = await call(who, path, body)
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const base = (who: CasePerson): string => (isCitizen(who) ? '/api/my/cases' : '/api/cases')
  const read: CaseWorld['read'] = (who, id) => done(who, `${base(who)}/${id}`)
  const step: CaseWorld['step'] = async (who, id, action, more = {}) => {
    const version = await versionOf(world, id)
    return call(who, `${base(who)}/${id}/${action}`, { version, ...more })
  }
  const filled: CaseWorld['filled'] = async (who, answers = SMALL) => {
    const begun = { matter: 'open-restaurant', answers }
    const where = who === 'citizen' ? { office: CENTRE } : { applicant: CHEN }
    const { id } = await done(who, base(who), { ...begun, ...where })
    const path = `${base(who)}/${id}`
    await fill({ world, done, request }, { who, path, id: String(id), answers })
    return String(id)
  }
  return {
    world,
    request,
    call,
    done,
    read,
    step,
    filled,
    later: (seconds) => {
      now += seconds
      world.setNow(now)
    },
    partStep: async (who, { id, part }, action, more = {}) => {
      const row = await world.services.storage
        .selectFrom('case_part')
        .select('version')
        .where('case_id', '=', id)
        .where('code', '=', part)
        .executeTakeFirstOrThrow()
      const path = `${base(who)}/${id}/parts/${part}/${action}`
      return call(who, path, { version: row.version, ...more })
    },
    accepted: async (answers = SMALL) => {
      const id = await filled('clerk', answers)
      for (const action of ['submit', 'accept']) {
        const { status, body } = await step('clerk', id, action)
        if (status >= 300) throw new Error(`${action}: ${JSON.stringify(body)}`)
      }
      return id
    },
  }
}

/** What the reviewer of the food part drafts. */
export const FOOD_DRAFT: JsonObject = {
  validFrom: '2026-11-23',
  validTo: '2031-11-22',
  claims: {
    name: '虚构市云栖样例餐饮有限公司',
    uscc: '91339901MAXYN00113',
    legalRepresentative: '陈样例',
    address: '云栖区样例路18号',
    premises: '云栖区样例路18号',
    businessForm: '2',
    items: '热食类制售',
  },
}

async function fill(
  { world, done, request }: Pick<CaseWorld, 'world' | 'done' | 'request'>,
  of: {
    readonly who: 'clerk' | 'citizen'
    readonly path: string
    readonly id: string
    readonly answers: Readonly<Record<string, string>>
  },
): Promise<void> {
  const { who, path, id, answers } = of
  let version = 1
  const next = async (place: string, body: JsonObject): Promise<void> => {
    version = Number((await done(who, `${path}/${place}`, { version, ...body }))['version'])
  }
  for (const [material, type] of [
    ['business-licence', TYPES.business],
    ['identity', TYPES.identity],
  ] as const) {
    const licence = await licenceOf(world, type)
    await next(`materials/${material}`, { way: 'register', licence })
  }
  const rules = promiseOf('food-safety-rules')
  await next('materials/food-safety-rules', { way: 'promise', text: rules })
  const later = ['premises', 'food-safety-manager', 'health-certificate']
  if (answers['area'] === 'large') later.push('fire-safety-rules', 'floor-plan')
  for (const material of later) await next(`materials/${material}`, { way: 'deferred' })
  const response = await request(who, `${path}/materials/layout/file?version=${version}`, DRAWING)
  if (response.status !== 201) throw new Error(`upload: ${await response.text()}`)
  version += 1
  await next('form', {
    values: { businessForm: '2', items: '热食类制售', phone: '0571-00000000' },
  })
  if ((await versionOf(world, id)) !== version) throw new Error('another version')
}

/** The words of a promise. */
export function promiseOf(material: string): string {
  const guide: { materials: { code: string; promise?: { 'zh-CN': string } }[] } = JSON.parse(
    JSON.stringify(matterGuides[0]),
  )
  return guide.materials.find(({ code }) => code === material)?.promise?.['zh-CN'] ?? ''
}

/** One of the applicant's licences by its type. */
export async function licenceOf({ services }: World, typeCode: string): Promise<string> {
  const { id } = await services.storage
    .selectFrom('licence')
    .select('id')
    .where('type_code', '=', typeCode)
    .where('holder_reference', '=', CHEN)
    .executeTakeFirstOrThrow()
  return id
}

/** Version of a case. */
export async function versionOf({ services }: World, id: string): Promise<number> {
  const { version } = await services.storage
    .selectFrom('case_file')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return version
}

/** What may follow later has come: nothing of the case waits for it. */
export async function bringDeferred({ services }: World, caseId: string): Promise<void> {
  await services.storage
    .updateTable('case_material')
    .set({ way: 'upload', due_day: null })
    .where('case_id', '=', caseId)
    .where('way', '=', 'deferred')
    .execute()
}

/** Has a seal of the market regulator made and registered; answers its id. */
export async function sealInUse({ done }: Pick<CaseWorld, 'done'>): Promise<string> {
  const { id } = await done('owner', '/api/seals', {
    maker: sampleSealMaker.id,
    name: '虚构市云栖区市场监督管理局行政审批专用章',
    kind: '99',
    rank: 'cityOrCounty',
    lowerLine: '行政审批专用章',
    reason: '审批用印',
  })
  await done('maker', `/api/seals/${id}/make`, { reason: '按申请制作' })
  await done('maker', `/api/seals/${id}/register`, { reason: '已备案' })
  return String(id)
}

function isCitizen(who: CasePerson): who is 'citizen' | 'other' {
  return who === 'citizen' || who === 'other'
}

async function bearersIn({ services }: World): Promise<ReadonlyMap<CasePerson, string>> {
  const bearers = new Map<CasePerson, string>()
  for (const [who, { name, agency, roles }] of Object.entries(PEOPLE)) {
    const secret = await createApiKey(services, {
      agencyId: agency,
      holder: { name, kind: who === 'system' ? 'system' : 'person' },
      types: [TYPES.food],
      roles,
      ...(agency === CENTRE ? { offices: [CENTRE] } : {}),
      ...(who === 'maker' ? { sealMakers: [sampleSealMaker.id] } : {}),
    })
    if (isPerson(who)) bearers.set(who, secret)
  }
  return bearers
}

/** A session of the moment: time passes between what a citizen does. */
async function signedIn({ services }: World, who: 'citizen' | 'other'): Promise<string> {
  const subject = `sub-${who}`
  const holderReference = who === 'citizen' ? CHEN : '别人'
  const person = JSON.stringify({ subject, holderReference, level: LEVELS[0] })
  const { id } = await transact(services.storage, (transaction) =>
    openSession(services, transaction, { carrier: 'bearer', subject, person }),
  )
  return id
}

function isPerson(who: string): who is StaffPerson {
  return Object.hasOwn(PEOPLE, who)
}
