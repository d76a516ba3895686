/** What is refused of cases, guides, files and ratings, each with its code. */
import { isObject, type JsonValue } from '@onetrip/codec'
import { matterGuides } from '@onetrip/fixtures'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type CaseWorld,
  CENTRE,
  CHEN,
  DRAWING,
  FOOD,
  licenceOf,
  openCaseWorld,
  SMALL,
  versionOf,
} from '../../testing/case-world.ts'
import { codeOf, TYPES } from '../../testing/test-world.ts'
import { registerGuide } from './guides.ts'
import { MAX_CASE_BYTES } from './upload-limits.ts'

const ANY_ID = '00000000-0000-7000-8000-000000000000'

const WHOLE = {
  name: '虚构市云栖样例餐饮有限公司',
  uscc: '91339901MAXYN00113',
  legalRepresentative: CHEN,
  address: '云栖区样例路18号',
  premises: '云栖区样例路18号',
  businessForm: '2',
  items: '热食类制售',
  phone: '0571-00000000',
  signWords: '样例餐馆',
}

let cases: CaseWorld

beforeAll(async () => {
  cases = await openCaseWorld()
}, 120_000)
afterAll(() => cases.world.close())

describe('a case', () => {
  test('is not handed in without what it needs', async () => {
    const begun = { matter: 'open-restaurant', answers: SMALL, applicant: CHEN }
    const id = String((await cases.done('clerk', '/api/cases', begun))['id'])
    const { signWords: _, ...values } = WHOLE
    await cases.done('clerk', `/api/cases/${id}/form`, { version: 1, values })
    const refused = await cases.step('clerk', id, 'submit')
    expect([refused.status, refused.body['code']]).toEqual([409, 'case/materials-missing'])
  })

  test('tells of registered licences that serve to whoever fills it in, and of no others', async () => {
    const id = await cases.filled('clerk')
    const path = (material: string) => `/api/cases/${id}/materials/${material}/registered`
    const { licences } = await cases.done('clerk', path('business-licence'))
    expect(licences).toMatchObject([{ typeName: { 'zh-CN': '营业执照' } }])
    const none = await cases.call('clerk', path('layout'))
    expect([none.status, none.body['code']]).toEqual([400, 'case/material'])
    const other = await cases.call('stranger', path('business-licence'))
    expect(other.body['code']).toBe('case/not-found')
  })

  test('is not given back without a reason', async () => {
    const id = await cases.filled('clerk')
    await cases.step('clerk', id, 'submit')
    const refused = await cases.step('clerk', id, 'return')
    expect([refused.status, refused.body['code']]).toEqual([400, 'case/reason'])
  })

  test('is brought only where its matter is handled, by the answers to its questions', async () => {
    const begun = { matter: 'open-restaurant', answers: SMALL }
    for (const [body, code] of [
      [{ ...begun, office: '11339901XYN000014M' }, 'request/office'],
      [{ ...begun, office: CENTRE, answers: { sign: 'yes' } }, 'guide/answers'],
      [{ ...begun, office: CENTRE, answers: { ...SMALL, 'sign-size': 'yes' } }, 'guide/answers'],
      [{ ...begun, office: CENTRE, matter: 'enrolment-proof' }, 'guide/unknown'],
      [{ ...begun, office: CENTRE, applicant: '别人' }, 'input/unknown-field'],
    ] as const) {
      expect((await cases.call('citizen', '/api/my/cases', body)).body['code']).toBe(code)
    }
  })

  test('has the fields that its answers leave, and takes no other', async () => {
    const begin = async (answers: Readonly<Record<string, string>>): Promise<string> => {
      const begun = { matter: 'open-restaurant', answers, applicant: CHEN }
      return String((await cases.done('clerk', '/api/cases', begun))['id'])
    }
    const plain = await begin(SMALL)
    const signed = await begin({ ...SMALL, sign: 'yes', 'sign-size': 'no' })
    const body = { version: 1, values: { signWords: '样例餐馆' } }
    const refused = await cases.call('clerk', `/api/cases/${plain}/form`, body)
    expect([refused.status, refused.body['code']]).toEqual([400, 'case/form'])
    expect(JSON.stringify(await cases.read('clerk', plain))).not.toContain('signWords')
    const { signWords: _, ...others } = WHOLE
    const path = `/api/cases/${signed}/form`
    await cases.done('clerk', path, { version: 1, values: others })
    const early = await cases.step('clerk', signed, 'submit')
    expect(early.body).toMatchObject({
      code: 'case/form',
      detail: expect.stringContaining('signWords'),
    })
    await cases.done('clerk', path, { version: 2, values: WHOLE })
    const later = await cases.step('clerk', signed, 'submit')
    expect(later.body['code']).toBe('case/materials-missing')
  })

  test('tells staff of what else there is for the same applicant and place, and refuses nothing', async () => {
    const alike = async (who: 'clerk' | 'reviewer', id: string): Promise<string> =>
      JSON.stringify((await cases.read(who, id))['alike'])
    const [first, second] = [await cases.accepted(), await cases.accepted()]
    for (const who of ['clerk', 'reviewer'] as const) {
      expect(await alike(who, second)).toContain(first)
      expect(await alike(who, second)).not.toContain(second)
    }
    expect(await cases.read('citizen', second)).not.toHaveProperty('alike')
    const { storage } = cases.world.services
    const food = await licenceAt('云栖区 样例路18号', { id: 'f00d', serial: 'JY1' })
    await licenceAt('别处', { id: 'e15e', serial: 'JY2' })
    const told = { typeName: { 'zh-CN': '食品经营许可证' }, serial: 'JY1', status: 'suspended' }
    const { alike: seen } = await cases.read('reviewer', second)
    // The other one is the sample's own.
    const sample = { serial: 'JY23399010000012', status: 'valid' }
    expect(seen).toMatchObject({ licences: [{ id: food, ...told }, sample] })
    const { alike: atWindow } = await cases.read('clerk', second)
    expect(atWindow).toMatchObject({ licences: [told, sample] })
    expect(JSON.stringify(atWindow)).not.toContain(food)
    await storage.updateTable('licence').set({ status: 'revoked' }).where('id', '=', food).execute()
    expect(await alike('reviewer', second)).not.toContain(food)
    // Elsewhere it is another restaurant; and what licences say beside their place is not found out by typing it as one.
    const third = await cases.filled('clerk')
    for (const premises of ['云栖区样例路19号', '虚构市云栖样例餐饮有限公司']) {
      const version = await versionOf(cases.world, third)
      await cases.done('clerk', `/api/cases/${third}/form`, { version, values: { premises } })
      expect(await alike('clerk', third)).toBe('{"cases":[],"licences":[]}')
    }
  })

  test('is rated by nobody before it is over', async () => {
    const id = await cases.accepted()
    const path = `/api/my/cases/${id}/parts/${FOOD}/feedback`
    const early = await cases.call('citizen', path, { level: 5 })
    expect([early.status, early.body['code']]).toEqual([409, 'feedback/not-due'])
    expect((await cases.call('citizen', path, { level: 6 })).body['code']).toBe('input/invalid')
  })

  test('takes only so many bytes of files', async () => {
    const id = await cases.filled('clerk')
    await cases.world.services.storage
      .updateTable('case_upload')
      .set({ length: MAX_CASE_BYTES })
      .where('case_id', '=', id)
      .execute()
    const version = await versionOf(cases.world, id)
    const path = `/api/cases/${id}/materials/layout/file?version=${version}`
    const response = await cases.request('clerk', path, DRAWING)
    expect([response.status, await codeOf(response)]).toEqual([409, 'upload/too-many'])
  })
})

/** A suspended food licence of the applicant for a place, as a row alone. */
async function licenceAt(
  premises: string,
  named: { readonly id: string; readonly serial: string },
): Promise<string> {
  const { storage } = cases.world.services
  const other = await storage
    .selectFrom('licence')
    .selectAll()
    .where('id', '=', await licenceOf(cases.world, TYPES.business))
    .executeTakeFirstOrThrow()
  const row = {
    ...other,
    ...named,
    identifier: named.id,
    type_code: TYPES.food,
    status: 'suspended' as const,
    claims: JSON.stringify({ premises }),
  }
  await storage.insertInto('licence').values(row).execute()
  return named.id
}

describe('a guide', () => {
  test('is there for everybody, and no other', async () => {
    const { app } = cases.world
    expect((await app.request('/guides/open-restaurant')).status).toBe(200)
    const none = await app.request('/guides/nothing')
    expect([none.status, await codeOf(none)]).toEqual([404, 'guide/unknown'])
  })

  test('does not change under its version', async () => {
    const guide: JsonValue = JSON.parse(JSON.stringify(matterGuides[0]))
    if (!isObject(guide)) throw new Error('no guide')
    await registerGuide(cases.world.services, guide)
    const materials = guide['materials']
    if (!Array.isArray(materials)) throw new Error('no materials')
    const changed = { ...guide, materials: [...materials].reverse() }
    await expect(registerGuide(cases.world.services, changed)).rejects.toThrow('guide/version')
    const other = { ...guide, matter: 'nothing' }
    await expect(registerGuide(cases.world.services, other)).rejects.toThrow('guide/unknown')
    await registerGuide(cases.world.services, { ...changed, version: 5 })
    const { guide: version } = await cases.read('clerk', await cases.filled('clerk'))
    expect(version).toBe(5)
  })
})

test('a report that nobody made is not there', async () => {
  const response = await cases.world.app.request(`/reports/${ANY_ID}`)
  expect([response.status, await codeOf(response)]).toEqual([404, 'report/not-found'])
})
